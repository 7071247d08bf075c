"""A contract that changes an earlier agreement names it, and is linked to it."""

import pytest

from tests.loaders.test_contract import LICENCE, read

RECITAL = """\
WHEREAS, the Parties entered into that certain License and Supply Agreement, dated as of June 3, 2009, as amended from \
time to time; and

WHEREAS, Alnora owns"""


def amending(title: str) -> str:
    """The licence under another title, with a recital that names an earlier agreement."""
    return LICENCE.replace("LICENSE AND COLLABORATION AGREEMENT", title).replace(
        "License and Collaboration Agreement", title.title()
    ).replace("WHEREAS, Alnora owns", RECITAL)  # fmt: skip


@pytest.mark.parametrize(
    ("title", "type_", "kind"),
    [
        ("AMENDMENT NO. 2 TO LICENSE AND SUPPLY AGREEMENT", "AMENDS", "amendment"),
        ("AMENDED AND RESTATED LICENSE AGREEMENT", "SUPERSEDES", "restatement"),
        ("TERMINATION AGREEMENT", "TERMINATES", "termination"),
    ],
)
def test_the_earlier_agreement_is_linked(title: str, type_: str, kind: str) -> None:
    _, facts = read(amending(title))
    named = {n.id: n for n in facts.nodes}
    (edge,) = [e for e in facts.edges if e.type in ("AMENDS", "SUPERSEDES", "TERMINATES")]
    later, earlier = named[edge.source], named[edge.target]
    assert edge.type == type_
    assert kind in later.properties["kinds"]  # type: ignore[operator]
    assert (later.properties["agreement_date"], earlier.properties["agreement_date"]) == ("2012-05-03", "2009-06-03")
    assert earlier.properties["title"] == "License and Supply Agreement"
    assert edge.properties["date"] == "2012-05-03"
    assert edge.evidence[0].quote == "License and Supply Agreement, dated as of June 3, 2009"
    assert {e.target for e in facts.edges if e.type == "PARTY_TO"} == {later.id, earlier.id}


def test_a_contract_that_only_mentions_another_changes_nothing() -> None:
    _, facts = read(LICENCE.replace("WHEREAS, Alnora owns", RECITAL))
    assert [e for e in facts.edges if e.type in ("AMENDS", "SUPERSEDES", "TERMINATES")] == []
