"""What rows say: parties in their roles, what deals cover, terms with their states, and what cannot be read."""

from pathlib import Path

from tests.loaders.tables.telling import HEAD, MAPPING, agreements, edges, read, terms, told

PAIRS = """
columns: {company: Company, partner: Partner, type: Type}
types:
  buyout: {kinds: acquisition, company: acquirer, partner: target}
  platform deal: [research, collaboration]
"""


def test_a_licence_with_its_terms(tmp_path: Path) -> None:
    facts = told(tmp_path, HEAD + '"Quill, Inc.",Ostra AG,Licensing,2018-06-11,Q-1; Q-2,45,5-10%\n')
    (deal,) = agreements(facts)
    assert dict(deal.properties) == {
        "kinds": ("license",), "agreement_date": "2018-06-11", "upfront_usd": 45e6, "royalties": True,
    }  # fmt: skip
    assert deal.evidence[0].quote == '"Quill, Inc.",Ostra AG,Licensing,2018-06-11,Q-1; Q-2,45,5-10%'
    assert edges(facts, "LICENSES_TO") == {("Quill, Inc.", "LICENSES_TO", "Ostra AG")}
    assert {t for _, _, t in edges(facts, "COVERS")} == {"Q-1", "Q-2"}
    assert terms(facts) == {
        ("agreement date", "stated", "2018-06-11", None),
        ("upfront", "stated", 45e6, "USD"),
        ("royalty", "stated", "5% to 10%", None),
    }
    royalty = next(n for n in facts.nodes if n.properties.get("kind") == "royalty")
    assert (royalty.properties["percent_low"], royalty.properties["percent_high"]) == (5.0, 10.0)
    (view,) = (e for e in facts.edges if e.type == "LICENSES_TO")
    assert (view.properties["upfront_usd"], view.properties["date"]) == (45e6, "2018-06-11")


def test_nothing_is_stated_without_a_cell(tmp_path: Path) -> None:
    facts = told(tmp_path, HEAD + "A,B,,,,,\n")
    (deal,) = agreements(facts)
    assert dict(deal.properties) == {"kinds": ("license",)}  # the roles of the columns say so
    assert terms(facts) == set()


def test_values_kept_quiet_are_terms_without_a_value(tmp_path: Path) -> None:
    facts = told(tmp_path, HEAD + "A,B,license,n/a,,undisclosed,[***]\n")
    assert terms(facts) == {
        ("agreement date", "undisclosed", None, None),
        ("upfront", "undisclosed", None, None),
        ("royalty", "redacted", None, None),
    }
    assert facts.faults == ()


def test_a_party_kept_quiet_leaves_the_other(tmp_path: Path) -> None:
    facts = told(tmp_path, HEAD + "A,undisclosed,license,2020,X-1,,\n")
    assert edges(facts, "PARTY_TO", "COVERS", "LICENSES_TO") == {
        ("A", "PARTY_TO", "license: A"),
        ("license: A", "COVERS", "X-1"),
    }


def test_garbage_is_listed_and_the_rest_goes_on(tmp_path: Path) -> None:
    table = (
        HEAD
        + "A,B,license,2020,,,\n"
        + ",B,license,2020,,,\n"
        + "A,A,license,2020,,,\n"
        + "A,???,license,2020,,,\n"
        + "A,B,frobnication,31/02/2020,,4-5,0.05\n"
        + "Quill, Inc.,B,license,2020,,,\n"
        + "A,C,license,2021,,=SUM(A1),#REF!\n"
    )
    facts = told(tmp_path, table)
    assert len(agreements(facts)) == 3
    assert [fault.partition(":")[0] for fault in facts.faults] == [
        "row 3", "row 4", "row 5, column To", "row 6, column Type", "row 6, column Date", "row 6, column Upfront",
        "row 6, column Royalty", "row 7", "row 8, column Upfront", "row 8, column Royalty",
    ]  # fmt: skip
    assert "say under `types` what 'frobnication' is" in facts.faults[3]


