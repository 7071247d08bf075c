"""Every error biopact raises on purpose.

::

    BiopactError
    ├── FilingError       a filing cannot be read
    ├── SchemaError       schema.yaml is not a valid ontology
    ├── ValidationError   a record does not fit the ontology
    ├── StoreError        a store could not be asked (it says nothing about what is in it)
    ├── ServiceError      a service that was named, such as a language model, could not be asked
    └── NotFoundError     what was asked for does not exist

A message says what failed, where (file, exhibit, line or span), what was expected, and the next step.
"""


class BiopactError(Exception):
    """Root of the tree: catching it catches everything biopact raises on purpose."""


class FilingError(BiopactError):
    """A filing, or one document of it, cannot be read."""


class SchemaError(BiopactError):
    """The ontology file breaks one of its own rules."""


class ValidationError(BiopactError):
    """A node, edge or evidence record does not fit the ontology."""


class StoreError(BiopactError):
    """A store could not be reached or could not answer."""


class ServiceError(BiopactError):
    """A service that the user named, such as a language model, could not be reached or takes no requests."""


class NotFoundError(BiopactError):
    """The node, edge, document or question asked for does not exist."""
