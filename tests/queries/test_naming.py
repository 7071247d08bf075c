"""Names that people type: questions are asked of what is meant, and what nothing is called is told."""

from __future__ import annotations

import pytest

from biopact.graph.finding import the_one
from biopact.graph.store import Store, synchronise
from biopact.ontology import NotFoundError, ValidationError
from biopact.queries import question
from biopact.queries.naming import Told, ask
from tests.graph.world import world


@pytest.fixture
def known(store: Store) -> Store:
    synchronise(store, world())
    return store


def partners(store: Store, company: str) -> Told:
    return ask(store, question("partners"), {"company": company})


def test_a_name_as_it_is_needs_no_word(known: Store) -> None:
    told = partners(known, "alba bio")
    assert told.result.rows == question("partners").ask(known, company="company/alba").rows != []
    assert (told.parameters["company"], told.notes) == ("alba bio", ())


def test_another_spelling_is_put_right_and_told(known: Store) -> None:
    told = partners(known, "ALBA-BIO Incorporated")
    assert told.result == partners(known, "Alba Bio").result
    assert told.parameters["company"] == "company/alba"
    assert told.notes == ("'ALBA-BIO Incorporated' is taken for 'Alba Bio', company/alba",)


def test_an_unknown_name_is_told_with_what_is_nearly_so(known: Store) -> None:
    assert partners(known, "Abla").notes == ("no company is called 'Abla'; did you mean 'Alba Bio'?",)
    told = partners(known, "nobody at all")
    assert (told.result.rows, told.notes) == ([], ("no company is called 'nobody at all'",))


def test_each_of_several_names_is_looked_up(known: Store) -> None:
    asked = question("partners-of-set")
    told = ask(known, asked, {"companies": "Alba Bio; Corva-Bio Inc; xyzzy"})
    assert told.parameters["companies"] == ["Alba Bio", "company/corva", "xyzzy"]
    assert len(told.notes) == 2


def test_nothing_asked_is_nothing_told(known: Store) -> None:
    told = ask(known, question("terms"), {"agreement": "Nothing"})
    assert told.notes == ("no agreement is called 'Nothing'",)
    assert ask(known, question("relicensed"), {}).notes == ()


def test_the_one_thing_of_a_name(known: Store) -> None:
    assert the_one(known, "Alba Bio", ["Company"]).id == "company/alba"
    with pytest.raises(NotFoundError, match="no company is called 'Abla'; did you mean Alba Bio"):
        the_one(known, "Abla", ["Company"])
    with pytest.raises(NotFoundError, match="nothing has a name like it"):
        the_one(known, "xyzzy")
    with pytest.raises(ValidationError, match="no type of node found by name is called Shop"):
        the_one(known, "Alba", ["Shop"])
