/* Draws a picture with vis-network. Shared by the self-contained page and the Streamlit component.
   Everything that comes from filings goes to the canvas or into textContent, never into HTML. */
"use strict";

const FADED = 0.3;

function drawNetwork(container, picture, options) {
  const nodes = new vis.DataSet();
  const edges = new vis.DataSet();
  const hidden = new Set(options.hidden);
  let ends = new Map();
  let picked = null;

  const look = (name, otherwise) => getComputedStyle(container).getPropertyValue(name).trim() || otherwise;

  function dressedNode(node) {
    const boxed = node.shape === "box";
    const text = look("--text", "#1e293b");
    const ground = look("--ground", "#ffffff");
    const label = boxed
      ? { color: "#ffffff", size: node.text }
      : { color: text, size: node.text, strokeWidth: 3, strokeColor: ground };
    const color = { background: node.color, border: boxed ? look("--line", "#94a3b8") : ground };
    return {
      ...node,
      label: String(node.label),
      font: { multi: false, ...label },
      color: { ...color, highlight: { background: node.color, border: text }, hover: { background: node.color, border: text } },
    };
  }

  function dressedEdge(edge) {
    return { ...edge, color: { color: edge.color, highlight: edge.color, hover: edge.color, opacity: 0.8 } };
  }

  function load(next) {
    picture = next;
    ends = new Map(next.edges.map((e) => [e.id, e]));
    nodes.clear();
    edges.clear();
    nodes.add(next.nodes.map(dressedNode));
    edges.add(next.edges.map(dressedEdge));
    sift();
  }

  /* Show only the kinds that are not hidden. */
  function sift() {
    const away = new Set(picture.nodes.filter((n) => hidden.has(n.kind)).map((n) => n.id));
    nodes.update(picture.nodes.map((n) => ({ id: n.id, hidden: away.has(n.id) })));
    edges.update(picture.edges.map((e) => ({ id: e.id, hidden: hidden.has(e.kind) || away.has(e.from) || away.has(e.to) })));
  }

  /* Fade what has nothing to do with the pick. */
  function light() {
    const near = new Set();
    const lit = new Set();
    const edge = ends.get(picked);
    if (edge) {
      near.add(edge.from).add(edge.to);
      lit.add(picked);
    } else if (picked !== null) {
      near.add(picked);
      for (const e of picture.edges) {
        if (e.from === picked || e.to === picked || e.subjects.includes(picked)) {
          near.add(e.from).add(e.to);
          lit.add(e.id);
        }
      }
    }
    nodes.update(picture.nodes.map((n) => {
      const full = picked === null || near.has(n.id);
      const dressed = dressedNode(n);
      if (!full && n.shape !== "box") dressed.font.color = look("--faint", "#94a3b8");
      return { id: n.id, opacity: full ? 1 : FADED, font: dressed.font };
    }));
    edges.update(picture.edges.map((e) => {
      const full = picked === null || lit.has(e.id);
      return { id: e.id, color: { color: e.color, highlight: e.color, hover: e.color, opacity: full ? 0.9 : FADED } };
    }));
  }

  function select(id) {
    const known = id !== null && (nodes.get(id) !== null || ends.has(id));
    picked = known ? id : null;
    network.unselectAll();
    if (known && ends.has(id)) network.selectEdges([id]);
    else if (known) network.selectNodes([id], false);
    light();
    return known;
  }

  function show(id) {
    if (!select(id)) return;
    const edge = ends.get(id);
    const spots = Object.values(network.getPositions(edge ? [edge.from, edge.to] : [id]));
    const middle = (axis) => spots.reduce((sum, p) => sum + p[axis], 0) / spots.length;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    network.moveTo({
      position: { x: middle("x"), y: middle("y") },
      scale: Math.max(network.getScale(), 0.8),
      animation: still ? false : { duration: 250, easingFunction: "easeInOutQuad" },
    });
  }

  /* All of it, or, where that would leave nothing to read, its best connected part. */
  function frame() {
    network.fit({ animation: false, maxZoomLevel: 1.4 });
    if (container.clientWidth < 600 && network.getScale() < 0.6 && picture.nodes.length) {
      const hub = picture.nodes.reduce((best, n) => (n.size > best.size ? n : best));
      network.moveTo({ position: network.getPositions([hub.id])[hub.id], scale: 0.6 });
    }
  }

  const network = new vis.Network(container, { nodes, edges }, picture.options);
  load(picture);
  frame();
  container.querySelector(".vis-network").tabIndex = 0;
  container.network = network;
  container.addEventListener("pointerdown", () => { container.dataset.pointer = ""; }, true);
  container.addEventListener("keydown", () => { delete container.dataset.pointer; }, true);

  network.on("click", (event) => {
    const id = event.nodes[0] ?? event.edges[0] ?? null;
    select(id);
    options.onPick(id);
  });
  network.on("hoverNode", ({ node }) => options.onHover(nodes.get(node).label));
  network.on("hoverEdge", ({ edge }) => options.onHover([ends.get(edge).says, ends.get(edge).date].filter(Boolean).join(", ")));
  network.on("blurNode", () => options.onHover(""));
  network.on("blurEdge", () => options.onHover(""));
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  const redress = () => { load(picture); light(); };
  scheme.addEventListener("change", redress);

  return {
    network,
    select,
    show,
    redress,
    load(next) { load(next); light(); },
    hide(kind, away) {
      if (away) hidden.add(kind);
      else hidden.delete(kind);
      sift();
    },
    frame,
    fit() { network.fit({ animation: false, maxZoomLevel: 1.4 }); },
    zoom(factor) { network.moveTo({ scale: network.getScale() * factor }); },
    destroy() {
      scheme.removeEventListener("change", redress);
      network.destroy();
    },
  };
}
