"""The picture and the self-contained page: what is drawn, where, and that nothing in it is taken for code."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import networkx as nx
import pytest

from biopact.app.network import arrange, in_script, picture, rooms, vis_script, write_page
from biopact.graph.layout import SAID, Room, places, pool, select
from biopact.graph.records import Edge, Graph, Node
from biopact.ontology import load_schema
from tests.app.world import FORMULA, IMAGE, MARKDOWN, SCRIPT, large, world


class Elements(HTMLParser):
    """Every element of a page with its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {k: v or "" for k, v in attrs}))


def page_of(graph: Graph, folder: Path, title: str = "World", **options: object) -> str:
    path = folder / "network.html"
    write_page(graph, path, title=title, **options)  # type: ignore[arg-type]
    return path.read_text(encoding="utf-8")


def data_of(text: str) -> dict:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)
    assert found
    return json.loads(found[1])


def test_the_same_graph_gives_the_same_page(tmp_path: Path) -> None:
    assert page_of(world(), tmp_path) == page_of(world(), tmp_path)


def test_no_address_is_asked(tmp_path: Path) -> None:
    text = page_of(world(), tmp_path)
    elements = Elements(text).found
    loading = {
        (tag, name, value)
        for tag, attributes in elements
        for name, value in attributes.items()
        if name in ("src", "href", "srcset", "action", "data", "poster")
    }
    assert loading == {("link", "href", "data:,")}
    assert not re.search(
        r"url\(\s*['\"]?(?!data:)|@import", "".join(re.findall(r"<style>(.*?)</style>", text, re.DOTALL))
    )
    assert "sourceMappingURL" not in text
    policy = next(a["content"] for t, a in elements if a.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy.partition("script-src")[2].partition(";")[0]


def test_vis_network_is_the_one_pyvis_carries() -> None:
    assert "@version 9." in vis_script()[:400]
    assert "</script" not in vis_script()


@pytest.mark.parametrize("name", [IMAGE, SCRIPT, "<!--", "\u2028&amp;", "$title ${data} \\u003c"])
def test_names_stay_text(name: str, tmp_path: Path) -> None:
    plain = Elements(page_of(world(), tmp_path, "Plain")).found
    graph = world()
    node = graph.nodes["company/alder-bio"]
    renamed = Graph({**graph.nodes, node.id: Node(node.id, node.type, name, (name,), {}, node.evidence)}, graph.edges)
    text = page_of(renamed, tmp_path, title=name)
    assert [tag for tag, _ in Elements(text).found] == [tag for tag, _ in plain]
    assert data_of(text)["cards"][node.id]["title"] == name


def test_data_in_a_script_element_reads_back() -> None:
    data = {"quote": f"{SCRIPT}<!-- {IMAGE} \u2028 é \ud800"}
    assert json.loads(in_script(data)) == data
    assert not set("<>&\u2028") & set(in_script(data))


def test_filings_and_evidence_are_read_not_drawn(tmp_path: Path) -> None:
    data = data_of(page_of(world(), tmp_path))
    assert not SAID & {n["kind"] for n in data["nodes"]}
    edge = next(e for e in data["edges"] if e["kind"] == "LICENSES_TO" and e["date"] == "2024-03-04")
    card = data["cards"][edge["id"]]
    quote = data["quotations"][card["quotations"][0]]
    assert quote["quote"].startswith("Alder Bio grants Birchwood Pharma an exclusive license")
    assert (quote["form"], quote["exhibit"], quote["date"]) == ("8-K", "EX-99.1", "2024-03-04")
    terms = {t["kind"]: (t["state"], t["value"]) for t in card["terms"]}
    assert terms == {
        "upfront": ("stated", "USD 12,000,000"),
        "milestones": ("stated", "USD 140,000,000"),
        "royalty": ("redacted", ""),
    }
    assert all(data["quotations"][q]["quote"] for t in card["terms"] for q in t["quotations"])


def test_every_picked_thing_has_a_card(tmp_path: Path) -> None:
    data = data_of(page_of(world(), tmp_path))
    drawn = {r["id"] for r in (*data["nodes"], *data["edges"])}
    assert drawn == data["cards"].keys()
    assert {q for c in data["cards"].values() for q in c["quotations"]} <= data["quotations"].keys()


def test_colours_and_shapes_are_the_ontologys() -> None:
    selection = select(pool(world()))
    drawn = picture(selection, arrange(selection))
    schema = load_schema()
    assert {(n["kind"], n["color"], n["shape"]) for n in drawn["nodes"]} == {
        (t, schema.nodes[t].color, schema.nodes[t].shape)
        for t in {n.type for n in (*selection.nodes, *selection.deals)}
    }
    assert all(e["color"] == schema.edges[e["kind"]].color for e in drawn["edges"])
    assert all((e["arrows"] == "") == schema.edges[e["kind"]].symmetric for e in drawn["edges"])
    assert drawn["options"]["physics"]["enabled"] is False


def test_two_deals_of_one_pair_are_two_lines_apart() -> None:
    selection = select(pool(world()))
    lines = [
        e
        for e in picture(selection, arrange(selection))["edges"]
        if {e["from"], e["to"]} == {"company/alder-bio", "company/cedar-therapeutics"}
    ]
    assert len(lines) == 2
    assert len({(e["smooth"]["type"], e["from"]) for e in lines}) == 2


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"])
def test_only_web_addresses_become_links(url: str, tmp_path: Path) -> None:
    graph = world()
    filings = {n.id: Node(n.id, n.type, n.name, (), {"url": url}) for n in graph.nodes.values() if n.type == "Filing"}
    data = data_of(page_of(Graph({**graph.nodes, **filings}, graph.edges), tmp_path))
    assert {q["url"] for q in data["quotations"].values()} == {""}


def test_the_cap_is_stated(tmp_path: Path) -> None:
    text = page_of(large(400), tmp_path, limit=100)
    drawn = len(data_of(text)["nodes"])
    assert 90 <= drawn <= 100
    assert f"showing {drawn} of 400, the most connected" in text
    assert "showing all 20" in page_of(world(), tmp_path)


def test_an_empty_graph_gives_a_page(tmp_path: Path) -> None:
    assert data_of(page_of(Graph({}, {}), tmp_path))["nodes"] == []


def test_focus_draws_the_neighbourhood() -> None:
    near = select(pool(world()), focus=["company/firwood-university"], hops=1)
    assert {n.id for n in near.nodes} == {"company/firwood-university", "company/cedar-therapeutics", "compound/fir-22"}
    assert select(pool(world()), focus=["company/nobody"]).nodes == select(pool(world())).nodes


def test_a_technology_is_next_to_its_licensees() -> None:
    near = {n.id for n in select(pool(world()), focus=["technology/thornlink"], hops=1).nodes}
    assert {"company/birchwood-pharma", "company/cedar-therapeutics", "company/dogwood-oncology"} <= near


def test_filters_reach_through_agreements() -> None:
    passing = pool(
        world(),
        keep_edge=lambda e: e.type not in ("COVERS", "USES_TECHNOLOGY"),
        keep_node=lambda n: n.type != "Target",
    )
    near = select(passing, focus=["technology/thornlink"], hops=1)
    assert {n.id for n in near.nodes} == {"technology/thornlink", "company/alder-bio"}


def test_labels_do_not_cover_each_other() -> None:
    selection = select(pool(world()))
    at, room = arrange(selection), rooms(selection)
    shown = [n.id for n in selection.nodes]
    for i, a in enumerate(shown):
        for b in shown[i + 1 :]:
            beside = abs(at[a][0] - at[b][0]) + 2 >= (room[a].width + room[b].width) / 2
            upper, lower = sorted((a, b), key=lambda n: at[n][1])
            over = at[lower][1] - at[upper][1] + 8 >= room[upper].below + room[lower].above
            assert beside or over, (a, b)


def test_expanding_moves_nothing() -> None:
    small = select(pool(world()), focus=["company/firwood-university"], hops=1)
    before = arrange(small)
    after = arrange(select(pool(world()), focus=["company/firwood-university"], hops=3), before)
    assert len(after) > len(before)
    assert {n: after[n] for n in before} == before


@pytest.mark.parametrize("near", [nx.path_graph(2), nx.path_graph(3), nx.star_graph(4), nx.complete_graph(3)])
def test_a_small_part_is_not_pulled_out_of_sight(near: nx.Graph) -> None:
    near = nx.relabel_nodes(near, str)
    at = places({n: Room(60, 10, 20) for n in near}, near)
    assert all(20 < max(abs(at[a][0] - at[b][0]), abs(at[a][1] - at[b][1])) < 600 for a, b in near.edges)


def test_what_a_hidden_deal_is_about_stands_near_its_parties() -> None:
    selection = select(pool(world()), focus=["company/firwood-university"], hops=1, deals=0)
    assert not selection.deals
    assert set(selection.near["compound/fir-22"]) == {"company/cedar-therapeutics", "company/firwood-university"}


def test_parts_do_not_overlap() -> None:
    near = nx.Graph([("a", "b"), ("c", "d"), ("e", "f")])
    near.add_node("g")
    at = places({n: Room(60, 10, 20) for n in near}, near)
    assert len(set(at.values())) == 7


def test_hostile_words_are_in_the_picture_as_they_are(tmp_path: Path) -> None:
    titles = {c["title"] for c in data_of(page_of(world(), tmp_path))["cards"].values()}
    assert {IMAGE, SCRIPT, MARKDOWN, FORMULA} <= titles


def test_an_edge_without_words_has_a_card(tmp_path: Path) -> None:
    graph = world()
    bare = Edge("owns/x", "OWNS", "company/alder-bio", "technology/quillcell")
    data = data_of(page_of(Graph(graph.nodes, {**graph.edges, bare.id: bare}), tmp_path))
    assert data["cards"]["owns/x"]["quotations"] == []
