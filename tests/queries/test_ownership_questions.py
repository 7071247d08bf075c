"""Questions about ownership, time and evidence, over a world in which the answers are known."""

from __future__ import annotations

from typing import Any

import pytest

from biopact.graph.store import Store, synchronise
from biopact.graph.time import in_force
from biopact.queries import question
from tests.queries.deals_world import COMPANIES, deals_world

Rows = list[tuple[Any, ...]]

# question, its parameters, the columns that are looked at, and their values in every row
# fmt: off
CASES: list[tuple[str, dict[str, Any], str, Rows]] = [
    ("circular-ownership", {"most": 5}, "length companies company_ids", [
        (1, ["Rowan"], ["company/rowan"]), (2, ["Poplar", "Quince"], ["company/poplar", "company/quince"]),
        (3, ["Larch", "Maple", "Nettle"], ["company/larch", "company/maple", "company/nettle"]),
        (5, ["P1", "P2", "P3", "P4", "P5"], ["company/p1", "company/p2", "company/p3", "company/p4", "company/p5"]),
    ]),
    ("circular-ownership", {"most": 2}, "length", [(1,), (2,)]),
    ("circular-ownership", {"company": "QUINCE Labs"}, "companies", [(["Poplar", "Quince"],)]),
    ("ownership-tree", {"company": "Nettle"}, "step holder held relation percent as_of way edge", [
        (1, "Maple", "Nettle", "parent", None, "2006", ["Nettle", "Maple"], "subsidiary_of/nettle-maple"),
        (2, "Larch", "Maple", "shareholder", 30.0, None, ["Nettle", "Maple", "Larch"], "holds_stake_in/larch-maple"),
    ]),
    ("ownership-tree", {"company": "Nettle", "up": "false"}, "step holder held relation way", [
        (1, "Nettle", "Larch", "shareholder", ["Nettle", "Larch"]),
        (2, "Larch", "Maple", "shareholder", ["Nettle", "Larch", "Maple"]),
    ]),
    ("ownership-tree", {"company": "Q1"}, "step holder", [  # four steps, and not six
        (1, "Q6"), (2, "Q5"), (3, "Q4"), (4, "Q3"),
    ]),
    ("ownership-tree", {"company": "poplar", "up": False}, "holder held", [  # a stake that ended and one of nothing
        ("Poplar", "Quince"),
    ]),
    ("licensor-owners", {"company": "thyme"}, "date licensee owner relation since certain", [
        ("2005", "Ilex", "Quince", "acquirer", "2001", False), ("2005", "Ilex", "Rowan", "acquirer", "2005-06", False),
        ("2006-07-08", "Ilex", "Rowan", "acquirer", "2005-06", True),
    ]),
    ("licensor-owners", {"company": "nettle"}, "date owner relation as_of certain", [
        ("2006-03", "Maple", "parent", "2006", False),
    ]),
    ("licensor-owners", {"company": "sorrel"}, "date owner certain licence", [(None, "Ilex", False, "licenses_to/l4")]),
    ("licensor-owners", {"company": "ilex", "limit": 9}, "date owner percent until as_of certain", [
        ("2001", "Olive", 60.0, "2011-01-15", "2008-08", False), ("2001", "Olive", 70.0, None, "2011-01-15", False),
        ("2005-06", "Olive", 60.0, "2011-01-15", "2008-08", False),
        ("2005-06", "Olive", 70.0, None, "2011-01-15", False),
        ("2006-01", "Olive", 60.0, "2011-01-15", "2008-08", False),
        ("2006-01", "Olive", 70.0, None, "2011-01-15", False), ("2011", "Olive", 60.0, "2011-01-15", "2008-08", False),
        ("2011", "Olive", 70.0, None, "2011-01-15", False), ("2011-01-15", "Olive", 70.0, None, "2011-01-15", True),
    ]),
    ("licensor-owners", {"company": "ilex", "percent": 10, "limit": 3}, "date owner certain", [
        ("2001", "Fund", False), ("2001", "Olive", False), ("2001", "Olive", False),
    ]),
    ("stakes-of-licensees", {"limit": 6}, "licensee licensor percent shares since as_of date subjects same_agreement", [
        ("Olive", "Ilex", 60.0, None, None, "2008-08", "2011", ["IX-6"], False),
        ("Olive", "Ilex", 60.0, None, None, "2008-08", "2011-01-15", ["IX-1"], False),
        ("Olive", "Ilex", 60.0, None, None, "2008-08", None, ["IX-6"], False),
        ("Olive", "Ilex", 60.0, None, None, "2008-08", None, ["IX-4"], False),
        ("Olive", "Ilex", 70.0, None, None, "2011-01-15", "2011", ["IX-6"], False),
        ("Olive", "Ilex", 70.0, None, None, "2011-01-15", "2011-01-15", ["IX-1"], False),
    ]),
    ("stakes-of-licensees", {"company": "QUINCE Labs"},
     "licensee licensor percent shares since date subjects same_agreement stake licence", [
        ("Poplar", "Quince", None, 100.0, "2015-05-05", "2015-05-05", [], True, "holds_stake_in/poplar-quince",
         "licenses_to/l5"),
    ]),
    ("stakes-of-licensees", {"company": "rowan"}, "licensee licensor subjects", [("Rowan", "Rowan", ["Weave"])]),
    ("in-force", {"company": "ilex", "day": "2010-05"}, "relation name since until certain status parties", [
        ("collaborator", "Deal a2", "2003", None, False, None, ["Maple"]),
        ("licensor", "Deal a1", "2003-02-11", "2010", False, None, ["Larch"]),
        ("party", "Deal am1", "2005-04", None, False, None, ["Larch"]),
        ("licensor", "Deal s1", "2008-01", "2010", False, "terminated", ["Larch"]),
        ("optionor", "Deal o1", "2009-09-09", "2019", True, None, ["Olive"]),
        ("licensee", "Deal a4", None, None, False, None, ["Nettle"]),
        ("party", "Deal am2", None, None, False, None, ["Larch"]),
        ("optionee", "Deal o2", None, None, False, "option", ["Olive"]),
        ("optionor", "Deal o3", None, None, False, "ended", ["Poplar"]),
        ("party", "Deal t1", None, None, False, None, ["Larch"]),
        ("licensor", "Deal x1", None, None, False, None, ["Olive"]),
        ("shareholder", "Fund", None, None, False, None, []),
        ("shareholder", "Olive", None, "2011-01-15", False, None, []),
        ("shareholder", "Olive", None, None, False, None, []), ("subsidiary", "Sorrel", None, None, False, None, []),
    ]),
    ("in-force", {"company": "maple", "day": "2006-05-30"}, "relation name", [
        ("collaborator", "Deal a2"), ("customer", "Deal a3"), ("shareholder", "Larch"), ("subsidiary", "Nettle"),
    ]),
    ("in-force", {"company": "maple", "day": "2006-05"}, "relation name as_of", [
        ("collaborator", "Deal a2", None), ("shareholder", "Larch", None), ("subsidiary", "Nettle", "2006"),
    ]),
    ("in-force", {"company": "poplar", "day": "2021-08-01"}, "relation name since certain", [
        ("stake", "Quince", "2015-05-05", False), ("shareholder", "Olive", None, False),
        ("stake", "Olive", None, False), ("shareholder", "Quince", None, False),
    ]),
    ("ending-soon", {"day": "2009-06-30"}, "ends agreement status", [  # 2010 may begin within a year
        ("2010", "Deal a1", None), ("2010", "Deal s1", "terminated"),
    ]),
    ("ending-soon", {"day": "2010-07-01", "months": 1}, "ends agreement", [("2010", "Deal a1"), ("2010", "Deal s1")]),
    ("ending-soon", {"day": "2018-12-30", "months": 31}, "ends agreement open_options renewal", [
        ("2019", "Deal o1", [], []),
    ]),
    ("ending-soon", {"day": "2018-12", "months": 31}, "ends agreement parties open_options renewal", [  # one day more
        ("2019", "Deal o1", ["Ilex", "Olive"], [], []),
        ("2021-07-31", "Deal o4", ["Poplar", "Quince"], ["to co-promote"], ["for two years"]),
    ]),
    ("ending-soon", {"day": "2012-06-15", "months": 84, "company": "olive"}, "ends agreement open_options", [
        ("2019", "Deal o1", ["to license IX-1"]),
    ]),
    ("status-changes", {"since": "2003-03-01", "until": "2006-01-01"}, "date change agreement by", [
        ("2003", "began", "Deal a2", None), ("2003-07", "began", "Deal nobody", None),
        ("2004-06", "began", "Deal a3", None), ("2005-04", "amended", "Deal a1", "Deal am1"),
        ("2005-04", "began", "Deal am1", None),
    ]),
    ("status-changes", {"since": "2006-02", "until": "2012-06-01"}, "date change agreement by parties status", [
        ("2006-05", "terminated", "Deal a3", None, ["Larch", "Maple"], "terminated"),
        ("2007-12-31", "began", "Deal a5", None, ["Maple", "Nettle"], None),
        ("2008-01", "superseded", "Deal a1", "Deal s1", ["Ilex", "Larch"], None),
        ("2008-01", "began", "Deal s1", None, ["Ilex", "Larch"], "terminated"),
        ("2009-09-09", "began", "Deal o1", None, ["Ilex", "Olive"], None),
        ("2010", "ended", "Deal a1", None, ["Ilex", "Larch"], None),
        ("2010", "terminated", "Deal s1", "Deal t1", ["Ilex", "Larch"], "terminated"),
        ("2012-06", "option exercised", "Deal o1", "Deal x1", ["Ilex", "Olive"], None),
    ]),
    ("status-changes", {"since": "2010", "until": "2023", "company": "quince"}, "date change agreement", [
        ("2015-05-05", "began", "Deal o4"), ("2016", "began", "Deal o5"), ("2021-07-31", "expired", "Deal o4"),
    ]),
    ("agreement-evidence", {"agreement": "Deal s1"}, "states what quote form filing_date document url", [
        ("agreement", "Deal s1", "deal s1", "8-K", "2020-03-05", "8-K", "https://example.org/filing/20"),
        ("party", "Ilex (licensor)", "PARTY_TO s1-ilex", "8-K", "2020-03-05", "8-K", "https://example.org/filing/20"),
        ("party", "Larch (licensee)", "PARTY_TO s1-larch", "8-K", "2020-03-05", "8-K", "https://example.org/filing/20"),
        ("subject", "IX-1", "COVERS s1-compound/ix-1", "8-K", "2020-03-05", "8-K", "https://example.org/filing/20"),
        ("changed by", "Deal t1", "TERMINATES t1", "8-K", "2020-03-05", "8-K", "https://example.org/filing/20"),
        ("changes", "Deal a1", "SUPERSEDES s1", "8-K", "2020-03-05", "8-K", "https://example.org/filing/20"),
    ]),
    ("agreement-evidence", {"agreement": "Deal a5"}, "states what", [
        ("agreement", "Deal a5"), ("party", "Maple (licensor)"), ("party", "Nettle (licensee)"), ("subject", "Lupus"),
        ("subject", "Weave"), ("term", "royalty reduction: half"), ("term", "royalty: redacted"),
        ("term", "territory: United States"), ("term", "territory: the United States"),
        ("term", "upfront: EUR 40,000,000"), ("term", "upfront: USD 40,000,000"),
    ]),
    ("agreement-evidence", {"agreement": "agreement/nobody"}, "states what document rule confidence page", [
        ("agreement", "Deal nobody", "8-K", "fixture", 0.9, None),
    ]),
    ("filings-of-company", {"company": "rowan"}, "filing_date form facts quotations documents its_own url", [
        ("2020-03-05", "8-K", 5, 5, ["8-K"], False, "https://example.org/filing/20"),
        ("2022-02", "10-K", 1, 1, ["10-K"], False, "https://example.org/filing/22"),
        (None, "TEXT", 1, 1, ["TEXT"], False, "https://example.org/filing/undated"),
    ]),
    ("filings-of-company", {"company": "ilex"}, "filing facts its_own", [
        ("filing/20", 32, True), ("filing/undated", 1, False),
    ]),
    ("most-quoted", {}, "document form filing_date filer url", [
        ("8-K", "8-K", "2020-03-05", ["Ilex"], "https://example.org/filing/20"),
        ("EX-10.1", "8-K", "2020-03-05", ["Ilex"], "https://example.org/filing/20"),
        ("TEXT", "TEXT", None, [], "https://example.org/filing/undated"),
        ("EX-99.1", "8-K", "2020-03-05", ["Ilex"], "https://example.org/filing/20"),
        ("10-K", "10-K", "2022-02", ["Larch"], "https://example.org/filing/22"),
    ]),
    ("most-quoted", {"type": "ex-10"}, "quotations document document_id", [(24, "EX-10.1", "document/20/3")]),
]
# fmt: on


