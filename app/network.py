"""The network as a picture: pyvis builds it, and one HTML file holds all that a browser needs to show it."""

from __future__ import annotations

import base64
import hashlib
import html
import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from math import sqrt
from pathlib import Path
from string import Template
from typing import Any

from biopact.app.explorer.cards import Cards, date_of, in_words
from biopact.app.explorer.lines import Line, lines, strongest
from biopact.graph.layout import Place, Room, Selection, joined, places, pool, select
from biopact.graph.records import Edge, Graph, Node
from biopact.ontology import load_schema

# Deals are lines between companies at first; as dots of their own they can be shown on demand.
HIDDEN = frozenset({"Agreement"})

_TURN = {True: "curvedCW", False: "curvedCCW"}
_OVER = ("terminated", "ended", "historical")  # drawn with dashes
_LINES = 3  # for each node are drawn at most, and 150 in any case; more are a grey cloud, and slow
_LABEL = 30  # characters of a name that are drawn; the panel has the whole

_OPTIONS = {
    "physics": {"enabled": False},
    "interaction": {
        "hover": True,
        "selectConnectedEdges": False,
        "hideEdgesOnDrag": False,
        "keyboard": {"enabled": True, "bindToWindow": False},
        "tooltipDelay": 3_600_000,
    },
    "nodes": {"borderWidth": 1, "scaling": {"label": {"drawThreshold": 8}}},  # smaller text is left out
    "edges": {"smooth": False, "selectionWidth": 2, "arrows": {"to": {"scaleFactor": 0.6}}},
}


def write_page(graph: Graph, path: Path, *, title: str, focus: Sequence[str] = (), limit: int = 300) -> None:
    """Write the network as one HTML file that asks no address for anything.

    Drawn are the ids in `focus` and what is near them, or the whole graph; above the limit, the most
    connected, and the page says so.
    """
    selection = select(pool(graph), focus=focus, limit=limit, deals=limit)
    cards = Cards(graph)
    records: tuple[Node | Edge, ...] = (*selection.nodes, *selection.deals, *selection.edges)
    ids = [record.id for record in records]
    shown = [cards.card(id_) for id_ in (*ids, *(line.id for line in lines(selection.edges) if line.several))]
    quoted = sorted({q for c in shown for q in (*c.quotations, *(i for t in c.terms for i in t.quotations))})
    page = {
        **picture(selection, arrange(selection)),
        "legend": legend(selection),
        "cards": {card.id: asdict(card) for card in shown},
        "quotations": {id_: asdict(cards.quotation(id_)) for id_ in quoted},
        "aliases": {n.id: n.aliases for n in selection.nodes if n.aliases},
    }
    scripts = [vis_script(), asset("draw.js") + asset("page.js")]
    text = Template(asset("page.html")).substitute(
        title=html.escape(title),
        count=html.escape(count(selection)),
        policy=" ".join(f"'sha256-{script_hash(script)}'" for script in scripts),
        style=asset("page.css"),
        vis=scripts[0],
        script=scripts[1],
        data=in_script(page),
    )
    path.write_text(text, encoding="utf-8", errors="backslashreplace")


def arrange(selection: Selection, known: Mapping[str, Place] | None = None) -> dict[str, Place]:
    """A place for every node and then, between those it joins, for every deal; known places are kept."""
    room = rooms(selection)
    first = places(room, selection.near, known=known)
    if not selection.deals:
        return first
    every = joined((*selection.nodes, *selection.deals), selection.edges)
    return places(room, every, known={**first, **{n: p for n, p in (known or {}).items() if n in room}})


def picture(selection: Selection, at: Mapping[str, Place]) -> dict[str, Any]:
    """Nodes, edges and options as vis-network takes them, built by pyvis."""
    from pyvis.network import Network  # takes over a second to import, because it brings IPython

    schema = load_schema()
    drawn = Network(directed=True)
    drawn.set_options(json.dumps(_OPTIONS))
    sizes = _sizes(selection)
    for node in (*selection.nodes, *selection.deals):
        kind = schema.nodes[node.type]
        x, y = at[node.id]
        size, font = sizes[node.id]
        drawn.add_node(
            node.id,
            label=short(node),
            shape=kind.shape,
            color=kind.color,
            x=x,
            y=y,
            size=size,
            text=font,
            kind=node.type,
        )
    names = {node.id: node.name for node in (*selection.nodes, *selection.deals)}
    for line, bend in _bends(drawn_lines(selection)):
        edge_kind = schema.edges[line.type]
        drawn.add_edge(
            line.source,
            line.target,
            id=line.id,
            color=edge_kind.color,
            width=_width(line),
            dashes=all(e.properties.get("status") in _OVER for e in line.edges),
            arrows="" if edge_kind.symmetric else "to",
            kind=line.type,
            says=f"{names[line.source]} {in_words(line.type)} {names[line.target]}"
            + (f", {len(line.edges)} times" if line.several else ""),
            date=line.date,
            subjects=line.subjects,
            **({"smooth": {"enabled": True, "type": _TURN[bend > 0], "roundness": abs(bend)}} if bend else {}),
        )
    nodes, edges, _, _, _, options = drawn.get_network_data()
    return {"nodes": nodes, "edges": edges, "options": json.loads(options)}


