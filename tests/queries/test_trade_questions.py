"""Questions about partners, overlaps, technologies, compounds and quality, over a trade whose answers are known."""

from __future__ import annotations

from typing import Any

import pytest

from biopact.graph.store import Store, synchronise
from biopact.queries import question
from tests.queries.trade import LATTICE, PRISM, agreement, crossed, named, trade, view

Rows = list[tuple[Any, ...]]


def name(key: str) -> str:
    return named(key)[0]


def pair(a: str, b: str, shared: int, together: int, n: int, m: int) -> tuple[Any, ...]:
    (one, one_id), (other, other_id) = named(a), named(b)
    return (one, other, shared, together, shared / together, n, m, one_id, other_id)


def overlap(a: str, b: str, shared: int, n: int, m: int) -> tuple[Any, ...]:
    (one, one_id), (other, other_id) = named(a), named(b)
    return (one, other, shared, n, m, shared / (n + m - shared), one_id, other_id)


def new(partner: str, first: str, deals: int, undated: int, *kinds: str) -> tuple[Any, ...]:
    return (*named(partner), first, deals, undated, list(kinds))


def again(subject: str, subject_id: str, first: tuple[Any, ...], second: tuple[Any, ...], *edges: str) -> Any:
    return (subject, subject_id, *first, *second, *map(view, edges))


def licence(had: list[str], licensor: str, licensee: str, passed: list[str], *rest: Any, edge: str) -> tuple[Any, ...]:
    return (
        "CX-1", had, name(licensor), name(licensee), passed, *rest, "compound/cx-1", named(licensor)[1],
        named(licensee)[1], view(edge),
    )  # fmt: skip


def bridge(over: str, to_company: list[str], to_other: list[str], *edges: list[str]) -> tuple[Any, ...]:
    return (*named(over), to_company, to_other, *map(sorted, edges))


def made(goal: str, relation: str, key: str, modality: str | None, company: str | None, *rest: Any) -> tuple[Any, ...]:
    goal_id = f"{'target' if relation == 'TARGETS' else 'indication'}/{goal.lower()}"
    who, who_id = named(company) if company else (None, None)
    return (goal, relation, key, modality, who, *rest, goal_id, f"compound/{key.lower()}", who_id)


