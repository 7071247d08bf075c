"""The vocabulary: node and edge types, read strictly from schema.yaml, and the forms made from it."""

from biopact.ontology.definitions import EdgeType, NodeType, Property, Registry, Schema
from biopact.ontology.errors import (
    BiopactError,
    FilingError,
    NotFoundError,
    SchemaError,
    ServiceError,
    StoreError,
    ValidationError,
)
from biopact.ontology.rendering import FORMATS, render
from biopact.ontology.schema import load_schema

__all__ = [
    "FORMATS",
    "BiopactError",
    "EdgeType",
    "FilingError",
    "NodeType",
    "NotFoundError",
    "Property",
    "Registry",
    "Schema",
    "SchemaError",
    "ServiceError",
    "StoreError",
    "ValidationError",
    "load_schema",
    "render",
]
