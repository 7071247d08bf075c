"""Where the SEC shows a filing: as the filing itself says, else worked out of who filed it and its accession number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from biopact.graph.records import Graph
    from biopact.graph.store import Store

_MADE_UP = "9999999999-"  # begins the accession numbers of fictional filings; no agent of EDGAR's has that number
_FILING = re.compile(r"filing/(.+)|document/(.+)/[0-9]+|([0-9]{10}-[0-9]{2}-[0-9]{6})", re.DOTALL)

# Of several that filed it together any will do: EDGAR shows the filing in the folder of each.
_FILED = (
    "UNWIND $ids AS id MATCH (f:Filing {id: id}) OPTIONAL MATCH (c)-[:FILED]->(f) "
    "RETURN f.id AS id, f.accession_number AS number, f.url AS url, min(c.cik) AS cik"
)


def index_page(cik: str | None, accession_number: str | None) -> str | None:
    """The page on EDGAR that lists the documents of a filing; None for fictional ones, and where either is unknown.

    >>> index_page("0000012345", "0000012345-10-000003")
    'https://www.sec.gov/Archives/edgar/data/12345/000001234510000003/0000012345-10-000003-index.htm'
    >>> index_page("0000012345", "9999999999-18-000001") is None
    True
    """
    if not cik or not accession_number or accession_number.startswith(_MADE_UP):
        return None
    folder = f"{int(cik)}/{accession_number.replace('-', '')}"
    return f"https://www.sec.gov/Archives/edgar/data/{folder}/{accession_number}-index.htm"


def web_address(text: object) -> str | None:
    """The text if it is the address of a page, and nothing that a browser would run."""
    return text if isinstance(text, str) and re.fullmatch(r"https?://[!-~]+", text) else None


def addresses(graph: Graph) -> dict[str, str]:
    """The address of each filing of a graph by its id, where there is one."""
    filers: dict[str, str] = {}
    for edge in graph.edges.values():
        if edge.type == "FILED" and "cik" in graph.nodes[edge.source].properties:
            cik = str(graph.nodes[edge.source].properties["cik"])
            filers[edge.target] = min(cik, filers.get(edge.target, cik))
    found = {}
    for node in graph.nodes.values():
        if node.type == "Filing":
            said = node.properties
            if address := _address(said.get("url"), said.get("accession_number"), filers.get(node.id)):
                found[node.id] = address
    return found


def addresses_in(store: Store, texts: Iterable[str]) -> dict[str, str]:
    """The address for each of these texts that is the id of a filing or document of the store, or its number."""
    filings = {text: filing for text in texts if (filing := _filing(text))}
    rows = store.ask(_FILED, {"ids": sorted(set(filings.values()))}).rows if filings else []
    known = {id_: _address(url, number, cik) for id_, number, url, cik in rows}
    return {text: address for text, filing in filings.items() if (address := known.get(filing))}


def _address(url: object, number: object, cik: object) -> str | None:
    return web_address(url) or index_page(str(cik or ""), str(number or ""))


def _filing(text: str) -> str | None:
    """The id of the filing that a text names, if it names one and nothing else."""
    found = _FILING.fullmatch(text)
    return f"filing/{found[1] or found[2] or found[3]}" if found else None
