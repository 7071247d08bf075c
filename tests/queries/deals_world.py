"""A constructed world of deals, terms and ownership, in which the answers of the questions about them are known.

It has what is hard: dates of differing precision and none, ties, several agreements of one pair, a company that deals
with itself, sums that are redacted, circles of owners. Ids are readable, so ties are broken as one reads them.
"""

from __future__ import annotations

from collections.abc import Mapping

from biopact.graph.records import Edge, Evidence, Graph, Node, Value, digest
from biopact.graph.time import timed

COMPANIES = ("ilex", "larch", "maple", "nettle", "olive", "poplar", "quince", "rowan", "sorrel", "thyme")
FILINGS: dict[str, tuple[str, str | None, str, tuple[str, ...]]] = {  # form, date, filer, documents
    "filing/20": ("8-K", "2020-03-05", "ilex", ("8-K", "EX-99.1", "EX-10.1")),
    "filing/22": ("10-K", "2022-02", "larch", ("10-K",)),
    "filing/undated": ("TEXT", None, "", ("TEXT",)),
}
BODY, RELEASE, CONTRACT, ANNUAL, NOTE = (
    "document/20/1", "document/20/2", "document/20/3", "document/22/1", "document/undated/1"
)  # fmt: skip

Parties = dict[str, str]  # company -> its role, or several with a comma between
# Who agreed on what: parties, subjects, properties of the agreement. Every word of it stands in the body of the 8-K.
AGREEMENTS: dict[str, tuple[Parties, tuple[str, ...], dict[str, Value]]] = {
    "a1": (
        {"ilex": "licensor", "larch": "licensee"},
        ("compound/ix-1",),
        {
            "title": "License Agreement",
            "kinds": ("license",),
            "agreement_date": "2003-02-11",
            "expiration_date": "2023-02",
            "exclusivity": "exclusive",
            "territory": "worldwide",
            "upfront_usd": 10e6,
            "milestones_max_usd": 100e6,
            "royalties": True,
            "field": "lupus in adults",
        },
    ),
    "a2": (
        {"ilex": "collaborator", "maple": "collaborator"},
        ("compound/ix-2",),
        {
            "kinds": ("collaboration", "license"),
            "effective_date": "2003",
            "upfront_usd": 20e6,
            "exclusivity": "non-exclusive",
            "territory": "Japan and South Korea",
        },
    ),
    "a3": (
        {"larch": "supplier", "maple": "customer"},
        (),
        {"kinds": ("supply",), "announced_date": "2004-06", "termination_date": "2006-05", "status": "terminated"},
    ),
    "a4": (
        {"ilex": "licensee", "nettle": "licensor"},
        ("technology/weave",),
        {"title": "License Agreement", "kinds": ("license",), "upfront_usd": 40e6},
    ),
    "a5": (
        {"maple": "licensor", "nettle": "licensee"},
        ("technology/weave", "indication/lupus"),
        {
            "kinds": ("license",),
            "agreement_date": "2007-12-31",
            "upfront_usd": 40e6,
            "total_value_usd": 90e6,
            "conflicts": ("upfront_usd",),
        },
    ),
    "am1": ({"ilex": "party", "larch": "party"}, (), {"kinds": ("amendment",), "agreement_date": "2005-04"}),
    "am2": ({"ilex": "party", "larch": "party"}, (), {"kinds": ("amendment",)}),
    "nobody": ({}, (), {"agreement_date": "2003-07"}),
    "o1": (
        {"ilex": "optionor", "olive": "optionee"},
        ("compound/ix-1",),
        {"kinds": ("option",), "agreement_date": "2009-09-09", "expiration_date": "2019"},
    ),
    "o2": ({"ilex": "optionee", "olive": "optionor"}, ("compound/ix-2",), {"status": "option"}),
    "o3": ({"ilex": "optionor", "poplar": "optionee"}, (), {"kinds": ("option",), "status": "ended"}),
    "o4": (
        {"quince": "licensor", "poplar": "licensee"},
        (),
        {"kinds": ("license",), "agreement_date": "2015-05-05", "expiration_date": "2021-07-31"},
    ),
    "o5": ({"quince": "optionor", "rowan": "optionee"}, (), {"kinds": ("option",), "agreement_date": "2016"}),
    "s1": (
        {"ilex": "licensor", "larch": "licensee"},
        ("compound/ix-1",),
        {"kinds": ("license", "restatement"), "agreement_date": "2008-01", "milestones_max_usd": 60e6},
    ),
    "self": ({"rowan": "licensor,licensee"}, ("technology/weave",), {"agreement_date": "2012-12-12"}),
    "t1": ({"ilex": "party", "larch": "party"}, (), {"kinds": ("termination",)}),
    "x1": ({"ilex": "licensor", "olive": "licensee"}, (), {"kinds": ("option exercise",)}),
    "x5": ({"quince": "licensor", "rowan": "licensee"}, (), {"kinds": ("option exercise",)}),
}
CHANGES: dict[str, tuple[str, str, str, dict[str, Value]]] = {
    "am1": ("AMENDS", "am1", "a1", {}),
    "am2": ("AMENDS", "am2", "a1", {"date": "2006-01-02", "change": "the field is wider"}),
    "s1": ("SUPERSEDES", "s1", "a1", {}),
    "t1": ("TERMINATES", "t1", "s1", {"date": "2010", "reason": "no success", "rights_returned": True}),
    "x1": ("EXERCISES", "x1", "o1", {"date": "2012-06"}),
    "x5": ("EXERCISES", "x5", "o5", {}),  # undated, told by the annual report of 2022-02
}
# agreement, name, kind, document, properties (state is stated unless said)
TERMS: dict[str, tuple[str, str, str, str, dict[str, Value]]] = {
    "date-1": ("a1", "agreement date: 2003-02", "agreement date", RELEASE, {"value": "2003-02"}),
    "date-2": ("a1", "agreement date: 2003-02-11", "agreement date", CONTRACT, {"value": "2003-02-11"}),
    "exclusivity-1": ("a1", "exclusivity: exclusive", "exclusivity", RELEASE, {"value": "exclusive"}),
    "exclusivity-2": ("a1", "exclusivity: sole", "exclusivity", CONTRACT, {"value": "sole"}),
    "field": ("a1", "field: lupus", "field", RELEASE, {"value": "lupus"}),  # words only, told otherwise
    "field-2": ("a1", "field: lupus in adults", "field", CONTRACT, {"value": "lupus in adults"}),
    "milestones-1": ("a1", "milestones: USD 100,000,000", "milestones", RELEASE, {"amount": 100e6, "currency": "USD"}),
    "milestones-2": ("a1", "milestones: redacted", "milestones", CONTRACT, {"state": "redacted"}),
    "royalty-1": (
        "a1", "royalty: 8 to 10%", "royalty", CONTRACT,
        {"percent_low": 8.0, "percent_high": 10.0, "sales_from": 100e6, "period": "ten years"},
    ),
    "royalty-2": (
        "a1", "royalty: 5 to 8%", "royalty", CONTRACT,
        {"percent_low": 5.0, "percent_high": 8.0, "sales_to": 100e6, "wording": "single-digit to eight"},
    ),
    "royalty-3": ("a2", "royalty: undisclosed", "royalty", BODY, {"state": "undisclosed"}),
    "royalty-4": ("a5", "royalty: redacted", "royalty", CONTRACT, {"state": "redacted"}),
    "reduction": ("a5", "royalty reduction: half", "royalty reduction", CONTRACT, {"value": "half"}),
    "upfront-1": ("a1", "upfront: USD 10,000,000", "upfront", RELEASE, {"amount": 10e6, "currency": "USD"}),
    "upfront-2": ("a1", "upfront: USD 10,000,000", "upfront", CONTRACT, {"amount": 10e6, "currency": "USD"}),
    "upfront-3": ("a5", "upfront: USD 40,000,000", "upfront", RELEASE, {"amount": 40e6, "currency": "USD"}),
    "upfront-4": ("a5", "upfront: EUR 40,000,000", "upfront", CONTRACT, {"amount": 40e6, "currency": "EUR"}),
    "upfront-5": ("a2", "upfront: USD 20,000,000", "upfront", RELEASE, {"amount": 20e6, "currency": "USD"}),
    "upfront-6": ("a2", "upfront: USD 21,000,000", "upfront", ANNUAL, {"amount": 21e6, "currency": "USD"}),
    "territory-1": ("a5", "territory: the United States", "territory", RELEASE, {"value": "the United States"}),
    "territory-2": ("a5", "territory: United States", "territory", CONTRACT, {"value": "United States"}),
    "option-1": (
        "o1", "option: to license IX-1", "option", CONTRACT,
        {"value": "to license IX-1", "event": "first dosing", "period": "90 days"},
    ),
    "option-2": ("o4", "option: to co-promote", "option", BODY, {"value": "to co-promote"}),
    "option-fee": ("o1", "option fee: USD 2,000,000", "option fee", BODY, {"amount": 2e6, "currency": "USD"}),
    "option-fee-4": ("o4", "option fee: undisclosed", "option fee", BODY, {"state": "undisclosed"}),
    "renewal": ("o4", "renewal: for two years", "renewal", BODY, {"value": "for two years"}),
}  # fmt: skip
# Exclusive licences: licensor, licensee, subject, what their agreement leaves out if they have one, and the edge.
GRANTS: dict[str, tuple[str, str, str, str, dict[str, Value]]] = {
    "g1": ("ilex", "larch", "compound/ix-3", "Japan", {"territory": "worldwide, except in Japan", "date": "2001"}),
    "g2": ("ilex", "maple", "compound/ix-3", "", {"territory": "Japan"}),
    "g3": ("ilex", "nettle", "compound/ix-3", "", {"territory": "the United States and Canada", "field": "gout"}),
    "g4": ("larch", "olive", "compound/ix-3", "", {"territory": "Canada"}),
    "g5": ("ilex", "olive", "compound/ix-4", "", {"territory": "Greater China", "term_end": "2005"}),
    "g6": ("ilex", "poplar", "compound/ix-4", "", {"territory": "China", "date": "2005-06"}),  # 2005 may end later
    "g7": ("ilex", "quince", "compound/ix-4", "", {"territory": "China, Hong Kong, and Taiwan", "date": "2006-01"}),
    "g8": ("ilex", "larch", "compound/ix-5", "", {}),
    "g9": ("maple", "nettle", "compound/ix-5", "", {"territory": "Europe"}),
    "g10": ("ilex", "poplar", "compound/ix-5", "", {"territory": "Europe", "exclusivity": "non-exclusive"}),
    "g11": ("ilex", "quince", "compound/ix-5", "", {"territory": "Europe", "status": "terminated"}),
    "g12": ("ilex", "larch", "compound/ix-6", "", {"territory": "outside of the United States"}),
    "g13": ("ilex", "maple", "compound/ix-6", "", {"territory": "United States"}),
    "g14": ("ilex", "olive", "compound/ix-6", "", {"territory": "Germany"}),
    "g15": ("ilex", "olive", "compound/ix-6", "", {"territory": "Germany", "date": "2011"}),  # the same licensee again
}
# Owner and owned, as HOLDS_STAKE_IN and SUBSIDIARY_OF (child first) tell it.
HELD: dict[str, tuple[str, str, dict[str, Value]]] = {
    "larch-maple": ("larch", "maple", {"percent": 30.0}),
    "nettle-larch": ("nettle", "larch", {"percent": 10.0, "as_of": "2005"}),
    "olive-poplar": ("olive", "poplar", {"percent": 9.0}),
    "poplar-olive-1": ("poplar", "olive", {"percent": 6.0, "as_of": "2004-05-06"}),  # until it was observed to be none
    "poplar-olive-2": ("poplar", "olive", {"percent": 0.0, "as_of": "2008"}),
    "poplar-quince": ("poplar", "quince", {"shares": 100.0, "agreement": "agreement/o4"}),
    "quince-poplar": ("quince", "poplar", {"shares": 5000.0}),
    "rowan-rowan": ("rowan", "rowan", {"percent": 2.0}),
    "olive-ilex-1": ("olive", "ilex", {"percent": 60.0, "as_of": "2008-08"}),
    "olive-ilex-2": ("olive", "ilex", {"percent": 70.0, "as_of": "2011-01-15"}),
    "fund-ilex": ("fund", "ilex", {"percent": 12.5, "as_of": "2009"}),
    **{f"p{i}-p{i % 5 + 1}": (f"p{i}", f"p{i % 5 + 1}", {"percent": 1.0}) for i in range(1, 6)},
    **{f"q{i}-q{i % 6 + 1}": (f"q{i}", f"q{i % 6 + 1}", {"percent": 1.0}) for i in range(1, 7)},  # one too many
}
SUBSIDIARIES = {"nettle-maple": ("nettle", "maple", {"as_of": "2006"}), "sorrel-ilex": ("sorrel", "ilex", {})}
BOUGHT: dict[str, tuple[str, str, dict[str, Value]]] = {  # acquirer, acquired
    "quince-thyme": ("quince", "thyme", {"date": "2001"}),
    "rowan-thyme": ("rowan", "thyme", {"date": "2005-06"}),
    "olive-thyme": ("olive", "thyme", {"date": "2009"}),
    "larch-thyme": ("larch", "thyme", {"date": "2002", "subjects": ("compound/ix-2",)}),  # assets only
    "maple-thyme": ("maple", "thyme", {"date": "2006", "status": "terminated"}),  # called off
}
LICENSED: dict[str, tuple[str, str, dict[str, Value]]] = {  # without an agreement of their own
    "l1": ("thyme", "ilex", {"date": "2005", "subjects": ("technology/weave", "compound/ix-2")}),
    "l2": ("thyme", "ilex", {"date": "2006-07-08"}),
    "l3": ("nettle", "thyme", {"date": "2006-03"}),
    "l4": ("sorrel", "thyme", {}),
    "l5": ("quince", "poplar", {"agreement": "agreement/o4", "date": "2015-05-05"}),
    "l6": ("ilex", "olive", {"date": "2011-01-15", "subjects": ("compound/ix-1",)}),
    "self": ("rowan", "rowan", {"agreement": "agreement/self", "subjects": ("technology/weave",)}),
}


