"""The mapping of columns: what it takes, and what it says of mistakes."""

from pathlib import Path

import pytest

from biopact.loaders.tables.mapping import columns_of, known_types, read_columns
from biopact.loaders.tables.words import table
from biopact.ontology import load_schema
from biopact.ontology.errors import SchemaError


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("columns: {licensor: From, buyer: To}", "columns.buyer: unknown key"),
        ("columns: {type: Type}", "none of them names a party"),
        ("columns: {licensor: From}\ndates: european", "dates: 'european' is none of day first, month first"),
        ("columns: {licensor: From, upfront: {column: Up, unit: M}}", "columns.upfront.unit: 'M' is none of ones"),
        ("columns: {licensor: From, title: {column: T, unit: millions}}", "columns.title.unit: unknown key"),
        ("columns: {licensor: From}\ntypes: {Deal: licence}", "types.Deal: 'licence' is none of license"),
        (
            "columns: {licensor: From}\ntypes: {X: {kinds: license, company: boss}}",
            "types.X.company: 'boss' is none of",
        ),
        ("columns: {licensor: From}\nstatuses: {Live: alive}", "statuses.Live: 'alive' is none of announced"),
        ("columns: {licensor: From}\ncurrency: dollars", "currency: expected a code of three capitals"),
        ("columns: {licensor: From}\nheader: 0", "header: expected the number of a row"),
        ("columns: {licensor: 7}", "columns.licensor: expected a mapping, found int"),
        ("columns: {licensor: From, licensor: To}", "given twice"),
        ("columns: [From, To]", "columns: expected a mapping"),
        ("- a", "mapping: expected a mapping"),
        ("columns: {", "no YAML"),
    ],
)
def test_a_mistake_is_named(text: str, said: str) -> None:
    with pytest.raises(SchemaError) as error:
        columns_of(text, "m.yaml")
    assert str(error.value).startswith("m.yaml: ")
    assert said in str(error.value)


def test_a_missing_file_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match="biopact columns TABLE"):
        read_columns(tmp_path / "none.yaml")


def test_another_mapping_is_another_version() -> None:
    one, same, other, named = (
        columns_of(text)
        for text in (
            "columns: {licensor: A, licensee: B}",
            "columns: {licensee: B, licensor: A}",
            "columns: {licensor: B, licensee: A}",
            "name: mine\ncolumns: {licensor: A, licensee: B}",
        )
    )
    assert one.key == same.key == named.key != other.key


def test_the_words_that_ship_are_of_the_ontology() -> None:
    known = load_schema().vocabularies
    assert {kind for type_ in known_types().values() for kind in type_.kinds} <= set(known["agreement_kind"])
    assert set(table("statuses").values()) <= set(known["agreement_status"])
