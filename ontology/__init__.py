"""The vocabulary: node and edge types, read strictly from schema.yaml."""

from biopact.ontology.errors import (
    BiopactError,
    FilingError,
    NotFoundError,
    SchemaError,
    StoreError,
    ValidationError,
)
from biopact.ontology.schema import EdgeType, NodeType, Property, Schema, load_schema

__all__ = [
    "BiopactError",
    "EdgeType",
    "FilingError",
    "NodeType",
    "NotFoundError",
    "Property",
    "Schema",
    "SchemaError",
    "StoreError",
    "ValidationError",
    "load_schema",
]
