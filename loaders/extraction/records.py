"""From deals and documents to node and edge records: agreement ids, derived edges, the filing's own nodes."""

from __future__ import annotations

from biopact.graph.agreements import agreement_id, agreement_key
from biopact.graph.records import Edge, Evidence, Node, Value, digest, edge_id
from biopact.loaders.extraction.deal import Deal, Entity, Grant, Term
from biopact.loaders.extraction.terms.scope import excluded
from biopact.loaders.extraction.terms.wording import described
from biopact.loaders.filing import Filing

# Roles that the two ends of a grant take in the agreement behind it.
_ROLES = {
    "LICENSES_TO": ("licensor", "licensee"),
    "COLLABORATES_WITH": ("collaborator", "collaborator"),
    "SUPPLIES_TO": ("supplier", "customer"),
    "ACQUIRES": ("acquirer", "target"),
    "HOLDS_STAKE_IN": ("investor", "issuer"),
}
# A party that plays several roles in one agreement is shown in the first of these.
_MAIN_ROLES = (
    "licensor", "licensee", "optionee", "acquirer", "target", "seller", "supplier", "distributor", "customer",
    "investor", "issuer", "collaborator", "party",
)  # fmt: skip
# Agreement properties that an edge of each type shows, under the edge's own name for them.
_VIEWS: dict[str, dict[str, str]] = {
    "LICENSES_TO": {
        "exclusivity": "exclusivity", "territory": "territory", "field": "field", "upfront_usd": "upfront_usd",
        "milestones_max_usd": "milestones_max_usd", "royalties": "royalties", "expiration_date": "term_end",
        "status": "status",
    },
    "COLLABORATES_WITH": {
        "exclusivity": "exclusivity", "territory": "territory", "upfront_usd": "upfront_usd",
        "milestones_max_usd": "milestones_max_usd", "royalties": "royalties", "expiration_date": "term_end",
        "status": "status",
    },
    "SUPPLIES_TO": {
        "exclusivity": "exclusivity", "territory": "territory", "expiration_date": "term_end", "status": "status",
    },
    "ACQUIRES": {
        "upfront_usd": "upfront_usd", "milestones_max_usd": "milestones_max_usd", "royalties": "royalties",
        "price_usd": "price_usd", "status": "status",
    },
    "HOLDS_STAKE_IN": {},
}  # fmt: skip


def filing_records(filing: Filing, extractor: str) -> tuple[dict[str, Node], dict[str, Edge]]:
    """The Filing and Document nodes of a filing and what joins them."""
    nodes: dict[str, Node] = {}
    edges: dict[str, Edge] = {}
    properties: dict[str, Value] = {"sha256": filing.sha256, "source": filing.source.rpartition("/")[2]}
    known = {
        "form": filing.form,
        "accession_number": filing.accession_number,
        "filing_date": filing.filing_date,
        "url": filing.url,
        "retrieved": filing.retrieved,
    }
    properties |= {name: value for name, value in known.items() if value}
    items = tuple(sorted({f.value for f in filing.cover if f.name == "item"}))
    if items:
        properties["items"] = items
    title = " ".join(filter(None, (filing.form, filing.accession_number or filing.source.rpartition("/")[2])))
    nodes[filing.id] = Node(filing.id, "Filing", title, (), properties)
    for document in filing.documents:
        id_ = filing.document_id(document)
        own: dict[str, Value] = {
            "type": document.type,
            "sequence": document.sequence,
            "length": len(document.text),
        }
        if document.description:
            own["description"] = document.description
        nodes[id_] = Node(id_, "Document", f"{document.type} of {title}", (), own)
        edge = Edge(edge_id("PART_OF", id_, filing.id), "PART_OF", id_, filing.id)
        edges[edge.id] = edge
    return nodes, edges


def _agreement_id(deal: Deal) -> str:
    """The id of the deal as this filing alone tells it."""
    node = Node("", "Agreement", deal.title or "", (), {**deal.properties, "kinds": tuple(sorted(deal.kinds))})
    parties = {e.id for e, _ in roles(deal)}
    subjects = {s.id for g in deal.grants for s in g.subjects} | {s.id for s, _ in deal.subjects}
    return agreement_id(agreement_key(node, parties, subjects))


def deal_date(deal: Deal) -> str | None:
    """The date a deal goes by: signed, else effective, else announced."""
    for name in ("agreement_date", "effective_date", "announced_date"):
        value = deal.properties.get(name)
        if isinstance(value, str):
            return value
    return None


def roles(deal: Deal) -> dict[tuple[Entity, str], list[Evidence]]:
    """Every party of a deal in each of its roles, with the words that say so."""
    found: dict[tuple[Entity, str], list[Evidence]] = {}
    for entity, role, evidence in deal.parties:
        found.setdefault((entity, role), []).append(evidence)
    for grant in deal.grants:
        for entity, role in zip((grant.source, grant.target), _ROLES[grant.type], strict=True):
            found.setdefault((entity, role), []).extend(grant.evidence)
    return found


