"""Figures and findings of `biopact evaluate`, on made-up filings and against the scorer of the evaluation filings."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from biopact.app.cli import cli
from biopact.app.evaluation import alike
from biopact.app.evaluation.gold import read_gold
from biopact.app.evaluation.report import write_report
from biopact.app.evaluation.running import Evaluation, evaluate
from biopact.app.evaluation.scoring import Counts, Finding, score, summed
from biopact.graph.ledger import FilingFacts
from biopact.graph.records import Edge
from biopact.loaders.extraction import RulesExtractor
from biopact.ontology import ValidationError
from tests.loaders.extraction.telling import filing

ROOT = Path(__file__).parents[2]
TEXT = (
    'In May 2019, Corvane, Inc. ("Corvane") granted Alnora, Inc. ("Alnora") an exclusive license to ALN-12 in Europe '
    "for an upfront payment of $5 million.\n\nBrevin, Inc. acquired Dorvane, Inc. in 2020."
)
LICENCE: dict[str, Any] = {
    "type": "LICENSES", "from": "Corvane, Inc.", "to": "Alnora, Inc.", "subject": "ALN-12", "date": "2019-05",
    "terms": {"exclusivity": "exclusive", "upfront_usd": 5000000}, "evidence": "granted Alnora",
}  # fmt: skip
DEAL: dict[str, Any] = {
    "type": "ACQUIRES",
    "from": "Brevin, Inc.",
    "to": "Dorvane, Inc.",
    "evidence": "Brevin, Inc. acquired",
}
NAMED: dict[str, Any] = {
    "companies": [
        {"name": "Corvane, Inc.", "aliases": ["Corvane"]},
        *({"name": f"{name}, Inc."} for name in ("Alnora", "Brevin", "Dorvane")),
    ],
    "compounds": [{"name": "ALN-12"}],
}


def gold_folder(folder: Path, *edges: dict[str, Any], text: str = TEXT, **more: Any) -> Path:
    (folder / "docs").mkdir(parents=True)
    (folder / "annotations").mkdir()
    (folder / "docs" / "one.txt").write_text(text, encoding="utf-8")
    annotation = {"doc": "one.txt", **NAMED, "edges": list(edges), **more}
    (folder / "annotations" / "one.json").write_text(json.dumps(annotation), encoding="utf-8")
    return folder


def compared(folder: Path, *edges: dict[str, Any], **more: Any) -> Evaluation:
    return evaluate(gold_folder(folder, *edges, **more), RulesExtractor())


def findings(evaluation: Evaluation, *outcomes: str) -> list[Finding]:
    return [f for s in evaluation.scores for f in s.findings if f.outcome in outcomes]


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, ["evaluate", *words], prog_name="biopact")


# --- figures


@pytest.mark.parametrize("gold", ["seed", "dev/gold"])
def test_figures_are_those_of_the_scorer(evaluation: Path, gold: str, tmp_path: Path) -> None:
    biopact = Path(sys.executable).with_name("biopact")
    figures = tmp_path / "figures.json"
    scorer = [str(evaluation / "score.py"), str(evaluation / gold), "--json", str(figures)]
    done = subprocess.run(
        [sys.executable, *scorer, "--command", f"'{biopact}' extract"],
        capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    theirs = json.loads(figures.read_text(encoding="utf-8"))
    ours = evaluate(evaluation / gold, RulesExtractor()).figures
    measured = {
        "companies_f1": ours["Company"].f1,
        "compounds_f1": ours["Compound"].f1,
        "technologies_f1": ours["Technology"].f1,
        "deal_precision": ours["deals"].precision,
        "deal_recall": ours["deals"].recall,
        "deal_f1": ours["deals"].f1,
        "all_precision": ours["edges"].precision,
        "all_recall": ours["edges"].recall,
        "all_f1": ours["edges"].f1,
        "terms": ours["terms"].recall,
        "subjects": ours["subjects"].recall,
        "evidence_verbatim": ours["evidence"].recall,
    }
    assert measured == pytest.approx(theirs)
    for line in done.stdout.splitlines():  # the terms one by one
        if line.startswith("term "):
            _, name, counts = line.split()
            assert f"{ours[f'term {name}'].hit}/{ours[f'term {name}'].asked}" == counts


def test_all_is_found(tmp_path: Path) -> None:
    figures = compared(tmp_path, LICENCE, DEAL).figures
    assert figures["deals"] == Counts(found=2, right=2, asked=2, hit=2)
    assert figures["terms"] == Counts(asked=3, hit=3)
    assert figures["subjects"] == Counts(asked=1, hit=1)
    assert figures["Company"] == Counts(found=4, right=4, asked=4, hit=4)


def test_missed_and_spurious(tmp_path: Path) -> None:
    evaluation = compared(tmp_path, LICENCE, {**LICENCE, "to": "Brevin, Inc."})
    assert evaluation.figures["deals"] == Counts(found=2, right=1, asked=2, hit=1)
    (missed,) = [f for f in findings(evaluation, "missed") if f.of == "edge"]
    assert (missed.says, missed.expected) == ("Corvane, Inc. LICENSES_TO Brevin, Inc.", "granted Alnora")
    (spurious,) = findings(evaluation, "spurious")
    assert spurious.says == "Brevin, Inc. ACQUIRES Dorvane, Inc."
    assert spurious.found == "Brevin, Inc. acquired Dorvane, Inc."
    (span,) = spurious.spans
    assert TEXT[span.start : span.end] == spurious.found


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({"from": "Dorvane, Inc.", "to": "Brevin, Inc."}, "wrong direction"),
        ({"type": "SUPPLIES"}, "wrong type"),
        ({"type": "SUPPLIES_TO", "from": "Dorvane, Inc.", "to": "Brevin, Inc."}, "wrong type"),
    ],
)
def test_one_mistake_about_two_parties_is_one_finding(tmp_path: Path, changes: dict[str, str], outcome: str) -> None:
    evaluation = compared(tmp_path, LICENCE, {**DEAL, **changes})
    assert evaluation.figures["deals"] == Counts(found=2, right=1, asked=2, hit=1)
    (finding,) = findings(evaluation, outcome)
    assert finding.says.endswith(", found as Brevin, Inc. ACQUIRES Dorvane, Inc.")
    assert not [f for f in findings(evaluation, "missed", "spurious") if f.of == "edge"]


def test_wrong_and_missing_terms(tmp_path: Path) -> None:
    terms = {"upfront_usd": 6000000, "exclusivity": "exclusive", "term_end": "2030"}
    evaluation = compared(tmp_path, {**LICENCE, "terms": terms, "subject": "ALN-99"}, DEAL)
    wrong = {(f.type, f.expected, f.found) for f in findings(evaluation, "wrong value")}
    assert wrong == {("upfront_usd", "6,000,000", "5,000,000"), ("LICENSES_TO", "ALN-99", "ALN-12")}
    assert [f.type for f in findings(evaluation, "missed")] == ["term_end"]
    assert evaluation.figures["terms"] == Counts(asked=4, hit=2)


def test_optional_readings_are_neither_asked_for_nor_wrong(tmp_path: Path) -> None:
    absent = {**DEAL, "from": "Alnora, Inc.", "optional": True}
    evaluation = compared(tmp_path, LICENCE, {**DEAL, "optional": True}, absent)
    assert evaluation.figures["deals"] == Counts(found=2, right=2, asked=1, hit=1)
    assert [f.says for f in findings(evaluation, "optional")] == ["Brevin, Inc. ACQUIRES Dorvane, Inc."]


def test_other_types_and_directions_that_are_as_good(tmp_path: Path) -> None:
    turned = {**DEAL, "from": "Dorvane, Inc.", "to": "Brevin, Inc.", "direction_uncertain": True}
    other = {**LICENCE, "type": "SUPPLIES", "alt_types": ["LICENSES"]}
    assert compared(tmp_path, turned, other).figures["deals"] == Counts(found=2, right=2, asked=2, hit=2)


def test_distractors_and_optional_names_do_not_count(tmp_path: Path) -> None:
    companies = [{"name": "Corvane, Inc."}, {"name": "Alnora, Inc.", "optional": True}]
    evaluation = compared(
        tmp_path, LICENCE, companies=companies, distractors=["Brevin, Inc. (a note)", "Dorvane, Inc."]
    )
    assert evaluation.figures["Company"] == Counts(found=4, right=4, asked=1, hit=1)


def test_evidence_that_does_not_stand_in_the_file(tmp_path: Path) -> None:
    (gold,) = read_gold(gold_folder(tmp_path, LICENCE, DEAL))
    facts = RulesExtractor().extract(filing(TEXT))
    assert score(gold, facts, TEXT.upper()).figures["evidence"] == Counts(asked=2, hit=2)
    assert score(gold, facts, TEXT.replace("acquired", "sold")).figures["evidence"] == Counts(asked=2, hit=1)


def test_an_edge_told_twice_counts_once(tmp_path: Path) -> None:
    (gold,) = read_gold(gold_folder(tmp_path, DEAL))
    facts = RulesExtractor().extract(filing(TEXT))
    (deal,) = [e for e in facts.edges if e.type == "ACQUIRES"]
    twice: FilingFacts = replace(facts, edges=(deal, Edge("acquires/again", *_ends(deal), {}, deal.evidence)))
    assert score(gold, twice, TEXT).figures["ACQUIRES"] == Counts(found=1, right=1, asked=1, hit=1)


def _ends(edge: Edge) -> tuple[str, str, str]:
    return edge.type, edge.source, edge.target


def test_of_a_file_that_cannot_be_read_everything_is_missed(tmp_path: Path) -> None:
    folder = gold_folder(tmp_path, LICENCE, text="")
    evaluation = evaluate(folder, RulesExtractor())
    assert evaluation.figures["deals"] == Counts(asked=1)
    assert [f.source for f in evaluation.failed] == [str(folder / "docs" / "one.txt")]
    assert run(str(folder)).exit_code == 1


def test_counts_add_up() -> None:
    total = summed(
        [{"LICENSES_TO": Counts(2, 1, 3, 2)}, {"LICENSES_TO": Counts(1, 1, 0, 0), "OWNS": Counts(1, 0, 0, 0)}]
    )
    assert total["LICENSES_TO"] == Counts(3, 2, 3, 2)
    assert total["deals"] == Counts(3, 2, 3, 2)
    assert total["edges"] == Counts(4, 2, 3, 2)
    assert (Counts().precision, Counts().recall, Counts().f1) == (None, None, None)
    assert Counts(asked=1).f1 == 0.0


# --- what is alike


@pytest.mark.parametrize(
    ("type_", "one", "other", "alike_"),
    [
        ("Company", "Alnora S.p.A.", "ALNORA", True),
        ("Company", "The Alnora Company, L.L.C.", "Alnora Holdings Inc", True),
        ("Company", "Alnora Bio", "Alnora", False),
        ("Company", "Société Alnora’s", "Societe Alnora", True),
        ("Compound", "ALN 12", "aln-12", True),
        ("Compound", "ALN-12", "ALN-123", False),
        ("Technology", "proprietary Lattice platform", "Lattice Antibody technology", True),
        ("Technology", "Lattice Antibody platform", "Lattice Vaccine platform", False),
        ("Technology", "the platform", "the platform", True),
    ],
)
def test_names(type_: str, one: str, other: str, alike_: bool) -> None:
    assert alike.same(type_, [one], ["nobody", other]) is alike_


@pytest.mark.parametrize(
    ("term", "expected", "found", "right"),
    [
        ("upfront_usd", 1000000, 1004000.0, True),
        ("upfront_usd", 1000000, 1006000.0, False),
        ("upfront_usd", 1000000, True, False),
        ("upfront_usd", 1000000, None, False),
        ("royalties", False, False, True),
        ("royalties", False, True, False),
        ("royalties", False, None, False),
        ("date", "2019-05-14", "2019-05", True),
        ("date", "2019", "2019-05-14", True),
        ("date", "2019-05-14", "2019-06", False),
        ("exclusivity", "co-exclusive", "coexclusive", True),
        ("territory", "United States and Canada", "Canada and Mexico", True),
        ("territory", "worldwide", "Europe", False),
    ],
)
def test_values(term: str, expected: Any, found: Any, right: bool) -> None:
    assert alike.right(term, expected, found) is right


# --- annotations


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"edges": [{**DEAL, "type": "BUYS"}]}, "there is no edge type 'BUYS'"),
        ({"edges": [{"from": "a", "to": "b"}]}, "no key 'type'"),
        ({"companies": [{"aliases": []}]}, "no key 'name'"),
        ({"companies": "Alnora"}, "not an annotation"),
        ({"doc": "two.txt"}, "two.txt is not there"),
    ],
)
def test_an_annotation_that_is_not_well_formed_is_named(tmp_path: Path, change: dict[str, Any], complaint: str) -> None:
    folder = gold_folder(tmp_path, **change)
    with pytest.raises(ValidationError, match=r"one\.json") as error:
        read_gold(folder)
    assert complaint in str(error.value)


def test_a_folder_without_annotations(tmp_path: Path) -> None:
    result = run(str(tmp_path))
    assert result.exit_code == 1
    assert "no annotations" in result.stderr
    assert "docs/evaluation.md" in result.stderr


# --- the command and its page


def test_the_bundled_folder(tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    result = run(str(ROOT / "examples" / "gold"), "--list", "--html", str(page))
    assert result.exit_code == 0, result.output
    assert "DEALS" in result.stdout
    assert f"wrote {page}" in result.stdout
    assert "press-release.txt" in page.read_text(encoding="utf-8")


def test_the_words_of_the_bundled_annotations_stand_in_their_files() -> None:
    golds = read_gold(ROOT / "examples" / "gold")
    assert len(golds) == 3
    for gold in golds:
        text = gold.document.read_text(encoding="utf-8")
        assert [e.words for e in gold.edges if e.words not in text or not e.words] == []


def test_json_is_for_programs(tmp_path: Path) -> None:
    folder = gold_folder(tmp_path / "gold", LICENCE, {**DEAL, "from": "Dorvane, Inc.", "to": "Brevin, Inc."})
    told = json.loads(run(str(folder), "--json", "--html", str(tmp_path / "page.html")).stdout)
    assert told["figures"]["deals"] == {
        "precision": 0.5, "recall": 0.5, "f1": 0.5, "found": 2, "right": 1, "asked": 2, "hit": 1,
    }  # fmt: skip
    (document,) = told["documents"]
    wrong = [f for f in document["findings"] if f["outcome"] == "wrong direction"]
    assert [(f["of"], f["type"]) for f in wrong] == [("edge", "ACQUIRES")]
    assert {(s["start"], s["end"]) for s in wrong[0]["spans"]}


def test_the_list_names_what_is_wrong_with_its_words(tmp_path: Path) -> None:
    folder = gold_folder(tmp_path, {**LICENCE, "terms": {"upfront_usd": 1}})
    lines = run(str(folder), "--list").stdout.splitlines()
    at = lines.index("  wrong value term upfront_usd: Corvane, Inc. LICENSES_TO Alnora, Inc.")
    assert lines[at + 1 : at + 3] == ["    expected: 1", "    found: 5,000,000"]
    assert "  spurious edge: Brevin, Inc. ACQUIRES Dorvane, Inc." in lines


def test_the_page_holds_every_text_and_lets_nothing_through(tmp_path: Path) -> None:
    hostile = "<script>alert(1)</script>"
    folder = gold_folder(
        tmp_path / "gold",
        {**LICENCE, "evidence": f"{hostile}\"'"},
        text=f"{TEXT}\n\n{hostile} <img src=x onerror=alert(2)>",
    )
    page = tmp_path / "page.html"
    write_report(evaluate(folder, RulesExtractor()), page, title=hostile)
    text = page.read_text(encoding="utf-8")
    assert "alert(1)</script>" not in text
    assert "<img" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "http" not in text.replace("http-equiv", "")
    assert write_again(folder, tmp_path) == write_again(folder, tmp_path)


def write_again(folder: Path, elsewhere: Path) -> str:
    write_report(evaluate(folder, RulesExtractor()), elsewhere / "again.html", title="again")
    return (elsewhere / "again.html").read_text(encoding="utf-8")