def named(key: str) -> str:
    """The name of a company."""
    return key.capitalize()


def said(words: str, document: str = BODY) -> Evidence:
    """The words, in a document that has them wherever their hash says."""
    filing, type_ = next(
        (filing, types[int(document[-1]) - 1])
        for filing, (_, _, _, types) in FILINGS.items()
        if filing.split("/")[1] == document.split("/")[1]
    )
    start = int(digest(words)[:6], 16)
    return Evidence(filing, document, type_, start, start + len(words), words, "fixture", "fixture/1", 0.9)


def deals_world() -> Graph:
    """The graph with its times, as they are known on the day of the last filing."""
    nodes: list[Node] = []
    edges: list[Edge] = []

    def join(type_: str, key: str, source: str, target: str, own: Mapping[str, Value], document: str = BODY) -> None:
        words = (said(f"{type_} {key}", document),)
        edges.append(Edge(f"{type_.lower()}/{key}", type_, source, target, own, words))

    for filing, (form, date, filer, documents) in FILINGS.items():
        dated: dict[str, Value] = {"filing_date": date} if date else {}
        nodes.append(Node(filing, "Filing", form, (), {"form": form, "url": f"https://example.org/{filing}", **dated}))
        for i, type_ in enumerate(documents, 1):
            document = f"document/{filing.partition('/')[2]}/{i}"
            nodes.append(Node(document, "Document", type_, (), {"type": type_, "sequence": i}))
            edges.append(Edge(f"part_of/{document}", "PART_OF", document, filing))
        if filer:
            edges.append(Edge(f"filed/{filing}", "FILED", f"company/{filer}", filing))
    keys = {*COMPANIES, *(company for owner, owned, _ in HELD.values() for company in (owner, owned))}
    nodes += [
        Node(f"company/{k}", "Company", named(k), (f"{named(k)} Labs",), {}, (said(k, NOTE),)) for k in sorted(keys)
    ]
    for i, modality in enumerate(("antibody", "small molecule", "vaccine", "peptide", "protein", "device"), 1):
        told = (said(f"IX-{i}"),)
        nodes.append(Node(f"compound/ix-{i}", "Compound", f"IX-{i}", (f"compound {i}",), {"modality": modality}, told))
    nodes += [
        Node("technology/weave", "Technology", "Weave", (), {}, (said("weave"),)),
        Node("target/t-gamma", "Target", "T-gamma", ("TG",), {}, (said("gamma"),)),
        Node("indication/lupus", "Indication", "Lupus", (), {}, (said("lupus"),)),
    ]
    join("TARGETS", "ix-1", "compound/ix-1", "target/t-gamma", {})
    join("TREATS", "ix-2", "compound/ix-2", "indication/lupus", {})
    join("DEVELOPS", "ix-1", "company/ilex", "compound/ix-1", {"stage": "phase 3"})  # by now; a1 says phase 2
    join("DEVELOPS", "ix-2", "company/maple", "compound/ix-2", {"stage": "phase 1"})

    def agree(key: str, parties: Parties, subjects: tuple[str, ...], own: Mapping[str, Value], document: str) -> None:
        id_ = f"agreement/{key}"
        nodes.append(Node(id_, "Agreement", f"Deal {key}", (), own, (said(f"deal {key}", document),)))
        for company, text in parties.items():
            roles = tuple(text.split(","))
            several: dict[str, Value] = {"roles": roles} if len(roles) > 1 else {}
            join("PARTY_TO", f"{key}-{company}", f"company/{company}", id_, {"role": roles[0], **several}, document)
        for subject in subjects:
            stage: dict[str, Value] = {"stage": "phase 2"} if (key, subject) == ("a1", "compound/ix-1") else {}
            join("COVERS", f"{key}-{subject}", id_, subject, stage, document)

    for key, (parties, subjects, own) in AGREEMENTS.items():
        agree(key, parties, subjects, own, ANNUAL if key == "x5" else BODY)
    for key, (type_, source, target, own) in CHANGES.items():
        join(type_, key, f"agreement/{source}", f"agreement/{target}", own, ANNUAL if key == "x5" else BODY)
    for key, (deal, name, kind, document, own) in TERMS.items():
        words = (said(f"term {key}", document),)
        nodes.append(Node(f"term/{key}", "Term", name, (), {"kind": kind, "state": "stated", **own}, words))
        join("HAS_TERM", key, f"agreement/{deal}", f"term/{key}", {}, document)
    for key, (licensor, licensee, subject, excluded, own) in GRANTS.items():
        more = {"exclusivity": "exclusive", "subjects": (subject,), **own}
        if excluded:
            more["agreement"] = f"agreement/{key}"
            agree(key, {}, (), {"territory_excluded": excluded}, BODY)
        join("LICENSES_TO", key, f"company/{licensor}", f"company/{licensee}", more)
    for type_, pairs in (
        ("HOLDS_STAKE_IN", HELD), ("SUBSIDIARY_OF", SUBSIDIARIES), ("ACQUIRES", BOUGHT), ("LICENSES_TO", LICENSED)
    ):  # fmt: skip
        for key, (source, target, own) in pairs.items():
            join(type_, key, f"company/{source}", f"company/{target}", own)
    return timed(Graph({n.id: n for n in nodes}, {e.id: e for e in edges}))
