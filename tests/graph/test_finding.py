"""Finding by name: the same answer from every store, and nothing in a name that breaks the question."""

from __future__ import annotations

import random
import string
from dataclasses import replace
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from biopact.graph.finding import Hit, called, find
from biopact.graph.records import Graph, Node, Value
from biopact.graph.store import Store, synchronise
from biopact.graph.stores import open_store
from biopact.ontology import StoreError, ValidationError

NASTY = (
    'Fox "Research" \\ [x TO y] AND (NOT z) ~2 ^3 * ? : /a/',
    "two\nlines\tInc.",
    "Université de Liège",
    "日本新薬株式会社",
    "\u202erevo rtl",
    "L" * 10_000,
    "AND",
    "'}) DETACH DELETE n //",
)

SYLLABLES = ["bar", "cel", "dor", "fen", "gal", "hax", "jun", "kor-", "lim", "mer", "nov", "pel", "10"]


def thing(type_: str, id_: str, name: str, *aliases: str, **properties: Value) -> Node:
    return Node(f"{type_.lower()}/{id_}", type_, name, aliases, properties)


THINGS = [
    thing("Company", "alnora", "Alnora Therapeutics, Inc.", "Alnora", cik="0000123456", ticker="ALNR"),
    thing("Company", "alnora-europe", "Alnora Europe B.V."),
    thing("Company", "alnorex", "Alnorex Pharma AG", "Veltris Holdings"),
    thing("Company", "other", "Other Medicines Ltd."),
    thing("Compound", "alb-12", "ALB-12", "albutamab"),
    thing("Technology", "lattice", "Lattice platform"),
    thing("Term", "1", "Alnora upfront payment"),
    *(thing("Company", f"nasty-{at}", name) for at, name in enumerate(NASTY)),
]


def put(store: Store, *nodes: Node) -> None:
    synchronise(store, Graph({node.id: node for node in nodes}, {}))


@pytest.fixture
def things(store: Store) -> Store:
    put(store, *THINGS)
    return store


def found(store: Store, text: str, *types: str) -> list[tuple[str, str]]:
    return [(hit.id.partition("/")[2], hit.way) for hit in find(store, text, types)]


def test_the_surest_way_comes_first(things: Store) -> None:
    alnora = thing("Company", "alnora", "Alnora Therapeutics, Inc.")
    assert find(things, "company/alnora") == [Hit(alnora.id, "Company", alnora.name, "id", "company/alnora")]
    assert found(things, "123456") == found(things, "0000123456") == found(things, "alnr") == [("alnora", "identifier")]
    assert found(things, "ALNORA therapeutics, inc.")[0] == ("alnora", "name")
    assert found(things, "alnora") == [("alnora", "alias"), ("alnora-europe", "beginning")]
    assert found(things, "Alnora Therapeutics")[0] == ("alnora", "spelling")
    assert found(things, "ALB12") == [("alb-12", "spelling")]
    assert found(things, "alb") == [("alb-12", "beginning")]
    assert found(things, "lattice technology") == [("lattice", "spelling")]


def test_words_in_any_order_and_beginnings(things: Store) -> None:
    assert found(things, "eur aln") == [("alnora-europe", "words")]
    assert found(things, "  uni lie ") == [("nasty-2", "words")]
    assert found(things, "holdings veltris") == [("alnorex", "words")]


def test_slips_count_only_where_nothing_else_fits(things: Store) -> None:
    assert found(things, "alnroa") == [("alnora", "slip"), ("alnora-europe", "slip")]
    assert found(things, "alnorxe parma") == [("alnorex", "slip")]
    assert found(things, "albutomab") == [("alb-12", "slip")]
    assert found(things, "aln") == found(things, "ALN") != found(things, "alx") == []


