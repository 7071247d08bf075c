"""The Python API on the graph of the samples, and on every store."""

import subprocess
import sys
from pathlib import Path

import pytest

import biopact
from biopact.graph.store import Store, rows_of
from tests.graph.world import view, world

QUILLMERE, BRINDLECOVE = "Quillmere Therapeutics, Inc.", "Brindlecove Medicines, Inc."
PUBLIC = [
    *("Answer", "BiopactError", "Edge", "FilingError", "Graph", "Node", "NotFoundError", "Quotation", "SchemaError"),
    *("ServiceError", "StoreError", "ValidationError", "open"),
]
METHODS = [
    *(
        "as_of",
        "ask",
        "close",
        "company",
        "company_network",
        "cypher",
        "deals",
        "edge",
        "edges",
        "evidence",
        "find",
        "known",
        "load",
    ),
    *("node", "open", "overlap", "partners", "path", "questions", "store", "text", "to_networkx", "url"),
]


def _in_a_process_of_its_own(script: str) -> str:
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return run.stdout.strip()


# --- the package


def test_the_public_names() -> None:
    assert biopact.__all__ == PUBLIC
    assert set(PUBLIC) <= set(dir(biopact))
    assert [getattr(biopact, name).__name__ for name in PUBLIC] == PUBLIC
    with pytest.raises(AttributeError, match="'Grpah'"):
        _ = biopact.Grpah  # type: ignore[attr-defined]


def test_the_public_methods_of_a_graph(graph: biopact.Graph) -> None:
    assert [name for name in dir(graph) if not name.startswith("_")] == METHODS


def test_a_part_of_the_package_loads_nothing_else() -> None:
    script = "import sys, biopact.ontology.errors; print(sorted(m for m in sys.modules if m.startswith('biopact')))"
    loaded = _in_a_process_of_its_own(script)
    assert "biopact.opened" not in loaded
    assert "biopact.graph" not in loaded


def test_asking_for_a_graph_starts_no_engine_and_no_pandas() -> None:
    script = "import sys, biopact; biopact.Graph; print({'pandas', 'jpype', 'neo4j', 'networkx'} & set(sys.modules))"
    assert _in_a_process_of_its_own(script) == "set()"


# --- opening


def test_a_store_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(biopact.StoreError, match="no store there"):
        biopact.open(tmp_path / "nothing")
    assert list(tmp_path.iterdir()) == []