def records_of(deal: Deal, nodes: dict[str, Node], edges: dict[str, Edge]) -> tuple[str, set[Entity]]:
    """Add the records of one deal and of what changes it; returns its id and the entities they touch."""
    used: set[Entity] = set()
    changing: list[str] = []
    for change in deal.changes:  # what is in force stands before what it changed
        later, touched = records_of(change.by, nodes, edges)
        changing.append(later)
        used |= touched
    id_ = _agreement_id(deal)
    while id_ in nodes:  # two deals of one filing that nothing tells apart
        id_ = f"agreement/{digest(id_)}"
    evidence = {
        *deal.evidence,
        *(e for g in deal.grants for e in g.evidence),
        *(t.evidence for t in deal.terms),
    }
    properties = {k: v for k, v in deal.properties.items() if k != "price_usd"}
    if deal.kinds:
        properties["kinds"] = tuple(sorted(deal.kinds))
    left_out = excluded(str(properties.get("territory", "")))
    if left_out:
        properties["territory_excluded"] = left_out
    parties = roles(deal)
    names = sorted({e.name for e, _ in parties})
    name = deal.title or f"{' and '.join(sorted(deal.kinds)) or 'agreement'}: {', '.join(names)}"
    nodes[id_] = Node(id_, "Agreement", name, (), properties, tuple(sorted(evidence)))

    def put(type_: str, source: str, target: str, words: list[Evidence], *distinct: str, **own: Value) -> None:
        edge = Edge(edge_id(type_, source, target, *distinct), type_, source, target, own, tuple(sorted(set(words))))
        edges[edge.id] = edge

    played: dict[Entity, dict[str, list[Evidence]]] = {}
    for (entity, role), words in parties.items():
        played.setdefault(entity, {})[role] = words
    for entity, by_role in played.items():
        used.add(entity)
        ordered = sorted(by_role, key=lambda r: (_MAIN_ROLES.index(r) if r in _MAIN_ROLES else len(_MAIN_ROLES), r))
        several: dict[str, Value] = {"roles": tuple(ordered)} if len(ordered) > 1 else {}
        put("PARTY_TO", entity.id, id_, [e for words in by_role.values() for e in words], role=ordered[0], **several)
    covered: dict[Entity, list[Evidence]] = {}
    for grant in deal.grants:
        for subject in grant.subjects:
            used.add(subject)
            covered.setdefault(subject, []).extend(grant.evidence)
    for subject, piece in deal.subjects:
        used.add(subject)
        covered.setdefault(subject, []).append(piece)
    for subject, words in covered.items():
        put("COVERS", id_, subject.id, words)
    for number, term in enumerate(deal.terms):
        node = _term_node(id_, term, number)
        nodes[node.id] = node
        put("HAS_TERM", id_, node.id, [term.evidence])
    for edge in _company_edges(deal, id_):
        edges[edge.id] = edge
    for change, later in zip(deal.changes, changing, strict=True):
        put(change.type, later, id_, [change.evidence], **dict(change.properties))
    return id_, used


def _term_node(agreement: str, term: Term, number: int) -> Node:
    kind, own = described(term.kind, term.words or term.evidence.quote, term.amount)
    properties: dict[str, Value] = {"kind": kind, "state": term.state, **(own if term.state == "stated" else {})}
    properties |= dict(term.details)
    for name in ("value", "amount", "currency"):
        value = getattr(term, name)
        if value is not None:
            properties[name] = value
    shown = term.value or (
        f"{term.currency or ''} {term.amount:,.0f}".strip() if term.amount is not None else term.state
    )
    id_ = f"term/{digest(agreement, kind, term.evidence.id, shown)}"
    return Node(id_, "Term", f"{kind}: {shown}", (), properties, (term.evidence,))


def _company_edges(deal: Deal, agreement: str) -> list[Edge]:
    """The company-to-company views of a deal: one edge for each pair and type, and for each asset with its own amounts."""
    grouped: dict[tuple[str, str, str, str], list[Grant]] = {}
    for grant in deal.grants:
        ends = (grant.source.id, grant.target.id)
        if ends[0] == ends[1]:
            continue
        if grant.type == "COLLABORATES_WITH":
            ends = (min(ends), max(ends))
        grouped.setdefault((grant.type, *ends, grant.asset.id if grant.asset else ""), []).append(grant)
    found = []
    for (type_, source, target, asset), grants in sorted(grouped.items(), key=lambda item: item[0]):
        properties: dict[str, Value] = {"agreement": agreement}
        subjects = {asset} if asset else {s.id for g in grants for s in g.subjects}
        if subjects:
            properties["subjects"] = tuple(sorted(subjects))
        if asset:
            properties["asset"] = asset
        date = deal_date(deal)
        if date and type_ != "HOLDS_STAKE_IN":
            properties["date"] = date
        for name, shown in _VIEWS[type_].items():
            if type_ == "SUPPLIES_TO" and name in ("exclusivity", "territory") and "license" in deal.kinds:
                continue  # those are the licence's
            if name in deal.properties:
                properties[shown] = deal.properties[name]
        own: dict[str, Value] = {}
        for grant in grants:  # what the first grant says of itself stands
            own = {**dict(grant.properties), **own}
        words = tuple(sorted({e for g in grants for e in g.evidence}))
        id_ = edge_id(type_, source, target, agreement, *([asset] if asset else []))
        found.append(Edge(id_, type_, source, target, properties | own, words))
    return found