def test_types_narrow_and_limits_cut(things: Store) -> None:
    assert found(things, "alb", "Company") == []
    assert [hit.id for hit in find(things, "alnor", limit=1)] == ["company/alnora"]
    assert found(things, "upfront") == []
    with pytest.raises(ValidationError, match="Term; known are Company, Person"):
        find(things, "upfront", ("Term",))


def test_what_is_called_so(things: Store) -> None:
    assert [hit.way for hit in called(things, "alnora")] == ["alias"]
    assert [hit.way for hit in called(things, "Alnora Therapeutics Incorporated")] == ["spelling"]
    assert called(things, "Other Medicines GmbH") == []  # another legal form, so another company
    assert found(things, "Other Medicines GmbH") == [("other", "words")]
    assert called(things, "alnora e") == called(things, "alnroa") == called(things, "") == []
    assert [hit.way for hit in called(things, "compound/ALB-12")] == ["id"]
    assert called(things, "compound/alb-12", ("Company",)) == []


@pytest.mark.parametrize("name", NASTY)
def test_nasty_names_are_found_by_themselves(things: Store, name: str) -> None:
    (hit,) = called(things, name)
    assert (hit.name, hit.way) == (name, "name")
    assert find(things, name)[0] == hit


def test_what_changes_or_goes_is_no_longer_found(things: Store) -> None:
    put(things, replace(THINGS[0], name="Borealis Bio", aliases=()), *THINGS[2:])
    assert found(things, "alnora") == [("alnorex", "slip")]
    assert found(things, "boreal") == [("alnora", "beginning")]
    assert found(things, "europe") == []


class Everything:
    """Takes every node for a candidate, so that what is found is what the weighing says."""

    def __init__(self, nodes: list[Node]) -> None:
        self.rows = [(n.id, n.name, list(n.aliases), *[None] * 3) for n in nodes]

    def with_words(self, label: str, asked: str, columns: str, limit: int | None) -> list[tuple[Any, ...]]:
        assert columns.count(" AS ") == len(self.rows[0])
        return self.rows


def test_whatever_is_typed_is_answered_alike_by_all_stores(store: Store) -> None:
    """Names of few syllables, so that they meet; typed are pieces of them, some with a slip."""
    rng = random.Random(1)

    def name() -> str:
        return " ".join("".join(rng.choices(SYLLABLES, k=rng.randint(1, 3))) for _ in range(rng.randint(1, 3)))

    nodes = [thing("Company", str(at), name(), *(name() for _ in range(rng.randint(0, 2)))) for at in range(300)]
    put(store, *nodes)
    everything, ways = cast("Store", Everything(nodes)), set()
    for _ in range(80):
        pieces = rng.choice(nodes).name.split()
        typed = " ".join(piece[: rng.randint(2, 12)] for piece in rng.sample(pieces, rng.randint(1, len(pieces))))
        if rng.random() < 0.6:
            at = rng.randrange(len(typed))
            typed = typed[:at] + rng.choice(["", "e", typed[at + 1 : at + 2] + typed[at]]) + typed[at + 1 :]
        assert find(store, typed, ("Company",), 999) == find(everything, typed, ("Company",), 999), typed
        assert called(store, typed, ("Company",)) == called(everything, typed, ("Company",)), typed
        ways |= {hit.way for hit in find(store, typed, ("Company",))}
    assert ways >= {"name", "beginning", "words", "slip"}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60) | st.text(alphabet=string.punctuation + " aN1", max_size=30))
def test_nothing_that_is_typed_breaks_the_question(things: Store, typed: str) -> None:
    if "\ud800" <= max(typed, default="") <= "\udfff":
        return
    for hit in [*find(things, typed), *called(things, typed)]:
        assert hit.id in {node.id for node in THINGS}


def test_a_store_made_before_names_were_indexed(tmp_path_factory: pytest.TempPathFactory) -> None:
    with (
        open_store(str(tmp_path_factory.mktemp("bare"))) as store,
        pytest.raises(StoreError, match="names have no index yet; `biopact rebuild`"),
    ):
        find(store, "alnora")
