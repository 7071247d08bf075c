"""The ontology as a page to read: docs/ontology.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from biopact.ontology.definitions import EdgeType, NodeType, Property, Schema


def markdown(schema: Schema) -> str:
    """The whole page; the same schema always gives the same bytes."""
    return "\n".join(_page(schema)).rstrip() + "\n"


def _page(schema: Schema) -> Iterator[str]:
    yield f"# {schema.title}"
    yield ""
    yield f"{schema.description} Version {schema.version}, <{schema.license}>, base IRI `{schema.base_iri}`."
    yield ""
    yield "Made from `ontology/schema.yaml` by `biopact schema --format markdown`; change that file, not this page."
    yield ""
    yield from _picture(schema)
    yield "## Nodes"
    yield ""
    yield (
        "Every node has an `id` that begins with its type (`company/…`), a `name`, `aliases` where there are any, "
        "and `evidence`: the ids of the quotations that state it. What people look for by name has `words` in the "
        "stores: those of its names and identifiers, in small letters without accents, under a full-text index."
    )
    yield ""
    for node in schema.nodes.values():
        yield from _node(node)
    yield "## Edges"
    yield ""
    yield (
        "Edges are read from source to target. Every edge has an `id` and, unless it is structural, at least one "
        "piece of `evidence`."
    )
    yield ""
    yield from _table(
        ("Edge", "From", "To", "Meaning"),
        (
            (f"[{e.name}](#{e.prefix})", ", ".join(e.source), ", ".join(e.target), e.description)
            for e in schema.edges.values()
        ),
    )
    if schema.relations:
        yield "Every edge but structural ones has these beside its own properties:"
        yield ""
        yield from _properties(schema.relations)
    for edge in schema.edges.values():
        yield from _edge(edge, schema.relations)
    yield "## Vocabularies"
    yield ""
    for name, terms in schema.vocabularies.items():
        yield f"### {name}"
        yield ""
        other = " Other words may stand where none of these fits." if name in schema.open_vocabularies else ""
        yield schema.vocabulary_descriptions[name] + other
        yield ""
        yield ", ".join(f"`{term}`" for term in terms)
        yield ""
    yield "## Registries of identifiers"
    yield ""
    yield from _table(
        ("Registry", "Of", "Identifiers", "Given out by", "Links to"),
        (
            (f"`{r.name}`", ", ".join(r.of), r.description, r.agency, f"`{link}`" if (link := r.iri or r.page) else "")
            for r in schema.registries.values()
        ),
    )
    yield "## Aligned vocabularies"
    yield ""
    yield from _table(("Prefix", "IRI"), ((f"`{p}`", f"<{iri}>") for p, iri in schema.prefixes.items()))


def _picture(schema: Schema) -> Iterator[str]:
    """A diagram of what joins what, without filings and their parts, which everything would hang on."""
    plumbing = {"Filing", "Document", "Evidence"}
    yield "```mermaid"
    yield "flowchart LR"
    for node in schema.nodes.values():
        if node.name not in plumbing:
            yield f"    {node.name}:::{node.name}"
            yield f"    classDef {node.name} fill:{node.color},color:#ffffff"
    for edge in schema.edges.values():
        for source in edge.source:
            for target in edge.target:
                if not {source, target} & plumbing:
                    yield f"    {source} {'<' if edge.symmetric else ''}-- {edge.name} --> {target}"
    yield "```"
    yield ""


def _node(node: NodeType) -> Iterator[str]:
    yield f"### {node.name}"
    yield ""
    yield node.description
    yield ""
    yield from _aligned(node.aligned)
    yield from _properties(node.properties)


def _edge(edge: EdgeType, shared: Mapping[str, Property]) -> Iterator[str]:
    yield f"### {edge.name}"
    yield ""
    yield f"{', '.join(edge.source)} → {', '.join(edge.target)}. {edge.description}"
    yield ""
    if edge.inverse:
        yield f"Read backwards, in RDF: `{edge.inverse}`."
        yield ""
    if edge.symmetric:
        yield "Symmetric: stored once, with the smaller id as source, and read either way."
        yield ""
    if edge.structural:
        yield "Structural: it follows from how filings are built, so it carries no evidence."
        yield ""
    yield from _aligned(edge.aligned)
    yield from _properties({name: p for name, p in edge.properties.items() if name not in shared})


def _aligned(aligned: Mapping[str, str]) -> Iterator[str]:
    if aligned:
        yield "Aligned: " + ", ".join(f"{relation} `{term}`" for term, relation in aligned.items()) + "."
        yield ""


def _properties(properties: Mapping[str, Property]) -> Iterator[str]:
    if properties:
        yield from _table(
            ("Property", "Type", "Meaning"),
            ((f"`{p.name}`", _type(p), _meaning(p)) for p in properties.values()),
        )


def _type(property_: Property) -> str:
    words = ["list of"] if property_.many else []
    if property_.refers_to:
        words.append("id of " + ", ".join(property_.refers_to))
    elif property_.vocabulary:
        words.append(f"[{property_.vocabulary}](#{property_.vocabulary})")
    else:
        words.append(property_.type)
    if property_.unit:
        words.append(f"({property_.unit})")
    return " ".join(words) + (", required" if property_.required else "")


def _meaning(property_: Property) -> str:
    parts = [property_.description]
    if property_.pattern:
        parts.append(f"Form `{property_.pattern}`.")
    if property_.minimum is not None and property_.maximum is not None:
        parts.append(f"From {property_.minimum} to {property_.maximum}.")
    elif property_.minimum is not None:
        parts.append(f"At least {property_.minimum}.")
    parts += [f"({relation} `{term}`)" for term, relation in property_.aligned.items()]
    return " ".join(parts)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"
    yield ""
