"""Every question on every store, over a graph in which the answer is known by construction."""

from __future__ import annotations

from typing import Any

import pytest

from biopact.graph.records import digest, edge_id
from biopact.graph.store import Store, synchronise
from biopact.queries import catalogue, question
from tests.graph.world import EXHIBIT, FILING, agreement, said, view, world
from tests.queries.test_deal_questions import CASES as DEALS
from tests.queries.test_ownership_questions import CASES as OWNERSHIP
from tests.queries.test_trade_questions import CASES as TRADE

OWNED = edge_id("DEVELOPS", "company/alba", "compound/alb-2", "")
SUBSIDIARY = edge_id("SUBSIDIARY_OF", "company/gaia", "company/fjord", "")
PAIRS = [  # company, other, partners shared, partners of each
    ("borea", "corva", 2, 2, 2),
    ("alba", "evora", 2, 3, 3),
    ("borea", "delos", 1, 2, 2),
    ("borea", "fjord", 1, 2, 2),
    ("corva", "delos", 1, 2, 2),
    ("corva", "fjord", 1, 2, 2),
    ("delos", "fjord", 1, 2, 2),
    ("alba", "gaia", 1, 3, 2),
    ("evora", "gaia", 1, 3, 2),
]


def named(key: str) -> tuple[str, str]:
    """Name and id of a company of the world."""
    return f"{key.capitalize()} Bio", f"company/{key}"


def overlap(a: str, b: str, shared: int, n: int, m: int) -> tuple[Any, ...]:
    (name, id_), (other, other_id) = named(a), named(b)
    return (name, other, shared, n, m, shared / (n + m - shared), id_, other_id)


def deal(
    key: str, date: str | None, role: str, party: str, subjects: list[str], kinds: list[str], **own: Any
) -> tuple[Any, ...]:
    return (
        date, f"Deal {key}", agreement(key), [role], [named(party)[0]], subjects, kinds, None, None, None,
        own.get("upfront"), None, own.get("royalties"), None,
    )  # fmt: skip


def paths(*ways: tuple[str, ...]) -> list[tuple[Any, ...]]:
    """Paths over edges given as the ids that the world makes; sorted as the question sorts them."""
    stops = {
        view("ac"): "corva", view("ec"): "evora", view("ef"): "fjord", SUBSIDIARY: "gaia", view("ab"): "borea",
        view("ab2"): "borea", view("eb"): "evora", view("ad"): "delos",
    }  # fmt: skip
    return [
        (
            len(way),
            [named("alba")[0], *(named(stops[edge])[0] for edge in way)],
            [edge.partition("/")[0].upper() for edge in way],
            list(way),
        )
        for way in sorted(ways)
    ]


def quoted(key: str, *documents: tuple[str, str, str, float]) -> list[tuple[Any, ...]]:
    """The evidence of the edge that is a view of that deal."""
    found = []
    for words, exhibit, document, confidence in documents:
        e = said(words, document, confidence)
        found.append(
            (
                "LICENSES_TO", "Alba Bio", "Borea Bio", words, exhibit, e.start, e.end, FILING, "2003-03-01",
                "fixture", confidence, e.id,
            )
        )  # fmt: skip
    return found


