"""Entities of FollowTheMoney: schemata and properties are theirs, every link has both ends and its proof."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from biopact.graph.exports import export
from biopact.graph.follow_the_money import entities, entity_id
from biopact.graph.records import Edge, Graph, Node
from biopact.ontology import load_schema

# Of followthemoney 4.11: which properties the schemata have that are used here, and which of them must be there.
THING = {"name", "alias", "proof", "summary"}
INTERVAL = {"startDate", "endDate", "date", "description", "proof", "role", "status"}
SCHEMATA = {
    "Company": THING | {"cikCode", "leiCode", "ticker", "irsCode"},
    "Organization": THING | {"leiCode", "taxNumber"},
    "PublicBody": THING | {"leiCode"},
    "Person": THING,
    "Asset": THING,
    "Contract": THING | {"title", "type", "status", "contractDate", "amountUsd"},
    "Document": THING | {"fileName", "title", "sourceUrl", "publishedAt", "keywords"},
    "Ownership": INTERVAL | {"owner", "asset", "percentage", "sharesCount", "sharesType"},
    "UnknownLink": INTERVAL | {"subject", "object"},
    "Succession": INTERVAL | {"predecessor", "successor"},
}
REQUIRED = {
    **{schema: {"name"} for schema in ("Company", "Organization", "PublicBody", "Person")},
    "Asset": set(),
    "Contract": {"title"},
    "Document": {"fileName"},
    "Ownership": {"owner", "asset"},
    "UnknownLink": {"subject", "object"},
    "Succession": {"predecessor", "successor"},
}
ENDS = {"owner", "asset", "subject", "object", "predecessor", "successor", "proof"}


def checked(graph: Graph) -> dict[str, dict[str, Any]]:
    found = {entity["id"]: entity for entity in entities(graph)}
    for entity in found.values():
        properties = entity["properties"]
        assert REQUIRED[entity["schema"]] <= properties.keys() <= SCHEMATA[entity["schema"]]
        assert all(values and all(isinstance(v, str) for v in values) for values in properties.values())
        for name in ENDS & properties.keys():
            assert set(properties[name]) <= found.keys()
    return found


def test_the_sample_becomes_entities(graph: Graph) -> None:
    found = checked(graph)
    alder = found["company.alder-therapeutics"]
    assert alder["schema"] == "Company"
    assert alder["properties"]["cikCode"] == ["0000000017"]
    deal = found["agreement.6a1f"]["properties"]
    assert (deal["type"], deal["contractDate"]) == (["license", "co-development"], ["2006-10-17"])
    licence = next(e for id_, e in found.items() if id_.startswith("licenses-to."))
    assert licence["schema"] == "UnknownLink"
    assert licence["properties"]["role"] == ["licenses to"]
    assert licence["properties"]["description"] == [
        "licensed its Weaver platform to Société Brume",
        "a non-exclusive licence to Weaver until August 2011",
    ]
    assert len(licence["properties"]["proof"]) == 2
    assert not any(id_.startswith(("part-of.", "document.", "term.")) for id_ in found)


def test_owners_are_owners_whichever_way_the_edge_reads() -> None:
    firms = {i: Node(i, "Company", i[8:].title()) for i in ("company/child", "company/parent", "company/old")}
    edges = [
        Edge("subsidiary_of/1", "SUBSIDIARY_OF", "company/child", "company/parent", {"percent": 80}),
        Edge("holds_stake_in/1", "HOLDS_STAKE_IN", "company/parent", "company/child", {"percent": 80.5}),
        Edge("formerly_named/1", "FORMERLY_NAMED", "company/parent", "company/old"),
    ]
    found = checked(Graph(firms, {e.id: e for e in edges}))
    for id_, percent in (("subsidiary-of.1", "80"), ("holds-stake-in.1", "80.5")):
        own = found[id_]["properties"]
        assert (own["owner"], own["asset"], own["percentage"]) == (["company.parent"], ["company.child"], [percent])
    renamed = found["formerly-named.1"]["properties"]
    assert (renamed["predecessor"], renamed["successor"]) == (["company.old"], ["company.parent"])


@pytest.mark.parametrize("kind", load_schema().vocabularies["company_kind"])
def test_every_kind_of_company_has_a_schema(kind: str) -> None:
    firm = Node("company/a", "Company", "A", (), {"kind": kind, "cik": "0000000017", "irs_number": "12-3456789"})
    stake = Edge("holds_stake_in/1", "HOLDS_STAKE_IN", "company/b", "company/a")
    checked(Graph({"company/a": firm, "company/b": Node("company/b", "Company", "B")}, {stake.id: stake}))


@pytest.mark.parametrize("id_", ["company/b\u00e9", "company/a b", "company/-", "filing/x/"])
def test_ids_that_they_do_not_take_are_hashed(id_: str) -> None:
    assert re.fullmatch(r"(company|filing)\.[0-9a-f]{16}", entity_id(id_))


def test_the_file_has_an_entity_on_each_line(graph: Graph, tmp_path: Path) -> None:
    export(graph, tmp_path / "graph.ftm.json")
    lines = (tmp_path / "graph.ftm.json").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == list(entities(graph))
