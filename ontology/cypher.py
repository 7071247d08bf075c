"""What a Cypher store is asked to keep: unique ids and the indexes that questions rely on."""

from __future__ import annotations

from biopact.ontology.definitions import Schema


def constraints(schema: Schema) -> list[str]:
    """One `CREATE CONSTRAINT` per node type: its id is unique. All that Neo4j Community can keep."""
    return [
        f"CREATE CONSTRAINT {node.prefix}_id IF NOT EXISTS FOR (n:{node.name}) REQUIRE n.id IS UNIQUE"
        for node in schema.nodes.values()
    ]


def indexes(schema: Schema) -> list[str]:
    """Indexes on the words of names, on the properties that schema.yaml marks, and on the ids of edges."""
    statements = []
    for node in schema.nodes.values():
        statements += [
            f"CREATE INDEX {node.prefix}_{p.name} IF NOT EXISTS FOR (n:{node.name}) ON (n.{p.name})"
            for p in node.properties.values()
            if p.indexed
        ]
        if node.sought:
            name = f"{node.prefix}_words"
            statements.append(f"CREATE FULLTEXT INDEX {name} IF NOT EXISTS FOR (n:{node.name}) ON EACH [n.words]")
    for edge in schema.edges.values():
        indexed = ["id", *(p.name for p in edge.properties.values() if p.indexed)]
        statements += [
            f"CREATE INDEX {edge.prefix}_{name} IF NOT EXISTS FOR ()-[r:{edge.name}]-() ON (r.{name})"
            for name in indexed
        ]
    return statements


def cypher_script(schema: Schema) -> str:
    """Constraints and indexes as a script for cypher-shell."""
    head = f"// {schema.title} {schema.version}: constraints and indexes for Neo4j, made from schema.yaml."
    return "\n".join([head, *(f"{s};" for s in [*constraints(schema), *indexes(schema)])]) + "\n"