ALPHA = [
    made("T-alpha", "TARGETS", "CX-1", "small molecule", "acorn", "OWNS", None, None),
    made("T-alpha", "TARGETS", "CX-1", "small molecule", "birch", "DEVELOPS", "phase 1", "2003"),
    made("T-alpha", "TARGETS", "CX-2", None, "elder", "DEVELOPS", "phase 2", None),
    made("T-alpha", "TARGETS", "CX-2", None, "gorse", "DEVELOPS", None, None),
]
LATTICE_YEARS = [
    ("Lattice", LATTICE, "1999", [name("birch")], 1),
    ("Lattice", LATTICE, "2003", [name("dahlia")], 2),
    ("Lattice", LATTICE, "2004", [name("cedar")], 3),
    ("Lattice", LATTICE, None, [name("elder")], 4),
]
RELICENSED = [
    again(
        "CX-2",
        "compound/cx-2",
        (name("elder"), name("fern"), "1998", "2004-06", "ended"),
        (name("elder"), name("gorse"), "2004"),
        "e1",
        "e2",
    ),
    again(
        "Lattice",
        LATTICE,
        (name("acorn"), name("birch"), "1999", "2004-06", "terminated"),
        (name("acorn"), name("cedar"), "2004-07-01"),
        "a1",
        "a2",
    ),
    again(
        "Prism",
        PRISM,
        (name("fern"), name("gorse"), "2004-03", None, "terminated"),
        (name("fern"), name("birch"), "2006"),
        "f3",
        "f1",
    ),
]
MOST = [
    ("Lattice", LATTICE, "Technology", 4, 5, 1, "1999", "2005"),
    ("CX-1", "compound/cx-1", "Compound", 3, 3, 3, "2000", "2005"),
    ("Prism", PRISM, "Technology", 3, 3, 1, "2004", "2006"),
    ("CX-2", "compound/cx-2", "Compound", 2, 2, 1, "1998", "2004"),
]
CASES: list[tuple[str, dict[str, Any], Rows]] = [
    (  # a cross-licence makes partners, though the first role of both is the same
        "partners",
        {"company": "Dahlia"},
        [(*named("acorn"), 1, ["license"], "2003", "2003"), (*named("hazel"), 1, ["license"], "2010", "2010")],
    ),
    ("shared-partners", {"company": "Acorn", "other": "Juniper"}, []),
    (
        "shared-partners",
        {"company": "Acorn", "other": "Hazel"},
        [(*named("cedar"), 2, 1), (*named("dahlia"), 1, 1), (*named("elder"), 1, 1)],
    ),
    ("most-connected", {"limit": 1}, [(*named("acorn"), 4, 7)]),
    (
        "partners-of-set",
        {"companies": ["acorn", "FERN PHARMA", "company/hazel", "nobody"]},
        [
            (*named("cedar"), 3, [name("acorn"), name("fern"), name("hazel")], 4),
            (*named("elder"), 3, [name("acorn"), name("fern"), name("hazel")], 3),
            (*named("birch"), 2, [name("acorn"), name("fern")], 4),
            (*named("gorse"), 2, [name("fern"), name("hazel")], 3),
            (*named("dahlia"), 2, [name("acorn"), name("hazel")], 2),
        ],
    ),
    (
        "partners-of-set",
        {"companies": "Acorn; Fern; Hazel", "at_least": 3, "limit": 1},
        [(*named("cedar"), 3, [name("acorn"), name("fern"), name("hazel")], 4)],
    ),
    ("partners-of-set", {"companies": []}, []),
    (
        "partners-of-partners",
        {"company": "Acorn"},
        [
            (*named("fern"), "firm", 3, [name("birch"), name("cedar"), name("elder")], 3),
            (*named("hazel"), None, 3, [name("cedar"), name("dahlia"), name("elder")], 3),
            (*named("gorse"), None, 1, [name("elder")], 1),
        ],
    ),
    ("partners-of-partners", {"company": "Juniper"}, []),
    ("new-partners", {"company": "Acorn", "since": "2004-07"}, [new("cedar", "2004-07-01", 2, 1, "license", "supply")]),
    (
        "new-partners",
        {"company": "Hazel", "since": "2005-03"},
        [
            new("cedar", "2005", 1, 0, "license"),
            new("gorse", "2007", 2, 0, "collaboration", "supply"),
            new("dahlia", "2010", 1, 0, "license"),
        ],
    ),
    ("new-partners", {"company": "Hazel", "since": "2007-02"}, [new("dahlia", "2010", 1, 0, "license")]),
    (
        "overlap-matrix",
        {"companies": ["Acorn", "Birch", "Gorse"]},
        [pair("birch", "gorse", 1, 5, 3, 3), pair("acorn", "birch", 1, 6, 4, 3), pair("acorn", "gorse", 1, 6, 4, 3)],
    ),
    (
        "overlap-matrix",
        {"companies": '["Acorn", "Fern", "Juniper"]'},
        [pair("acorn", "fern", 3, 5, 4, 4), pair("acorn", "juniper", 0, 4, 4, 0), pair("fern", "juniper", 0, 4, 4, 0)],
    ),
    ("overlap-matrix", {"companies": "Acorn"}, []),
    (
        "partner-overlap",
        {"shared": 2, "partners": 4},
        [
            overlap("acorn", "fern", 3, 4, 4),
            overlap("acorn", "hazel", 3, 4, 4),
            overlap("cedar", "elder", 3, 4, 4),
            overlap("fern", "hazel", 3, 4, 4),
        ],
    ),
    (
        "licensee-overlap",
        {"technology": "lattice system", "other": PRISM},
        [("Lattice", "Prism", 4, 3, 2, 5, 0.4, [name("birch"), name("cedar")], LATTICE, PRISM)],
    ),
    (
        "licensee-overlap",
        {"technology": "CX-2", "other": "Prism"},
        [("CX-2", "Prism", 2, 3, 1, 4, 0.25, [name("gorse")], "compound/cx-2", PRISM)],
    ),
    ("licensee-overlap", {"technology": "Prism", "other": "Prism"}, []),
    (
        "one-step-from-both",
        {"one": "Lattice", "other": "Prism"},
        [
            ("Company", *named("birch"), ["licensee"], ["licensee"]),
            ("Company", *named("cedar"), ["licensee"], ["licensee"]),
            ("Compound", "CX-1", "compound/cx-1", ["USES_TECHNOLOGY"], ["USES_TECHNOLOGY"]),
        ],
    ),
    (
        "one-step-from-both",
        {"one": "Acorn", "other": "Lattice"},
        [
            ("Company", *named("birch"), ["LICENSES_TO"], ["licensee"]),
            ("Company", *named("cedar"), ["LICENSES_TO", "SUPPLIES_TO"], ["licensee"]),
            ("Company", *named("dahlia"), ["LICENSES_TO"], ["licensee"]),
            ("Company", *named("elder"), ["LICENSES_TO"], ["licensee"]),
            ("Compound", "CX-1", "compound/cx-1", ["OWNS", "licensor"], ["USES_TECHNOLOGY"]),
        ],
    ),
    ("one-step-from-both", {"one": "Juniper", "other": "Lattice"}, []),
    (
        "bridges",
        {"company": "Acorn", "other": "Hazel"},
        [
            bridge("cedar", ["LICENSES_TO", "SUPPLIES_TO"], ["LICENSES_TO"], [view("a2"), view("a6")], [view("k3")]),
            bridge(
                "dahlia",
                ["LICENSES_TO"],
                ["LICENSES_TO"],
                [view("a3")],
                [crossed("dahlia", "hazel"), crossed("hazel", "dahlia")],
            ),
            bridge("elder", ["LICENSES_TO"], ["SUPPLIES_TO"], [view("a4")], [view("h2")]),
        ],
    ),
    ("bridges", {"company": "Acorn", "other": "Juniper"}, []),
    (
        "licensees",
        {"technology": "Prism"},
        [
            (*named("birch"), name("fern"), "Prism", "2006", None, None, None, view("f1")),
            (*named("cedar"), name("fern"), "Prism", "2004", None, None, None, view("f2")),
            (*named("gorse"), name("fern"), "Prism", "2004-03", None, None, "terminated", view("f3")),
        ],
    ),
    ("licensees-over-time", {"technology": "Lattice"}, LATTICE_YEARS),
    (
        "licensees-over-time",
        {"technology": PRISM},
        [
            ("Prism", PRISM, "2004", [name("cedar"), name("gorse")], 2),
            ("Prism", PRISM, "2006", [name("birch")], 3),
        ],
    ),
    ("relicensed", {}, RELICENSED),
    ("relicensed", {"subject": "Lattice System"}, RELICENSED[1:2]),
    ("relicensed", {"limit": 1}, RELICENSED[:1]),
    ("most-licensed", {}, MOST),
    ("most-licensed", {"type": "technology", "limit": 2}, [MOST[0], MOST[2]]),
    (
        "chain-of-rights",
        {"compound": "cx1"},
        [
            licence([], "acorn", "birch", [name("cedar")], "2000", None, None, None, None, edge="k1"),
            licence([name("acorn")], "birch", "cedar", [name("hazel")], "2002", None, "Europe", None, None, edge="k2"),
            licence([name("birch")], "cedar", "hazel", [], "2005", "exclusive", None, "gout", None, edge="k3"),
        ],
    ),
    ("compounds-for", {"goal": "ta"}, ALPHA),
    ("compounds-for", {"goal": "T-beta"}, [made("T-beta", "TARGETS", "CX-3", None, None, None, None, None)]),
    (
        "compounds-for",
        {"limit": 3},
        [
            made("Gout", "TREATS", "CX-1", "small molecule", "acorn", "OWNS", None, None),
            made("Gout", "TREATS", "CX-1", "small molecule", "birch", "DEVELOPS", "phase 1", "2003"),
            ALPHA[0],
        ],
    ),
    (
        "rivals",
        {"company": "Birch"},
        [
            (*named("elder"), "T-alpha", "CX-2", "phase 2", ["CX-1"], "target/t-alpha", "compound/cx-2"),
            (*named("gorse"), "T-alpha", "CX-2", None, ["CX-1"], "target/t-alpha", "compound/cx-2"),
        ],
    ),
    (  # Gorse develops the same compound: no rival
        "rivals",
        {"company": "Elder"},
        [(*named("birch"), "T-alpha", "CX-1", "phase 1", ["CX-2"], "target/t-alpha", "compound/cx-1")],
    ),
    (
        "undated-agreements",
        {},
        [
            ("Deal a4", agreement("a4"), ["license"], [name("acorn"), name("elder")], "2006-01-02"),
            ("Deal a6", agreement("a6"), ["supply"], [name("acorn"), name("cedar")], None),
        ],
    ),
    (
        "few-parties",
        {},
        [
            ("Deal nobody", agreement("nobody"), None, 0, [], "2002", None),
            ("Deal alone", agreement("alone"), None, 1, [name("juniper")], "2001", "2002-01-01"),
        ],
    ),
    ("few-parties", {"fewer_than": 1}, [("Deal nobody", agreement("nobody"), None, 0, [], "2002", None)]),
    (
        "without-identifier",
        {},
        [
            (*named(key), "firm" if key == "fern" else None, deals, [key.capitalize()])
            for key, deals in (("cedar", 5), ("elder", 4), ("fern", 4), ("gorse", 4), ("dahlia", 2), ("juniper", 1))
        ],
    ),
    (
        "merged-names",
        {},
        [
            (
                "Company",
                *named("birch"),
                ["company/birch = company/birch-bio: same name", "x = y: same ticker"],
                ["Birch"],
            ),
            ("Compound", "CX-2", "compound/cx-2", ["cx-2 = cx2: same name"], None),
        ],
    ),
    ("merged-names", {"name": "cx-2"}, [("Compound", "CX-2", "compound/cx-2", ["cx-2 = cx2: same name"], None)]),
    ("merged-names", {"name": "Acorn"}, []),
]


@pytest.mark.parametrize(("asked", "parameters", "expected"), CASES, ids=[f"{c[0]}-{i}" for i, c in enumerate(CASES)])
def test_the_answer_is_known(session_store: Store, asked: str, parameters: dict[str, Any], expected: Rows) -> None:
    synchronise(session_store, trade())
    answer = question(asked).ask(session_store, **parameters)
    assert answer.rows == expected
    assert answer.columns == question(asked).columns