def rooms(selection: Selection) -> dict[str, Room]:
    """What each node and its label take up."""
    schema = load_schema()
    sizes = _sizes(selection)
    found = {}
    for node in (*selection.nodes, *selection.deals):
        size, font = sizes[node.id]
        width = 0.56 * font * len(short(node)) + 12
        boxed = schema.nodes[node.type].shape == "box"
        found[node.id] = Room(width + 8, 14, 14) if boxed else Room(max(width, 2 * size), size + 3, size + font + 8)
    return found


def short(node: Node) -> str:
    """A label short enough to draw: a deal by its kind and year, the rest by name."""
    if node.type == "Agreement":
        kinds = node.properties.get("kinds", ())
        word = kinds[0] if isinstance(kinds, tuple) and kinds else "agreement"
        return f"{word} {date_of(node)[:4]}".strip()
    name = " ".join(node.name.split())
    return name if len(name) <= _LABEL else name[: _LABEL - 1].rstrip() + "…"


def count(selection: Selection) -> str:
    """How much is drawn, in words."""
    nodes = f"showing all {len(selection.nodes):,}"
    if selection.cut:
        nodes = f"showing {len(selection.nodes):,} of {selection.of:,}, the most connected"
    joining, seen = len(lines(selection.edges)), len(drawn_lines(selection))
    return nodes if joining == seen else f"{nodes}; the strongest {seen:,} of {joining:,} lines"


def drawn_lines(selection: Selection) -> list[Line]:
    """The lines of the picture: all, or the strongest where they are too many to see."""
    return strongest(lines(selection.edges), max(150, _LINES * (len(selection.nodes) + len(selection.deals))))


def legend(selection: Selection) -> dict[str, list[dict[str, Any]]]:
    """The types in the picture with their look and number, in the ontology's order."""
    schema = load_schema()
    nodes, edges = (
        Counter(n.type for n in (*selection.nodes, *selection.deals)),
        Counter(e.type for e in selection.edges),
    )
    return {
        "nodes": [
            {
                "type": t.name,
                "says": t.name,
                "color": t.color,
                "shape": t.shape,
                "count": nodes[t.name],
                "hidden": t.name in HIDDEN,
            }
            for t in schema.nodes.values()
            if nodes[t.name]
        ],
        "edges": [
            {
                "type": t.name,
                "says": in_words(t.name),
                "color": t.color,
                "count": edges[t.name],
                "hidden": set(t.source) <= HIDDEN or set(t.target) <= HIDDEN,
            }
            for t in schema.edges.values()
            if edges[t.name]
        ],
    }


@cache
def asset(name: str) -> str:
    """A file of app/explorer/assets."""
    return (files("biopact.app.explorer") / "assets" / name).read_text(encoding="utf-8")


@cache
def vis_script() -> str:
    """The vis-network script that pyvis carries, without the comment that makes a browser look for its map."""
    found = sorted(
        (folder.name, script)
        for folder in (files("pyvis") / "templates" / "lib").iterdir()
        if (script := folder / "vis-network.min.js").is_file()
    )
    return found[-1][1].read_text(encoding="utf-8").partition("//# sourceMappingURL")[0]


def in_script(data: object) -> str:
    """JSON that can stand inside a script element whatever text it holds."""
    text = json.dumps(data, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def script_hash(script: str) -> str:
    """What a content security policy calls a script that stands in the page."""
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def _width(line: Line) -> float:
    """Lines of deals are thicker than others, and the thicker the more deals they stand for."""
    deal = "agreement" in load_schema().edges[line.type].properties
    return round((2.5 if deal else 1.0) * float(min(len(line.edges), 100) ** 0.4), 1)


def _bends(drawn: Sequence[Line]) -> list[tuple[Line, float]]:
    """Every line with the bend that keeps it apart from others between the same two nodes."""
    between: dict[tuple[str, ...], list[Line]] = defaultdict(list)
    for line in drawn:
        between[tuple(sorted((line.source, line.target)))].append(line)
    bent = []
    for same in between.values():
        for i, line in enumerate(same):
            bend = round(0.18 * (i - (len(same) - 1) / 2), 2)
            forward = line.source <= line.target  # the bend is seen from the source
            bent.append((line, bend if forward else -bend))
    return bent


def _sizes(selection: Selection) -> dict[str, tuple[float, int]]:
    """Radius and font of every node: what is connected more is larger, and can be read from further away."""
    names = {n.id for n in selection.nodes}
    joins = {(e.source, e.target) for e in selection.edges if e.source in names and e.target in names}
    degree = Counter(end for pair in joins for end in pair)
    crowd = min(len(selection.nodes) / 150, 1.0)
    return {
        n.id: (
            round(8 + 2.5 * sqrt(degree[n.id]), 1),
            12 if n.type in HIDDEN else 14 + round(crowd * min(degree[n.id], 16)),
        )
        for n in (*selection.nodes, *selection.deals)
    }