def test_the_environment_names_the_store(sample_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BIOPACT_STORE", str(sample_folder))
    with biopact.open() as graph:
        assert graph.url == str(sample_folder)


def test_a_closed_graph_leaves_the_folder_to_others(sample_folder: Path) -> None:
    with biopact.open(sample_folder), pytest.raises(biopact.StoreError, match="open in this process already"):
        biopact.open(sample_folder)
    biopact.open(sample_folder).close()


def test_a_view_of_a_day(sample_folder: Path) -> None:
    with biopact.open(sample_folder, as_of="2019") as then:
        assert then.known is not None
        assert then.known.day == "2019-12-31"
        assert "as of 2019-12-31" in repr(then)
        assert then.partners(QUILLMERE).column("partner") == [BRINDLECOVE, "Ostravane Pharma AG"]
        with pytest.raises(biopact.ValidationError, match="a view of a day takes no filings in"):
            then.load("examples/samples")


@pytest.mark.parametrize("day", ["2019-13", "yesterday"])
def test_a_day_that_is_none(graph: biopact.Graph, day: str) -> None:
    with pytest.raises(biopact.ValidationError, match="is no date"):
        graph.as_of(day)


def test_in_force_needs_a_day(sample_folder: Path) -> None:
    with pytest.raises(biopact.ValidationError, match="as_of"):
        biopact.open(sample_folder, in_force=True)


# --- asking


def test_an_answer_in_its_forms(graph: biopact.Graph) -> None:
    answer = graph.ask("partners", company=QUILLMERE)
    assert answer.columns[:2] == ("partner", "partner_id")
    first = answer[0]
    assert (first.partner, first[2]) == ("Ostravane Pharma AG", first.deals)
    assert answer.dicts()[0] == dict(zip(answer.columns, first, strict=True))
    frame = answer.to_pandas()
    assert list(frame.columns) == list(answer.columns)
    assert frame["partner"].tolist() == answer.column("partner")
    assert repr(answer).count("\n") == len(answer)
    assert [row.partner for row in answer[1:3]] == answer.column("partner")[1:3]
    assert "<th>partner</th>" in answer._repr_html_()


def test_an_answer_without_rows_keeps_its_columns(graph: biopact.Graph) -> None:
    answer = graph.ask("partners", company="Nobody of that Name")
    assert (len(answer), answer[:0].columns) == (0, answer.columns)
    assert list(answer.to_pandas().columns) == list(answer.columns)


def test_a_parameter_may_be_a_node(graph: biopact.Graph) -> None:
    company = graph.company(QUILLMERE)
    assert graph.ask("partners", company=company) == graph.ask("partners", company=QUILLMERE)
    assert graph.partners(company) == graph.partners(company.id)


@pytest.mark.parametrize(
    ("name", "parameters", "kind", "message"),
    [
        ("partnes", {}, biopact.NotFoundError, "did you mean partners"),
        ("partners", {}, biopact.ValidationError, "company"),
        ("partners", {"firm": "x"}, biopact.ValidationError, "unknown parameter 'firm'"),
        ("partner-overlap", {"limit": "many"}, biopact.ValidationError, "expected integer"),
    ],
)
def test_a_question_asked_wrongly(
    graph: biopact.Graph, name: str, parameters: dict[str, str], kind: type[biopact.BiopactError], message: str
) -> None:
    with pytest.raises(kind, match=message):
        graph.ask(name, **parameters)


def test_cypher_reads_and_does_not_write(graph: biopact.Graph) -> None:
    assert graph.cypher("UNWIND $list AS x RETURN x", {"list": [1, 2]}).column("x") == [1, 2]
    for statement in ("CREATE (n:Company {id: 'company/x'})", "MATCH (n) DETACH DELETE n", "MATCH (n) SET n.name = ''"):
        with pytest.raises(biopact.StoreError):
            graph.cypher(statement)
    assert graph.cypher("MATCH (n:Company {id: 'company/x'}) RETURN n").rows == []


def test_an_answer_of_many_rows_says_what_it_leaves_out(graph: biopact.Graph) -> None:
    statement = "UNWIND range(1, 70) AS x RETURN x"
    whole, part = graph.cypher(statement), graph.cypher(statement, rows=60)
    assert (len(whole), whole.cut, len(part), part.cut) == (70, False, 60, True)
    assert repr(whole).endswith("\nand 20 more rows")
    assert repr(part).endswith("\nand 10 more rows; cut off: there are more than were asked for")
    assert "and 20 more rows" in whole._repr_html_()


# --- looking up


@pytest.mark.parametrize("name", [QUILLMERE, QUILLMERE.upper(), "company/cik-9999900001", "9999900001"])
def test_a_company_by_name_id_and_cik(graph: biopact.Graph, name: str) -> None:
    assert graph.company(name).id == "company/cik-9999900001"


def test_an_id_that_leads_elsewhere_is_followed(graph: biopact.Graph) -> None:
    assert graph.company("company/ostravane-pharma").id == "company/cik-9999900013"


def test_what_is_not_there_has_suggestions(graph: biopact.Graph) -> None:
    with pytest.raises(biopact.NotFoundError, match="no company is called 'Quillmere Thera'; did you mean Quillmere"):
        graph.company("Quillmere Thera")
    with pytest.raises(biopact.NotFoundError, match="no thing is called"):
        graph.node("zzzzzzzz")
    with pytest.raises(biopact.ValidationError, match="no type of node found by name is called Firm"):
        graph.node("x", "Firm")


def test_a_node_and_its_edges(graph: biopact.Graph) -> None:
    node = graph.node("KMB-12", "Compound")
    edges = graph.edges(node)
    assert {edge.type for edge in edges} == {"COVERS", "DEVELOPS", "TREATS", "USES_TECHNOLOGY"}
    assert all(node in (edge.source, edge.target) for edge in edges)
    for edge in edges:
        assert graph.edge(edge.id) == edge
        assert graph.evidence(edge.id) == graph.evidence(edge) != []
    for id_ in ("licenses_to/0123456789abcdef", "nonsense", "company/cik-9999900001"):
        with pytest.raises(biopact.NotFoundError, match="no edge has the id"):
            graph.edge(id_)


def test_every_quotation_is_in_the_text_it_names(graph: biopact.Graph) -> None:
    facts = [graph.company(QUILLMERE), *graph.edges(QUILLMERE)]
    quotations = [quotation for fact in facts for quotation in graph.evidence(fact)]
    assert len(quotations) > 20
    for quotation in quotations:
        assert graph.text(quotation.document)[quotation.start : quotation.end] == quotation.words
        assert quotation.filing_date
    for document in ("document/9999999999-18-000001/99", "document/x/1", "nonsense"):
        with pytest.raises(biopact.NotFoundError):
            graph.text(document)


def test_markup_in_names_stays_text() -> None:
    nasty = "<script>alert(1)</script>"
    node = biopact.Node("company/x", "Company", nasty, (nasty,), {"kind": nasty})
    edge = biopact.Edge("owns/1", "OWNS", node, node, {"share": nasty})
    words = biopact.Quotation(nasty, "d", nasty, 0, 1, "filing/1", None, None, None, None, "r", "e", 1.0, "evidence/1")
    for shown in (node, edge, words, biopact.Answer.of((nasty,), [(nasty,)])):
        assert "<script" not in shown._repr_html_()


# --- taking along


def test_networkx_of_some_types(graph: biopact.Graph) -> None:
    licences = graph.to_networkx("LICENSES_TO", "COLLABORATES_WITH")
    assert {kind for _, _, kind in licences.edges(data="label")} == {"LICENSES_TO", "COLLABORATES_WITH"}
    assert set(dict(licences.nodes(data="node_type")).values()) == {"Company"}
    assert min(dict(licences.degree).values()) > 0
    assert all(licences.edges[edge]["quotes"] for edge in licences.edges)
    whole = graph.to_networkx()
    assert len(whole) > len(licences)
    assert all(whole.edges[edge] == licences.edges[edge] for edge in licences.edges)
    assert all(whole.nodes[node] == licences.nodes[node] for node in licences)
    with pytest.raises(biopact.ValidationError, match="no edges of the type LICENCES"):
        graph.to_networkx("LICENCES")


# --- every store


def test_every_store_gives_the_same_things(store: Store) -> None:
    nodes, edges = rows_of(world())
    store.put_nodes(nodes)
    store.put_edges(edges)
    graph = biopact.Graph(store, "no-such-folder")
    alba = graph.company("alba bio, inc.")
    assert (alba.id, alba["ticker"], alba.aliases) == ("company/alba", "ALBA", ("Alba Bio, Inc.",))
    edge = graph.edge(view("ab"))
    assert (edge.source, str(edge), edge["date"]) == (alba, "Alba Bio LICENSES_TO Borea Bio", "2003-02")
    assert [q.words for q in graph.evidence(edge)] == ["ab: a release says so", "ab: they signed"]
    assert {q.form for q in graph.evidence(edge)} == {"8-K"}
    assert {str(e) for e in graph.edges(alba, "DEVELOPS", "OWNS")} == {
        "Alba Bio DEVELOPS ALB-1",
        "Alba Bio DEVELOPS ALB-2",
        "Alba Bio OWNS ALB-1",
        "Alba Bio OWNS Linker",
    }
    assert graph.overlap("Alba Bio", "Evora Bio").column("partner") == ["Borea Bio", "Corva Bio"]
    between = {path.companies[1] for path in graph.path("Alba Bio", "Fjord Bio")}
    assert between == {"Borea Bio", "Corva Bio"}
    assert graph.to_networkx("ACQUIRES").number_of_edges() == 1
