"""The shipped ontology says what the design promises, and the reader refuses whatever it does not understand."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from biopact.ontology import SchemaError, load_schema
from biopact.ontology.schema import schema_text

PROMISED_NODES = {
    "Company": "kind cik lei ticker exchange irs_number jurisdiction",
    "Person": "",
    "Compound": "modality",
    "Technology": "",
    "Target": "",
    "Indication": "",
    "Agreement": "title kinds status announced_date agreement_date effective_date expiration_date governing_law "
    "exclusivity territory field upfront_usd milestones_max_usd royalties",
    "Term": "kind state amount currency value",
    "Filing": "accession_number form filing_date period_of_report url",
    "Document": "type sequence description",
    "Evidence": "start end quote rule extractor confidence",
}
PROMISED_EDGES = {
    "PARTY_TO": ("Company Person", "Agreement", "role"),
    "COVERS": ("Agreement", "Compound Technology Target Indication", "rights"),
    "HAS_TERM": ("Agreement", "Term", ""),
    "AMENDS": ("Agreement", "Agreement", "date"),
    "TERMINATES": ("Agreement", "Agreement", "date"),
    "SUPERSEDES": ("Agreement", "Agreement", "date"),
    "EXERCISES": ("Agreement", "Agreement", "date"),
    "LICENSES_TO": (
        "Company",
        "Company",
        "agreement subjects date exclusivity territory field upfront_usd milestones_max_usd royalties term_end status",
    ),
    "COLLABORATES_WITH": ("Company", "Company", "agreement subjects date term_end status"),
    "SUPPLIES_TO": ("Company", "Company", "agreement subjects date"),
    "ACQUIRES": ("Company", "Company", "agreement date subjects price_usd status"),
    "HOLDS_STAKE_IN": ("Company Person", "Company", "percent shares as_of"),
    "SUBSIDIARY_OF": ("Company", "Company", "percent jurisdiction as_of"),
    "FORMERLY_NAMED": ("Company", "Company", "date"),
    "OWNS": ("Company", "Compound Technology", "share"),
    "DEVELOPS": ("Company", "Compound", "stage as_of"),
    "USES_TECHNOLOGY": ("Compound", "Technology", ""),
    "TARGETS": ("Compound", "Target", "stage"),
    "TREATS": ("Compound", "Indication", "stage"),
    "PART_OF": ("Document Evidence", "Filing Document", ""),
    "FILED": ("Company Person", "Filing", ""),
}


def test_node_types_and_properties_of_the_design_are_there() -> None:
    schema = load_schema()
    assert set(schema.nodes) == set(PROMISED_NODES)
    for name, properties in PROMISED_NODES.items():
        assert set(properties.split()) <= set(schema.nodes[name].properties), name


def test_edge_types_and_properties_of_the_design_are_there() -> None:
    schema = load_schema()
    assert set(schema.edges) == set(PROMISED_EDGES)
    for name, (source, target, properties) in PROMISED_EDGES.items():
        edge = schema.edges[name]
        assert (set(edge.source), set(edge.target)) == (set(source.split()), set(target.split())), name
        assert set(properties.split()) <= set(edge.properties), name
    assert [e.name for e in schema.edges.values() if e.symmetric] == ["COLLABORATES_WITH"]
    assert [e.name for e in schema.edges.values() if e.structural] == ["PART_OF"]


def test_every_edge_that_states_a_fact_and_every_agreement_has_its_time() -> None:
    schema = load_schema()
    assert set(schema.relations) == {"valid_from", "valid_to", "first_filed", "last_filed"}
    for edge in schema.edges.values():
        assert (set(schema.relations) <= set(edge.properties)) is not edge.structural, edge.name
    assert set(schema.relations) <= set(schema.nodes["Agreement"].properties)


def test_every_description_is_a_sentence() -> None:
    schema = load_schema()
    types = [*schema.nodes.values(), *schema.edges.values()]
    texts = [t.description for t in types] + [p.description for t in types for p in t.properties.values()]
    assert [t for t in texts if not t[0].isupper() or not t.endswith(".") or len(t) < 15] == []


def test_ids_lead_back_to_their_type() -> None:
    schema = load_schema()
    assert schema.node_type_of("company/immunogen").name == "Company"
    with pytest.raises(SchemaError, match="no known node type; known are Company, Person"):
        schema.node_type_of("licenses_to/0123")


def _set(*keys: str, to: object) -> Callable[[dict[str, Any]], None]:
    def change(data: dict[str, Any]) -> None:
        for key in keys[:-1]:
            data = data[key]
        data[keys[-1]] = to

    return change


def _drop(*keys: str) -> Callable[[dict[str, Any]], None]:
    def change(data: dict[str, Any]) -> None:
        for key in keys[:-1]:
            data = data[key]
        del data[keys[-1]]

    return change


DATA = yaml.safe_load(schema_text())
TEXT = {"type": "string", "description": "A thing."}
EDGE = {"description": "A b.", "source": ["Company"], "target": ["Company"], "color": "#000000", "properties": {}}
NODE = {"description": "A b.", "color": "#000000", "shape": "dot", "properties": {}}
CIK = ("nodes", "Company", "properties", "cik")

REFUSED = {
    "unknown key at the top": (_set("colour", to=1), "colour: unknown key; known are name, version"),
    "missing key": (_drop("nodes", "Company", "shape"), "nodes.Company: key 'shape' is missing"),
    "unknown key of a node": (
        _set("nodes", "Company", "colour", to=1),
        "nodes.Company.colour: unknown key; known are d",
    ),
    "unknown key of an edge": (_set("edges", "OWNS", "shape", to=1), "edges.OWNS.shape: unknown key; known are d"),
    "unknown key of a property": (
        _set(*CIK, "requried", to=True),
        "properties.cik.requried: unknown key; known are type",
    ),
    "unknown end": (
        _set("edges", "OWNS", "target", to=["Drug"]),
        "edges.OWNS.target: unknown node type 'Drug'; known are Company",
    ),
    "no end": (_set("edges", "OWNS", "source", to=[]), "edges.OWNS.source: expected a list with something in it"),
    "end that is no list": (_set("edges", "OWNS", "source", to="Company"), "edges.OWNS.source: expected a list"),
    "unknown property type": (_set(*CIK, "type", to="text"), "cik.type: unknown type 'text'; known are string, url"),
    "unknown vocabulary": (
        _set(*CIK, "vocabulary", to="colours"),
        "unknown vocabulary 'colours'; known are company_kind",
    ),
    "description that is no text": (_set(*CIK, "description", to=10), "cik.description: expected words, found 10"),
    "empty description": (_set("nodes", "Company", "description", to=" "), "nodes.Company.description: expected words"),
    "flag that is a word": (_set(*CIK, "many", to="yes"), "cik.many: expected true or false, found 'yes'"),
    "flag that is a number": (_set("edges", "OWNS", "structural", to=0), "structural: expected true or false, found 0"),
    "bound that is a word": (
        _set("nodes", "Evidence", "properties", "confidence", "maximum", to="1"),
        "confidence.maximum: expected a number, found '1'",
    ),
    "bound that is a flag": (
        _set("nodes", "Evidence", "properties", "confidence", "maximum", to=True),
        "confidence.maximum: expected a number, found True",
    ),
    "bound of text": (_set(*CIK, "minimum", to=1), "cik.minimum: is for integer, number only, not for string"),
    "pattern of a number": (
        _set("nodes", "Document", "properties", "sequence", "pattern", to="1"),
        "sequence.pattern: is for string only, not for integer",
    ),
    "broken pattern": (_set(*CIK, "pattern", to="("), "cik.pattern: not a regular expression"),
    "reference to nowhere": (
        _set("edges", "LICENSES_TO", "properties", "agreement", "refers_to", to=["Deal"]),
        "agreement.refers_to: unknown node type 'Deal'",
    ),
    "reserved property": (_set("nodes", "Company", "properties", "name", to=TEXT), "every type has id, name, aliases"),
    "what every relation has": (
        _set("edges", "OWNS", "properties", "valid_to", to=TEXT),
        "every type has id, evidence, revision, valid_from",
    ),
    "reserved end of an edge": (_set("edges", "OWNS", "properties", "from", to=TEXT), "ends of an edge in RDF"),
    "property in the wrong case": (_set("nodes", "Company", "properties", "CIK", to=TEXT), "a name here has the form"),
    "node in the wrong case": (_set("nodes", "company", to=NODE), "nodes.company: a name here has the form"),
    "one name, two types": (
        _set("edges", "ACQUIRES", "properties", "date", to={"type": "string", "description": "A thing."}),
        "type is 'string' here but 'date' at edges.AMENDS.properties.date; one name means one thing",
    ),
    "one name, one and many": (
        _set("edges", "ACQUIRES", "properties", "status", "many", to=True),
        "many is True here but False at nodes.Agreement.properties.status",
    ),
    "one name, two units": (
        _set("edges", "LICENSES_TO", "properties", "upfront_usd", "unit", to="EUR"),
        "unit is 'EUR' here but 'USD' at nodes.Agreement.properties.upfront_usd",
    ),
    "edge class that is a node type": (
        _set("edges", "COMPANY", to=EDGE),
        "edges.COMPANY: its name in ids or RDF, 'Company'",
    ),
    "node type that RDF needs": (_set("nodes", "Relation", to=NODE), "'Relation', belongs to the RDF form"),
    "two types of one prefix": (_set("nodes", "COMPANY", to=NODE), "'company', belongs to nodes.Company"),
    "inverse in lower case": (
        _set("edges", "OWNS", "inverse", to="owned_by"),
        "OWNS.inverse: a name here has the form",
    ),
    "inverse of the symmetric": (_set("edges", "COLLABORATES_WITH", "inverse", to="WITH"), "is its own inverse"),
    "inverse that is an edge": (_set("edges", "OWNS", "inverse", to="FILED"), "FILED belongs to edges.FILED"),
    "inverse of two": (_set("edges", "OWNS", "inverse", to="FILED_BY"), "FILED_BY belongs to edges."),
    "lop-sided symmetry": (_set("edges", "OWNS", "symmetric", to=True), "same types at both ends"),
    "colour by name": (_set("nodes", "Company", "color", to="red"), "expected #rrggbb in lower case, found 'red'"),
    "term given twice": (_set("vocabularies", "stage", "terms", to=["a", "a"]), "the same word stands there twice"),
    "terms with one IRI": (
        _set("vocabularies", "stage", "terms", to=["phase 1", "phase-1"]),
        "differ in their letters",
    ),
    "base without end": (
        _set("base_iri", to="https://example.org/x"),
        "base_iri: expected an IRI that ends with / or #",
    ),
    "base with a bracket": (_set("base_iri", to="https://example.org/> <http://evil/"), "base_iri: expected an IRI"),
    "unknown prefix": (_set("nodes", "Company", "aligned", to={"vcard:Org": "same"}), "known prefixes are biolink"),
    "unknown alignment": (
        _set("nodes", "Company", "aligned", to={"org:Organization": "exact"}),
        "unknown relation 'exact'; known are same, broader, close",
    ),
    "prefix that is no IRI": (_set("prefixes", "org", to="organisations"), "prefixes.org: expected an IRI"),
    "link without a place for the identifier": (
        _set("registries", "lei", "iri", to="https://example.org/"),
        "registries.lei.iri: expected an IRI with {} for the identifier",
    ),
    "registry that is at odds with its property": (
        _set("registries", "cik", "pattern", to="[0-9]+"),
        "registries.cik: Company.cik holds one such identifier, so it needs the same pattern",
    ),
    "list for a mapping": (_set("nodes", to=[]), "nodes: expected a mapping, found list"),
}


@pytest.fixture
def written(tmp_path: Path) -> Callable[[object], Path]:
    def write(data: object) -> Path:
        path = tmp_path / "other.yaml"
        path.write_text(json.dumps(data), encoding="utf-8")  # which is YAML too
        return path

    return write


@pytest.mark.parametrize("case", REFUSED)
def test_refusals_name_file_key_and_what_is_known(case: str, written: Callable[[object], Path]) -> None:
    change, message = REFUSED[case]
    data = json.loads(json.dumps(DATA))  # unlike deepcopy, it parts what YAML anchors share
    change(data)
    path = written(data)
    with pytest.raises(SchemaError) as error:
        load_schema(path)
    assert str(error.value).startswith(f"{path}: ")
    assert message in str(error.value)


def test_an_unchanged_copy_is_accepted(written: Callable[[object], Path]) -> None:
    assert load_schema(written(DATA)) == load_schema()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name: a\nname: b\n", "key 'name' is given twice"),
        ("name: [", "not YAML"),
        ("just words", "(top): expected a mapping, found str"),
        ("", "(top): expected a mapping, found NoneType"),
    ],
)
def test_files_that_are_no_ontology(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "other.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SchemaError) as error:
        load_schema(path)
    assert message in str(error.value)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match="cannot be read"):
        load_schema(tmp_path / "missing.yaml")
    (tmp_path / "bytes.yaml").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(SchemaError, match="cannot be read"):
        load_schema(tmp_path / "bytes.yaml")


def _places(data: object, path: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [p for key, value in items for p in ((*path, key), *_places(value, (*path, key)))]


JUNK = st.one_of(
    st.none(), st.integers(), st.floats(), st.booleans(), st.text(), st.lists(st.text(max_size=5), max_size=2)
)


@settings(max_examples=60, deadline=None)
@given(place=st.sampled_from(_places(DATA)), junk=JUNK)
def test_whatever_stands_somewhere_is_read_or_refused_in_our_words(
    tmp_path_factory: pytest.TempPathFactory, place: tuple[Any, ...], junk: object
) -> None:
    data: Any = json.loads(json.dumps(DATA))
    inner = data
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = junk
    path = tmp_path_factory.mktemp("junk") / "other.yaml"
    path.write_text(yaml.safe_dump(data), encoding="utf-8")
    try:
        schema = load_schema(path)
    except SchemaError as error:
        assert str(error).startswith(str(path))
    else:
        assert set(schema.nodes) == set(PROMISED_NODES)