TO_GAIA = paths(
    (view("ac"), view("ec"), view("ef"), SUBSIDIARY),
    (view("ab"), view("eb"), view("ef"), SUBSIDIARY),
    (view("ab2"), view("eb"), view("ef"), SUBSIDIARY),
)
ALBA_PARTNERS = [
    (*named("borea"), 2, ["license", "supply"], "2003-02", "2005-06-30"),
    (*named("corva"), 1, ["license"], "2001", "2001"),
    (*named("delos"), 1, ["collaboration", "research"], None, None),
]
LINKER_LICENSEES = [
    (*named("borea"), "Alba Bio", "Linker", "2003-02", None, None, None, view("ab")),
    (*named("corva"), "Alba Bio", "Linker", "2001", None, None, None, view("ac")),
]
CASES: list[tuple[str, dict[str, Any], list[tuple[Any, ...]]]] = [
    ("partners", {"company": "ALBA bio"}, ALBA_PARTNERS),
    ("partners", {"company": "alba bio, inc."}, ALBA_PARTNERS),
    ("partners", {"company": "company/alba"}, ALBA_PARTNERS),
    (  # two licensees of one agreement are no partners
        "partners",
        {"company": "Delos Bio"},
        [
            (*named("alba"), 1, ["collaboration", "research"], None, None),
            (*named("gaia"), 1, ["license"], None, None),
        ],
    ),
    ("partners", {"company": "nobody"}, []),
    (
        "shared-partners",
        {"company": "Alba Bio", "other": "Evora Bio"},
        [(*named("borea"), 2, 1), (*named("corva"), 1, 1)],
    ),
    ("shared-partners", {"company": "Alba Bio", "other": "Alba Bio"}, []),
    ("partner-overlap", {"shared": 1, "partners": 2}, [overlap(*pair) for pair in PAIRS]),
    ("partner-overlap", {"partners": 1}, [overlap(*pair) for pair in PAIRS[:2]]),
    ("partner-overlap", {"partners": 2, "limit": "1"}, [overlap(*PAIRS[0])]),
    ("licensees", {"technology": "linker SYSTEM"}, LINKER_LICENSEES),
    ("licensees", {"technology": "technology/linker"}, LINKER_LICENSEES),
    ("co-licensees", {"company": "Borea Bio"}, [(*named("corva"), "Linker", "technology/linker", "Alba Bio", "2001")]),
    ("co-licensees", {"company": "Alba Bio"}, []),
    (
        "made-with",
        {"technology": "Linker"},
        [
            ("ALB-1", "compound/alb-1", "antibody", *named("alba"), "phase 2"),
            ("ALB-1", "compound/alb-1", "antibody", *named("delos"), "preclinical"),
            ("ALB-2", "compound/alb-2", None, *named("alba"), None),
        ],
    ),
    (
        "pipeline",
        {"company": "Alba Bio"},
        [
            ("ALB-1", "compound/alb-1", "antibody", "phase 2", "2003", ["T1"], ["Asthma", "Gout"], ["Linker"]),
            ("ALB-2", "compound/alb-2", None, None, None, [], [], ["Linker"]),
        ],
    ),
    (
        "deals",
        {"company": "Alba Bio"},
        [
            deal("ac", "2001", "licensor", "corva", ["Linker"], ["license"]),
            deal("ab", "2003-02", "licensor", "borea", ["Linker"], ["license"], royalties=True),
            deal("ab2", "2005-06-30", "supplier", "borea", ["ALB-1"], ["supply"], upfront=1.5e6),
            deal("ad", None, "collaborator", "delos", ["ALB-1"], ["collaboration", "research"]),
        ],
    ),
    (
        "owners",
        {},
        [
            (*named("alba"), "ALB-1", "compound/alb-1", "Compound", None),
            (*named("alba"), "Linker", "technology/linker", "Technology", "wholly"),
            (*named("evora"), "Vector", "technology/vector", "Technology", None),
        ],
    ),
    ("owners", {"name": "VECTOR"}, [(*named("evora"), "Vector", "technology/vector", "Technology", None)]),
    ("owners", {"name": "Evora Bio, Inc."}, [(*named("evora"), "Vector", "technology/vector", "Technology", None)]),
    (
        "holdings",
        {"company": "Fjord Bio"},
        [
            (*named("fjord"), "parent", *named("gaia"), 100.0, "2009"),
            ("Iris", "person/iris", "shareholder", *named("fjord"), 12.5, None),
        ],
    ),
    ("path", {"company": "Alba Bio", "other": "Gaia Bio"}, TO_GAIA),
    ("path", {"company": "Alba Bio", "other": "Gaia Bio", "limit": 2}, TO_GAIA[:2]),
    ("path", {"company": "Alba Bio", "other": "Delos Bio"}, paths((view("ad"),))),
    ("path", {"company": "Alba Bio", "other": "Alba Bio"}, []),
    (
        "evidence",
        {"edge": view("ab")},
        quoted(
            "ab",
            ("ab: a release says so", "8-K", "document/0000000000-03-000001/1", 0.8),
            ("ab: they signed", "EX-99.1", EXHIBIT, 0.9),
        ),
    ),
    ("evidence", {"edge": "licenses_to/none"}, []),
    (
        "terms",
        {"agreement": "DEAL AB2"},
        [
            (agreement("ab2"), "royalty", "redacted", None, None, None, "the royalty is", "EX-99.1", FILING),
            (agreement("ab2"), "upfront", "stated", "$1.5 million", 1.5e6, "USD", "the upfront is", "EX-99.1", FILING),
        ],
    ),
    (
        "conflicts",
        {"company": "Borea Bio"},
        [
            (
                "Deal ab2",
                ["upfront_usd"],
                term,
                term,
                state,
                "8-K",
                "EX-99.1",
                "2003-03-01",
                f"the {term} is",
                agreement("ab2"),
            )
            for term, state in (("royalty", "redacted"), ("upfront", "stated"))
        ],
    ),
    ("conflicts", {"company": "Corva Bio"}, []),
    (
        "most-connected",
        {"limit": 3},
        [(*named("alba"), 3, 4), (*named("evora"), 3, 3), (*named("borea"), 2, 3)],
    ),
    (
        "single-evidence",
        {"types": []},
        [("DEVELOPS", "Alba Bio", "ALB-2", 0.4, "we alone say so", "EX-99.1", FILING, OWNED)],
    ),
    (
        "read-by",
        {"only": "fixture", "types": "", "limit": 1},
        [("DEVELOPS", "Alba Bio", "ALB-2", ["fixture"], 0.4, OWNED)],
    ),
    ("read-by", {"only": "llm"}, []),
    ("read-by", {"types": "DEVELOPS", "limit": 1}, [("DEVELOPS", "Alba Bio", "ALB-2", ["fixture"], 0.4, OWNED)]),
]


@pytest.mark.parametrize(("name", "parameters", "expected"), CASES, ids=[f"{c[0]}-{i}" for i, c in enumerate(CASES)])
def test_the_answer_is_known(
    session_store: Store, name: str, parameters: dict[str, Any], expected: list[tuple[Any, ...]]
) -> None:
    synchronise(session_store, world())
    answer = question(name).ask(session_store, **parameters)
    assert answer.rows == expected
    assert answer.columns == question(name).columns


def test_every_question_is_asked() -> None:
    asked = {case[0] for case in (*CASES, *TRADE, *DEALS, *OWNERSHIP) if case[-1]}
    assert set(catalogue()) == asked


def test_every_example_can_be_asked_of_an_empty_store(store: Store) -> None:
    for found in catalogue().values():
        answer = found.ask(store, **found.example)
        assert (answer.columns, answer.rows) == (found.columns, [])


def test_names_are_values_and_never_cypher(store: Store) -> None:
    synchronise(store, world())
    for text in ("' OR 1=1 //", '" OR true', "Alba Bio' OR true //", "$company", "\\", "\x00", digest("x") * 1000):
        for name, key in (
            ("partners", "company"),
            ("licensees", "technology"),
            ("evidence", "edge"),
            ("owners", "name"),
        ):
            assert question(name).ask(store, **{key: text}).rows == []