def test_the_type_gives_company_and_partner_their_roles(tmp_path: Path) -> None:
    rows = (
        "A,B,In-licensing\nA,C,Out-licensing\nA,D,Collaboration\nA,E,License\nA,F,Buyout\nA,G,Platform deal\n"
        "A,H,License and Supply\n"
    )
    facts = told(tmp_path, "Company,Partner,Type\n" + rows, PAIRS)
    assert edges(facts, "LICENSES_TO", "COLLABORATES_WITH", "ACQUIRES", "SUPPLIES_TO") == {
        ("B", "LICENSES_TO", "A"),
        ("A", "LICENSES_TO", "C"),
        ("A", "COLLABORATES_WITH", "D"),
        ("A", "ACQUIRES", "F"),
        ("A", "COLLABORATES_WITH", "G"),
    }
    kinds = [deal.properties["kinds"] for deal in agreements(facts)]
    assert kinds == [
        ("license",), ("license",), ("collaboration",), ("license",), ("acquisition",), ("collaboration", "research"),
        ("license", "supply"),
    ]  # fmt: skip
    roles = {e.properties["role"] for e in facts.edges if e.type == "PARTY_TO" and e.target == agreements(facts)[3].id}
    assert roles == {"party"}


def test_parties_in_one_cell_and_their_identifiers(tmp_path: Path) -> None:
    mapping = "columns: {parties: {column: Who, separator: '/'}, type: Type}"
    facts = told(tmp_path, "Who,Type\nA / B / C,JV\n", mapping)
    assert len(edges(facts, "COLLABORATES_WITH")) == 3
    mapping = "columns: {acquirer: {column: By, cik: CIK, ticker: T}, target: Of, purchase price: Price}\ncurrency: USD"
    facts = told(tmp_path, "By,CIK,T,Of,Price\nA,320193,AAA,B,$1.5bn\nC,x,,D,\n", mapping)
    (company,) = (n for n in facts.nodes if n.name == "A")
    assert (company.id, company.properties["ticker"]) == ("company/cik-0000320193", "AAA")
    assert {e.properties.get("price_usd") for e in facts.edges if e.type == "ACQUIRES"} == {1.5e9, None}
    assert facts.faults == ("row 3, column CIK: 'x' is no CIK of up to ten digits",)


def test_milestones_add_up_and_other_currencies_stay_what_they_are(tmp_path: Path) -> None:
    mapping = """
unit: millions
columns: {licensor: A, licensee: B, development milestones: Dev, sales milestones: Sales, upfront: Up, currency: Cur}
"""
    facts = told(tmp_path, "A,B,Dev,Sales,Up,Cur\nX,Y,100,200,5,USD\nX,Z,100,,5,EUR\n", mapping)
    one, two = agreements(facts)
    assert (one.properties["milestones_max_usd"], one.properties["upfront_usd"]) == (300e6, 5e6)
    assert not {"milestones_max_usd", "upfront_usd"} & two.properties.keys()
    assert ("upfront", "stated", 5e6, "EUR") in terms(facts)


def test_words_of_scope_and_state(tmp_path: Path) -> None:
    mapping = """
columns: {licensor: A, licensee: B, territory: Where, exclusivity: Ex, status: St, title: Title, source: Url}
statuses: {live: effective}
"""
    table = "A,B,Where,Ex,St,Title,Url\nX,Y,WW,yes,Live,Grand deal,https://example.com/a\n"
    table += "X,Z,Japan and Korea,semi,odd,,ftp:x\n"
    facts = told(tmp_path, table, mapping)
    one, two = agreements(facts)
    assert (one.name, one.properties["urls"]) == ("Grand deal", ("https://example.com/a",))
    assert [one.properties[k] for k in ("territory", "exclusivity", "status")] == [
        "worldwide",
        "exclusive",
        "effective",
    ]
    assert two.properties["territory"] == "Japan and Korea"
    assert [f.partition(":")[0] for f in facts.faults] == [
        "row 3, column Ex", "row 3, column St", "row 3, column Url",
    ]  # fmt: skip


def test_the_same_parties_twice_are_two_deals(tmp_path: Path) -> None:
    facts = told(tmp_path, HEAD + "A,B,license,2020,,,\nA,B,license,2020,,,\n")
    assert len({deal.id for deal in agreements(facts)}) == 2


def test_a_cell_of_thousands_of_parties_is_a_fault(tmp_path: Path) -> None:
    table = "Who\n" + ";".join(f"C{n}" for n in range(5000)) + "\n"
    facts = told(tmp_path, table, "columns: {parties: Who}")
    assert facts.faults == ("row 2, column Who: it names 5000 parties",)


def test_a_name_keeps_the_place_of_a_table_whose_content_changes(tmp_path: Path) -> None:
    table = HEAD + "A,B,license,2020,,,\n"
    assert read(tmp_path, table).id != read(tmp_path, table + "A,C,license,2020,,,\n").id
    named = MAPPING + "name: Our deals\n"
    assert read(tmp_path, table, named).id == read(tmp_path, table + "A,C,license,2020,,,\n", named).id
    assert read(tmp_path, table, named).id == "filing/our-deals-deals-csv"
