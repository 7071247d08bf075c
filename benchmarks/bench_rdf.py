"""N-Quads per second: `write_rdf` from a graph, beside pyoxigraph and rdflib writing the very same quads to a file.

Then the memory that an export takes whose rows pass by. Seconds are those of the processor, so that what else the
machine does counts less.

python benchmarks/bench_rdf.py [--edges 40000] [--stream 450000] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

import pyoxigraph
import rdflib

from biopact.graph.rdf import write_rdf
from biopact.graph.store import EdgeRow, NodeRow, graph_of

SENTENCE = "{0} granted {1} an exclusive licence to compound {2} in Japan for “$1.5 million”\nand royalties."
IN_A_FILING = 20


class Licences:
    """Rows of licences, made as they pass; each is quoted from one of many filings. About 24 quads for each edge."""

    def __init__(self, edges: int) -> None:
        self.edges = edges
        self.firms = max(2, edges // 10)
        self.filings = -(-edges // IN_A_FILING)

    def node_rows(self, labels: Collection[str] | None = None) -> Iterator[NodeRow]:
        for label, rows in (
            ("Company", self._companies()),
            ("Document", self._documents()),
            ("Evidence", self._evidence()),
            ("Filing", self._filed()),
        ):
            if labels is None or label in labels:
                yield from (NodeRow(label, row) for row in rows)

    def edge_rows(self, types: Collection[str] | None = None) -> Iterator[EdgeRow]:
        if types is None or "LICENSES_TO" in types:
            for i in range(self.edges):
                source, target = self._ends(i)
                own = {
                    "id": f"licenses_to/{i:016x}",
                    "date": "2006-10-17",
                    "exclusivity": "exclusive",
                    "royalties": True,
                    "upfront_usd": 1500000,
                    "evidence": [f"evidence/{i:016x}"],
                }
                yield EdgeRow("LICENSES_TO", f"company/firm-{source:08}", f"company/firm-{target:08}", own)
        if types is None or "PART_OF" in types:
            for n, (part, whole) in enumerate(self.parts()):
                yield EdgeRow("PART_OF", part, whole, {"id": f"part_of/{n:016x}"})

    def parts(self) -> Iterator[tuple[str, str]]:
        for i in range(self.edges):
            yield f"evidence/{i:016x}", f"document/{self._filing(i):010}/1"
        for n in range(self.filings):
            yield f"document/{n:010}/1", f"filing/{n:010}"

    def _filing(self, i: int) -> int:
        return i * 7919 % self.filings  # those of one filing come far apart, as edges do whose ids are hashes

    def _ends(self, i: int) -> tuple[int, int]:
        return i % self.firms, (i * 7 + 1) % self.firms

    def _companies(self) -> Iterator[dict[str, object]]:
        for n in range(self.firms):
            yield {"id": f"company/firm-{n:08}", "name": f"Firm {n} & Söhne", "aliases": [f"Firm {n}"]}

    def _documents(self) -> Iterator[dict[str, object]]:
        for n in range(self.filings):
            yield {"id": f"document/{n:010}/1", "name": "8-K", "type": "8-K", "sequence": 1}

    def _filed(self) -> Iterator[dict[str, object]]:
        for n in range(self.filings):
            yield {"id": f"filing/{n:010}", "name": f"8-K {n}", "form": "8-K"}

    def _evidence(self) -> Iterator[dict[str, object]]:
        for i in range(self.edges):
            source, target = self._ends(i)
            quote = SENTENCE.format(f"Firm {source} & Söhne", f"Firm {target} & Söhne", i)
            span = {"start": i, "end": i + len(quote), "quote": quote}
            yield {"id": f"evidence/{i:016x}", **span, "rule": "licence", "extractor": "rules 1", "confidence": 0.9}


def best(work: Callable[[], object], times: int = 9) -> float:
    """Seconds of the processor that the fastest of a few runs took."""
    took = []
    for _ in range(times):
        start = time.process_time()
        work()
        took.append(time.process_time() - start)
    return min(took)


def compare(edges: int) -> dict[str, float]:
    graph = graph_of(Licences(edges))
    with tempfile.TemporaryDirectory() as folder:
        path, other = Path(folder) / "graph.nq", Path(folder) / "other.nq"
        count = write_rdf(graph, path)
        data = path.read_bytes()
        quads = list(pyoxigraph.parse(data, format=pyoxigraph.RdfFormat.N_QUADS))
        ours = best(lambda: write_rdf(graph, path))
        raw = best(lambda: pyoxigraph.serialize(quads, str(other), pyoxigraph.RdfFormat.N_QUADS))
        trig = best(lambda: write_rdf(graph, Path(folder) / "graph.trig"), 1)
        store = pyoxigraph.Store()
        store.bulk_load(data, pyoxigraph.RdfFormat.N_QUADS)
        dump = best(lambda: store.dump(str(other), pyoxigraph.RdfFormat.N_QUADS))
        # rdflib holds some 2 kB a quad, so it is timed on a tenth of them.
        dataset = rdflib.Dataset()
        dataset.parse(data=b"".join(data.splitlines(keepends=True)[: count // 10]), format="nquads")
        library = best(lambda: dataset.serialize(str(other), format="nquads", encoding="utf-8"), 1)
    print(f"{count:,} quads, {len(data) / 1e6:.0f} MB")
    return {
        "biopact N-Quads": count / ours,
        "biopact TriG": count / trig,
        "pyoxigraph from a list": len(quads) / raw,
        "pyoxigraph from its store": len(store) / dump,
        "rdflib": len(dataset) / library,
    }


def streamed(edges: int) -> dict[str, float]:
    """What an export of passing rows took; to be asked of a process that did nothing else."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.nq"
        start = time.process_time()
        quads = write_rdf(Licences(edges), path)
        return {
            "quads": quads,
            "file MB": path.stat().st_size / 1e6,
            "quads per second": quads / (time.process_time() - start),
            "memory MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edges", type=int, default=40_000)
    parser.add_argument("--stream", type=int, default=450_000, help="edges of the export whose memory is measured")
    parser.add_argument("--only-stream", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    args = parser.parse_args()
    if args.only_stream:
        print(json.dumps(streamed(args.stream)))
        return 0
    # First, since Linux counts what a process takes before it becomes another one.
    command = [sys.executable, __file__, "--only-stream", "--stream", str(args.stream)]
    stream = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    print("rows that pass by: " + ", ".join(f"{name} {value:,.0f}" for name, value in stream.items()))
    figures = compare(args.edges)
    for name, rate in figures.items():
        print(f"{name:28}{rate:>12,.0f} quads/s{rate / figures['biopact N-Quads']:>8.2f} of biopact")
    if args.json:
        args.json.write_text(json.dumps({"quads_per_second": figures, "stream": stream}, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
