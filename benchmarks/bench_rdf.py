"""N-Quads per second: `write_rdf` from a graph, beside pyoxigraph and rdflib serialising the very same quads.

python benchmarks/bench_rdf.py [--edges 40000] [--json FILE]
"""

from __future__ import annotations

import argparse
import io
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph
import rdflib

from biopact.graph.rdf import write_rdf
from biopact.graph.records import Edge, Evidence, Graph, Node, edge_id

SENTENCE = "{0} granted {1} an exclusive licence to compound {2} in Japan for “$1.5 million”\nand royalties."


def world(edges: int) -> Graph:
    """A graph of licences, each quoted from one of many filings; about 21 quads for each edge."""
    companies = [Node(f"company/firm-{i}", "Company", f"Firm {i} & Söhne", (f"Firm {i}",)) for i in range(edges // 10)]
    nodes: dict[str, Node] = {c.id: c for c in companies}
    found: dict[str, Edge] = {}
    for i in range(edges):
        source, target = companies[i % len(companies)], companies[(i * 7 + 1) % len(companies)]
        filing, document = f"filing/{i // 20:010}", f"document/{i // 20:010}/1"
        if filing not in nodes:
            nodes[filing] = Node(filing, "Filing", f"8-K {i // 20}", (), {"form": "8-K"})
            nodes[document] = Node(document, "Document", "8-K", (), {"type": "8-K", "sequence": 1})
            part = Edge(edge_id("PART_OF", document, filing), "PART_OF", document, filing)
            found[part.id] = part
        quote = SENTENCE.format(source.name, target.name, i)
        evidence = Evidence(filing, document, "8-K", i, i + len(quote), quote, "licence", "rules 1", 0.9)
        properties = {"date": "2006-10-17", "exclusivity": "exclusive", "upfront_usd": 1500000, "royalties": True}
        id_ = edge_id("LICENSES_TO", source.id, target.id, i)
        found[id_] = Edge(id_, "LICENSES_TO", source.id, target.id, properties, (evidence,))
    return Graph(nodes, found)


def best(work: Callable[[], object], times: int = 3) -> float:
    """Seconds that the fastest of a few runs took."""
    took = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        took.append(time.perf_counter() - start)
    return min(took)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edges", type=int, default=40_000)
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    args = parser.parse_args()
    graph = world(args.edges)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.nq"
        count = write_rdf(graph, path)
        ours = best(lambda: write_rdf(graph, path))
        data = path.read_bytes()
        trig = best(lambda: write_rdf(graph, Path(folder) / "graph.trig"), 1)
    quads = list(pyoxigraph.parse(data, format=pyoxigraph.RdfFormat.N_QUADS))
    raw = best(lambda: pyoxigraph.serialize(quads, io.BytesIO(), pyoxigraph.RdfFormat.N_QUADS))
    store = pyoxigraph.Store()
    store.bulk_load(data, pyoxigraph.RdfFormat.N_QUADS)
    dump = best(lambda: store.dump(io.BytesIO(), pyoxigraph.RdfFormat.N_QUADS))
    # rdflib holds some 2 kB a quad, so it is timed on a tenth of them.
    part = b"".join(data.splitlines(keepends=True)[: count // 10])
    dataset = rdflib.Dataset()
    dataset.parse(data=part, format="nquads")
    library = best(lambda: dataset.serialize(format="nquads", encoding="utf-8"), 1)
    figures = {
        "biopact N-Quads": count / ours,
        "biopact TriG": count / trig,
        "pyoxigraph from a list": len(quads) / raw,
        "pyoxigraph from its store": len(store) / dump,
        "rdflib": len(dataset) / library,
    }
    print(f"{count:,} quads, {len(data) / 1e6:.0f} MB")
    for name, rate in figures.items():
        print(f"{name:28}{rate:>12,.0f} quads/s{rate / figures['biopact N-Quads']:>8.2f} of biopact")
    if args.json:
        args.json.write_text(json.dumps({"quads": count, "quads_per_second": figures}, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
