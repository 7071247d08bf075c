"""The pipeline with a small extractor: what loading, loading again, forgetting and rebuilding leave in a store."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from itertools import permutations
from pathlib import Path

import pytest

from biopact.app import pipeline
from biopact.graph.ledger import FilingFacts, Ledger
from biopact.graph.records import Edge, Evidence, Node, edge_id, slug
from biopact.graph.store import Store, dump
from biopact.graph.stores import open_store
from biopact.loaders.edgar.manifest import Entry, write_manifest
from biopact.loaders.filing import Filing
from biopact.ontology import NotFoundError

OWNS = re.compile(r"(\w+) owns (\w+)\.")


class OwnsExtractor:
    """Reads sentences such as ``Aldfen owns AF-1.`` and counts how often it was asked."""

    def __init__(self, version: str = "owns/1") -> None:
        self.version = version
        self.asked = 0

    def extract(self, filing: Filing) -> FilingFacts:
        self.asked += 1
        name = filing.source.rpartition("/")[2]
        fetched = {"url": filing.url, "retrieved": filing.retrieved} if filing.url and filing.retrieved else {}
        own = {"sha256": filing.sha256, "source": name, **fetched}
        nodes = {filing.id: Node(filing.id, "Filing", name, (), own)}
        edges = {}
        for document in filing.documents:
            id_ = filing.document_id(document)
            nodes[id_] = Node(id_, "Document", name, (), {"type": document.type, "sequence": document.sequence})
            part = Edge(edge_id("PART_OF", id_, filing.id), "PART_OF", id_, filing.id)
            edges[part.id] = part
            for match in OWNS.finditer(document.text):
                words = Evidence(
                    filing.id, id_, document.type, match.start(), match.end(), match[0], "owns", self.version, 0.9
                )
                ends = (f"company/{slug(match[1])}", f"compound/{slug(match[2])}")
                nodes[ends[0]] = Node(ends[0], "Company", match[1], (), {}, (words,))
                nodes[ends[1]] = Node(ends[1], "Compound", match[2], (), {}, (words,))
                edge = Edge(edge_id("OWNS", *ends), "OWNS", *ends, {}, (words,))
                edges[edge.id] = edge
        texts = {filing.document_id(d): d.text for d in filing.documents}
        return FilingFacts(filing.id, self.version, texts, tuple(nodes.values()), tuple(edges.values()))


class WrongQuotes(OwnsExtractor):
    """An extractor with a fault: the quotations of its edges do not stand where they say."""

    def extract(self, filing: Filing) -> FilingFacts:
        facts = super().extract(filing)
        edges = tuple(
            Edge(e.id, e.type, e.source, e.target, {}, tuple(_moved(v) for v in e.evidence)) for e in facts.edges
        )
        return FilingFacts(facts.filing, facts.extractor, facts.texts, facts.nodes, edges)


def _moved(words: Evidence) -> Evidence:
    return Evidence(
        words.filing, words.document, words.exhibit, words.start + 1, words.end + 1, words.quote, "owns", "owns/1", 0.9
    )


@pytest.fixture
def filings(tmp_path: Path) -> list[str]:
    """Three filings that share a company."""
    folder = tmp_path / "filings"
    folder.mkdir()
    texts = ("Aldfen owns AF1.", "Aldfen owns AF2. Borrowell owns BW1.", "Borrowell owns BW1. Cotterby owns CT1.")
    for number, text in enumerate(texts):
        (folder / f"{number}.txt").write_text(f"Sample text, wholly fictional.\n\n{text}\n")
    return [str(folder / f"{n}.txt") for n in range(len(texts))]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "home")) as opened:
        yield opened


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "home" / "ledger")


def load(
    arguments: Sequence[str], ledger: Ledger, store: Store, extractor: OwnsExtractor | None = None
) -> pipeline.Report:
    return pipeline.load(arguments, ledger, store, extractor or OwnsExtractor())


def owned(store: Store) -> list[tuple[str, str]]:
    return store.ask("MATCH (a)-[:OWNS]->(b) RETURN a.name AS a, b.name AS b ORDER BY a, b").rows  # type: ignore[return-value]


def test_loading_again_reads_nothing_and_changes_nothing(filings: list[str], ledger: Ledger, store: Store) -> None:
    first = load(filings, ledger, store)
    before = list(dump(store))
    extractor = OwnsExtractor()
    again = load(filings, ledger, store, extractor)
    assert (first.read, first.kept, bool(first.change)) == (3, 0, True)
    assert (again.read, again.kept, bool(again.change), extractor.asked) == (0, 3, False, 0)
    assert list(dump(store)) == before


def test_a_new_extractor_version_reads_again(filings: list[str], ledger: Ledger, store: Store) -> None:
    load(filings, ledger, store)
    assert load(filings, ledger, store, OwnsExtractor("owns/2")).read == 3


def test_the_order_of_loading_makes_no_difference(filings: list[str], tmp_path: Path) -> None:
    dumps = set()
    for number, order in enumerate(permutations(filings)):
        home = tmp_path / str(number)
        with open_store(str(home)) as store:
            for file in order:
                load([file], Ledger(home / "ledger"), store)
            dumps.add("\n".join(dump(store)))
    assert len(dumps) == 1


def test_copies_under_other_names_make_no_difference(filings: list[str], tmp_path: Path) -> None:
    copy = tmp_path / "filings" / "another-name.txt"
    copy.write_bytes(Path(filings[0]).read_bytes())
    dumps = set()
    for number, order in enumerate(([filings[0], str(copy)], [str(copy), filings[0]])):
        home = tmp_path / str(number)
        with open_store(str(home)) as store:
            load(order, Ledger(home / "ledger"), store)
            dumps.add("\n".join(dump(store)))
    assert len(dumps) == 1


def test_where_a_filing_was_fetched_is_known_whatever_the_order(filings: list[str], tmp_path: Path) -> None:
    data = Path(filings[0]).read_bytes()
    number, url, when = "0000000077-18-000001", "https://www.sec.gov/x", "2018-03-05T10:00:00+00:00"
    fetched = tmp_path / "fetched"
    fetched.mkdir()
    (fetched / f"{number}.txt").write_bytes(data)
    sha256 = hashlib.sha256(data).hexdigest()
    write_manifest(
        fetched, [Entry(f"{number}.txt", sha256, len(data), url, number, "0000000077", "8-K", None, None, None, when)]
    )
    copies = [str(fetched / f"{number}.txt"), filings[0]]
    dumps = set()
    for turn, order in enumerate((copies, copies[::-1], [*copies, copies[0]])):
        home = tmp_path / str(turn)
        with open_store(str(home)) as store:
            for file in order:
                load([file], Ledger(home / "ledger"), store)
            dumps.add("\n".join(dump(store)))
            [(told, at)] = store.ask("MATCH (f:Filing) RETURN f.url, f.retrieved").rows
    assert len(dumps) == 1
    assert (told, at) == (url, when)


def test_forgetting_takes_exactly_the_facts_of_that_filing(filings: list[str], ledger: Ledger, store: Store) -> None:
    load(filings[:1] + filings[2:], ledger, store)
    before = list(dump(store))
    load(filings, ledger, store)
    middle = next(f.filing for f in ledger if any(e.target == "compound/af2" for e in f.edges))
    assert ("Aldfen", "AF2") in owned(store)
    pipeline.forget([middle.removeprefix("filing/")], ledger, store)
    assert list(dump(store)) == before
    assert owned(store) == [("Aldfen", "AF1"), ("Borrowell", "BW1"), ("Cotterby", "CT1")]


def test_forgetting_what_is_not_there_takes_nothing_away(filings: list[str], ledger: Ledger, store: Store) -> None:
    load(filings, ledger, store)
    before = ledger.filings()
    with pytest.raises(NotFoundError, match="filing/nothing: not in the ledger"):
        pipeline.forget([before[0], "nothing"], ledger, store)
    assert ledger.filings() == before


def test_a_lost_store_follows_from_the_ledger(filings: list[str], ledger: Ledger, tmp_path: Path) -> None:
    with open_store(str(tmp_path / "one")) as store:
        load(filings, ledger, store)
        before = list(dump(store))
    with open_store(str(tmp_path / "two")) as store:
        report = pipeline.rebuild(ledger, store)
        assert (report.read, report.kept) == (0, 3)
        assert list(dump(store)) == before


def test_a_failing_file_stops_no_other(filings: list[str], ledger: Ledger, store: Store, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    report = load([filings[0], str(empty), str(tmp_path / "missing.txt"), filings[1]], ledger, store)
    assert report.read == 2
    assert [f.source for f in report.failed] == [str(empty), str(tmp_path / "missing.txt")]
    assert all(f.source in f.reason for f in report.failed)


def test_facts_that_do_not_quote_stay_outside(filings: list[str], ledger: Ledger, store: Store) -> None:
    report = load(filings, ledger, store, WrongQuotes())
    assert owned(store) == []
    assert report.failed
    assert all("left out owns/" in f.reason for f in report.failed)


def test_a_cut_off_copy_never_takes_the_place_of_the_whole_filing(ledger: Ledger, store: Store, tmp_path: Path) -> None:
    sample = Path(__file__).parent.parent.parent / "examples" / "samples" / "02-brindlecove-8-K-agreement.txt"
    whole = tmp_path / "whole.txt"
    whole.write_bytes(sample.read_bytes())
    cut = tmp_path / "cut.txt"
    cut.write_bytes(sample.read_bytes()[:5000])
    load([str(whole)], ledger, store)
    before = list(dump(store))
    report = load([str(cut)], ledger, store)
    assert [f.source for f in report.failed] == [str(cut)]
    assert "cut off" in report.failed[0].reason
    assert list(dump(store)) == before


def test_progress_counts_up_to_the_end(filings: list[str], ledger: Ledger, store: Store) -> None:
    seen: list[tuple[int, int]] = []
    pipeline.load(filings, ledger, store, OwnsExtractor(), lambda done, total, what: seen.append((done, total)))
    assert seen == [(0, 3), (1, 3), (2, 3), (3, 3)]
