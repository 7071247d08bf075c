"""The whole document behind a quotation: what is shown of it, and what is said where there is none."""

from dataclasses import replace
from pathlib import Path

import pytest

from biopact.app.explorer.document import marked
from biopact.app.explorer.opened import Opened
from biopact.graph.ledger import Ledger
from biopact.ontology import NotFoundError
from tests.app.world import ANNUAL, FILINGS, TEXTS, facts, world


@pytest.fixture
def known(tmp_path: Path) -> Opened:
    ledger = Ledger(tmp_path / "ledger")
    for filing, *_ in FILINGS.values():
        ledger.put(facts(filing))
    return Opened(str(tmp_path), world(), ledger)


def test_every_quotation_stands_in_its_document(known: Opened) -> None:
    ids = known.graph.evidence()
    assert ids
    for id_ in ids:
        quotation = known.cards.quotation(id_)
        found = marked(known, quotation)
        assert found.before + found.quote + found.after == TEXTS[quotation.document]
        assert (len(found.before), found.quote, found.cut) == (quotation.start, quotation.quote, False)


def test_of_a_long_document_what_stands_round_the_words_is_shown(known: Opened) -> None:
    quotation = next(
        q for q in map(known.cards.quotation, known.graph.evidence()) if q.document == ANNUAL and q.start > 99
    )
    found = marked(known, quotation, 40)
    text = TEXTS[ANNUAL]
    assert found.cut
    assert found.before == text[quotation.start - 20 : quotation.start]
    assert found.after == text[quotation.end : quotation.end + 20]


def test_without_a_text_or_with_another_one_it_says_what_to_do(known: Opened, tmp_path: Path) -> None:
    quotation = known.cards.quotation(next(iter(known.graph.evidence())))
    without = replace(known, ledger=Ledger(tmp_path / "none"))
    with pytest.raises(NotFoundError, match="load its filing again"):
        marked(without, quotation)
    with pytest.raises(NotFoundError, match="another reading"):
        marked(known, replace(quotation, start=quotation.start + 1))
