"""Questions about deals and their terms, over a world in which the answers are known."""

from __future__ import annotations

from typing import Any

import pytest

from biopact.graph.store import Store, synchronise
from biopact.queries import question
from tests.queries.deals_world import deals_world

Rows = list[tuple[Any, ...]]

# question, its parameters, the columns that are looked at, and their values in every row
# fmt: off
CASES: list[tuple[str, dict[str, Any], str, Rows]] = [
    ("deals-by-year", {}, "year kind deals in_year with_upfront upfront_usd", [
        ("2003", "license", 2, 3, 2, 30e6), ("2003", None, 1, 3, 0, None), ("2003", "collaboration", 1, 3, 1, 20e6),
        ("2004", "supply", 1, 1, 0, None), ("2005", "amendment", 1, 1, 0, None), ("2007", "license", 1, 1, 1, 40e6),
        ("2008", "license", 1, 1, 0, None), ("2008", "restatement", 1, 1, 0, None), ("2009", "option", 1, 1, 0, None),
        ("2012", None, 1, 1, 0, None), ("2015", "license", 1, 1, 0, None), ("2016", "option", 1, 1, 0, None),
        (None, None, 2, 8, 0, None), (None, "option exercise", 2, 8, 0, None), (None, "amendment", 1, 8, 0, None),
        (None, "license", 1, 8, 1, 40e6), (None, "option", 1, 8, 0, None), (None, "termination", 1, 8, 0, None),
    ]),
    ("deals-by-year", {"company": "LARCH LABS"}, "year kind in_year", [
        ("2003", "license", 1), ("2004", "supply", 1), ("2005", "amendment", 1), ("2008", "license", 1),
        ("2008", "restatement", 1), (None, "amendment", 2), (None, "termination", 2),
    ]),
    ("deals-by-year", {"since": "2003-02", "until": "2007"}, "year kind deals", [  # 2003 and 2007-12-31 may lie within
        ("2003", "license", 2), ("2003", None, 1), ("2003", "collaboration", 1), ("2004", "supply", 1),
        ("2005", "amendment", 1), ("2007", "license", 1),
    ]),
    ("comparables", {"kind": "License"},
     "date agreement parties subjects modalities stages royalty_low royalty_high total_value_usd", [
        ("2015-05-05", "Deal o4", ["Poplar", "Quince"], [], [], [], None, None, None),
        ("2008-01", "Deal s1", ["Ilex", "Larch"], ["IX-1"], ["antibody"], ["phase 3"], None, None, None),
        ("2007-12-31", "Deal a5", ["Maple", "Nettle"], ["Lupus", "Weave"], [], [], None, None, 90e6),
        ("2003-02-11", "Deal a1", ["Ilex", "Larch"], ["IX-1"], ["antibody"], ["phase 2"], 5.0, 10.0, None),
        ("2003", "Deal a2", ["Ilex", "Maple"], ["IX-2"], ["small molecule"], ["phase 1"], None, None, None),
        (None, "Deal a4", ["Ilex", "Nettle"], ["Weave"], [], [], None, None, None),
    ]),
    ("comparables", {"subject": "tg"}, "agreement_id", [  # the alias of a target
        ("agreement/o1",), ("agreement/s1",), ("agreement/a1",),
    ]),
    ("comparables", {"subject": "LUPUS"}, "agreement_id", [  # a subject, a field, and what a subject treats
        ("agreement/a5",), ("agreement/a1",), ("agreement/a2",), ("agreement/o2",),
    ]),
    ("comparables", {"subject": "adults lupus"}, "agreement_id", [("agreement/a1",)]),
    ("comparables", {"stage": "Phase 2"}, "agreement_id", [("agreement/a1",)]),
    ("comparables", {"stage": "phase 1"}, "agreement_id stages", [  # as its developer tells
        ("agreement/a2", ["phase 1"]), ("agreement/o2", ["phase 1"]),
    ]),
    ("comparables", {"modality": "antibody", "since": "2008-01-15", "until": "2009"}, "agreement_id", [
        ("agreement/o1",), ("agreement/s1",),
    ]),
    ("comparables", {"territory": "japan"}, "agreement_id territory", [("agreement/a2", "Japan and South Korea")]),
    ("comparables", {"exclusivity": "exclusive"}, "agreement_id exclusivity", [("agreement/a1", "exclusive")]),
    ("deals-of-set", {"companies": "Ilex Labs;MAPLE LABS", "limit": 8}, "date agreement members others", [
        ("2003", "Deal a2", ["Ilex", "Maple"], []), ("2003-02-11", "Deal a1", ["Ilex"], ["Larch"]),
        ("2004-06", "Deal a3", ["Maple"], ["Larch"]), ("2005-04", "Deal am1", ["Ilex"], ["Larch"]),
        ("2007-12-31", "Deal a5", ["Maple"], ["Nettle"]), ("2008-01", "Deal s1", ["Ilex"], ["Larch"]),
        ("2009-09-09", "Deal o1", ["Ilex"], ["Olive"]), (None, "Deal a4", ["Ilex"], ["Nettle"]),
    ]),
    ("deals-of-set", {"companies": ["company/ilex", "maple"], "together": 2},
     "date agreement members others kinds subjects status upfront_usd milestones_max_usd agreement_id", [
        ("2003", "Deal a2", ["Ilex", "Maple"], [], ["collaboration", "license"], ["IX-2"], None, 20e6, None,
         "agreement/a2"),
    ]),
    ("deals-of-set", {"companies": "ilex;nobody", "together": 2}, "agreement", []),
    ("deal", {"agreement": "license agreement"}, "agreement valid_to parties subjects terms changed_by changes", [
        ("Deal a1", "2010", ["Ilex (licensor)", "Larch (licensee)"], ["IX-1"], ["agreement date: 2003-02",
         "agreement date: 2003-02-11", "exclusivity: exclusive", "exclusivity: sole", "field: lupus",
         "field: lupus in adults", "milestones: USD 100,000,000", "milestones: redacted", "royalty: 5 to 8%",
         "royalty: 8 to 10%", "upfront: USD 10,000,000"], ["amends 2005-04: Deal am1", "amends 2006-01-02: Deal am2",
         "supersedes 2008-01: Deal s1"], []),
        ("Deal a4", None, ["Ilex (licensee)", "Nettle (licensor)"], ["Weave"], [], [], []),
    ]),
    ("deal", {"agreement": "agreement/NOBODY"}, "agreement_date kinds parties terms first_filed", [
        ("2003-07", None, [], [], "2020-03-05"),
    ]),
    ("deal", {"agreement": "Deal self"}, "parties subjects", [(["Rowan (licensee)", "Rowan (licensor)"], ["Weave"])]),
    ("deal", {"agreement": "deal s1"}, "status changed_by changes", [
        ("terminated", ["terminates 2010: Deal t1"], ["supersedes: Deal a1"]),
    ]),
    ("amendments", {"agreement": "Deal t1"}, "date agreement relation changed change reason rights_returned edge", [
        ("2005-04", "Deal am1", "AMENDS", "Deal a1", None, None, None, "amends/am1"),
        ("2006-01-02", "Deal am2", "AMENDS", "Deal a1", "the field is wider", None, None, "amends/am2"),
        ("2008-01", "Deal s1", "SUPERSEDES", "Deal a1", None, None, None, "supersedes/s1"),
        ("2010", "Deal t1", "TERMINATES", "Deal s1", None, "no success", True, "terminates/t1"),
    ]),
    ("amendments", {"agreement": "License Agreement"}, "edge", [
        ("amends/am1",), ("amends/am2",), ("supersedes/s1",), ("terminates/t1",),
    ]),
    ("amendments", {"agreement": "Deal a2"}, "edge", []),
    ("deal-values", {"kind": "license"},
     "from_year deals upfronts upfront_q1 upfront_median upfront_q3 ceilings milestones_q1 milestones_q3", [
        (2000, 2, 2, 12.5e6, 15e6, 17.5e6, 1, 100e6, 100e6), (2005, 2, 1, 40e6, 40e6, 40e6, 1, 60e6, 60e6),
        (2015, 1, 0, None, None, None, 0, None, None),
    ]),
    ("deal-values", {"kind": "License", "years": 10},
     "from_year to_year deals upfronts upfront_q1 upfront_median upfront_q3 milestones_median", [
        (2000, 2009, 4, 3, 15e6, 20e6, 30e6, 80e6), (2010, 2019, 1, 0, None, None, None, None),
    ]),
    ("deal-values", {"since": "2004", "until": "2005-04"}, "kind deals upfronts", [
        ("amendment", 1, 0), ("supply", 1, 0),
    ]),
    ("largest-deals", {}, "usd date agreement parties conflicts", [  # a tie goes by the id
        (40e6, None, "Deal a4", ["Ilex", "Nettle"], None),
        (40e6, "2007-12-31", "Deal a5", ["Maple", "Nettle"], ["upfront_usd"]),
        (20e6, "2003", "Deal a2", ["Ilex", "Maple"], None), (10e6, "2003-02-11", "Deal a1", ["Ilex", "Larch"], None),
    ]),
    ("largest-deals", {"by": "milestones"}, "usd agreement_id", [(100e6, "agreement/a1"), (60e6, "agreement/s1")]),
    ("largest-deals", {"by": "total", "kind": "license", "since": "2007"}, "usd agreement_id", [
        (90e6, "agreement/a5"),
    ]),
    ("largest-deals", {"until": "2003-01"}, "usd agreement_id", [(20e6, "agreement/a2")]),  # 2003 may be January
    ("largest-deals", {"by": "weight"}, "usd", []),
    ("royalties", {},
     "subject agreement kind state percent_low percent_high wording sales_from sales_to period quote", [
        ("IX-1", "Deal a1", "royalty", "stated", 5.0, 8.0, "single-digit to eight", None, 100e6, None,
         "term royalty-2"),
        ("IX-1", "Deal a1", "royalty", "stated", 8.0, 10.0, None, 100e6, None, "ten years", "term royalty-1"),
        ("IX-2", "Deal a2", "royalty", "undisclosed", None, None, None, None, None, None, "term royalty-3"),
        ("Lupus", "Deal a5", "royalty", "redacted", None, None, None, None, None, None, "term royalty-4"),
        ("Lupus", "Deal a5", "royalty reduction", "stated", None, None, "half", None, None, None, "term reduction"),
        ("Weave", "Deal a5", "royalty", "redacted", None, None, None, None, None, None, "term royalty-4"),
        ("Weave", "Deal a5", "royalty reduction", "stated", None, None, "half", None, None, None, "term reduction"),
    ]),
    ("royalties", {"subject": "Compound 1"}, "percent_low", [(5.0,), (8.0,)]),
    ("redacted-terms", {}, "agreement date term told_elsewhere quote document form filing_date", [
        ("Deal a1", "2003-02-11", "milestones", ["milestones: USD 100,000,000"], "term milestones-2", "EX-10.1", "8-K",
         "2020-03-05"),
        ("Deal a5", "2007-12-31", "royalty", [], "term royalty-4", "EX-10.1", "8-K", "2020-03-05"),
    ]),
    ("redacted-terms", {"state": "undisclosed", "company": "quince"}, "agreement term told_elsewhere", [
        ("Deal o4", "option fee", []),
    ]),
    ("release-against-contract", {}, "agreement term release contract releases contracts", [
        ("Deal a1", "exclusivity", ["exclusivity: exclusive"], ["exclusivity: sole"], ["document/20/2"],
         ["document/20/3"]),
        ("Deal a1", "milestones", ["milestones: USD 100,000,000"], ["milestones: redacted"], ["document/20/2"],
         ["document/20/3"]),
        ("Deal a5", "upfront", ["upfront: USD 40,000,000"], ["upfront: EUR 40,000,000"], ["document/20/2"],
         ["document/20/3"]),
    ]),
    ("release-against-contract", {"company": "Nettle"}, "agreement term", [("Deal a5", "upfront")]),
    ("open-options", {}, "date agreement parties options fees status valid_to", [
        ("2015-05-05", "Deal o4", ["Poplar", "Quince"], ["to co-promote"], ["option fee: undisclosed"], None,
         "2021-07-31"),
        (None, "Deal o2", ["Ilex", "Olive"], [], [], "option", None),
    ]),
    ("open-options", {"day": "2012"}, "agreement_id", [("agreement/o2",), ("agreement/o3",)]),  # exercised in June
    ("open-options", {"day": "2012-06-15", "company": "olive"}, "agreement_id subjects options triggers windows fees", [
        ("agreement/o1", ["IX-1"], ["to license IX-1"], ["first dosing"], ["90 days"], ["option fee: USD 2,000,000"]),
        ("agreement/o2", ["IX-2"], [], [], [], []),
    ]),
    ("open-options", {"day": "2021"}, "agreement_id", [  # exercised by 2022-02, over since 2021-07, ended by 2020
        ("agreement/o5",), ("agreement/o2",),
    ]),
    ("open-options", {"day": "2023", "company": "rowan"}, "agreement_id", []),
    ("exclusive-overlaps", {},
     "subject licensor licensee territory licensor other_licensee other_territory relation edge other_edge", [
        ("IX-3", "Ilex", "Larch", "worldwide, except in Japan", "Ilex", "Nettle", "the United States and Canada",
         "same licensor", "licenses_to/g1", "licenses_to/g3"),
        ("IX-3", "Ilex", "Larch", "worldwide, except in Japan", "Ilex", "Olive", "Canada", "passed on",
         "licenses_to/g1", "licenses_to/g4"),
        ("IX-3", "Ilex", "Nettle", "the United States and Canada", "Ilex", "Olive", "Canada", "other licensor",
         "licenses_to/g3", "licenses_to/g4"),
        ("IX-4", "Ilex", "Olive", "Greater China", "Ilex", "Poplar", "China", "same licensor", "licenses_to/g5",
         "licenses_to/g6"),
        ("IX-4", "Ilex", "Poplar", "China", "Ilex", "Quince", "China, Hong Kong, and Taiwan", "same licensor",
         "licenses_to/g6", "licenses_to/g7"),
        ("IX-6", "Ilex", "Larch", "outside of the United States", "Ilex", "Olive", "Germany", "same licensor",
         "licenses_to/g12", "licenses_to/g14"),
        ("IX-6", "Ilex", "Larch", "outside of the United States", "Ilex", "Olive", "Germany", "same licensor",
         "licenses_to/g12", "licenses_to/g15"),
    ]),
    ("exclusive-overlaps", {"subject": "compound 4"}, "date ends other_date field edge", [
        (None, "2005", "2005-06", None, "licenses_to/g5"), ("2005-06", None, "2006-01", None, "licenses_to/g6"),
    ]),
    ("exclusive-overlaps", {"subject": "IX-5", "unstated": True},
     "licensee territory other_licensee other_territory relation", [
        ("Larch", None, "Nettle", "Europe", "other licensor"),
    ]),
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