@pytest.fixture(scope="module")
def store_of_deals(session_store: Store) -> Store:
    """A store of each kind that holds this world."""
    synchronise(session_store, deals_world())
    return session_store


@pytest.mark.parametrize(
    ("asked", "parameters", "columns", "expected"), CASES, ids=[f"{c[0]}-{i}" for i, c in enumerate(CASES)]
)
def test_the_answer_is_known(
    store_of_deals: Store, asked: str, parameters: dict[str, Any], columns: str, expected: Rows
) -> None:
    answer = question(asked).ask(store_of_deals, **parameters)
    assert answer.columns == question(asked).columns
    assert [tuple(row[name] for name in columns.split()) for row in answer.dicts()] == expected


@pytest.mark.parametrize(
    "day", ["2002", "2003-07-01", "2005-12", "2006-05-31", "2010-05", "2011-01-15", "2019", "2021", "2023"]
)
def test_what_is_in_force_is_what_a_view_of_the_day_holds(store_of_deals: Store, day: str) -> None:
    held = in_force(deals_world(), day)
    for company in (f"company/{key}" for key in COMPANIES):
        edges = sorted(
            e.id
            for e in held.edges.values()
            if company in (e.source, e.target) and e.type in ("PARTY_TO", "HOLDS_STAKE_IN", "SUBSIDIARY_OF")
        )
        found = question("in-force").ask(store_of_deals, company=company, day=day).dicts()
        assert sorted({row["edge"] for row in found}) == edges
