/* Draws a picture with vis-network. Shared by the self-contained page and the Streamlit component.
   Everything that comes from filings goes to the canvas or into textContent, never into HTML. */
"use strict";

const FADED = 0.3;

/* Text without what XML cannot hold. */
function plain(text) {
  return String(text).toWellFormed().replace(/[^\t\n\r\u0020-\uFFFD]/gu, (sign) => (sign.codePointAt(0) > 0xffff ? sign : ""));
}

function offer(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function drawNetwork(container, picture, options) {
  const nodes = new vis.DataSet();
  const edges = new vis.DataSet();
  const hidden = new Set(options.hidden);
  let ends = new Map();
  let picked = null;
  let near = new Set(); // what has to do with the pick
  let lit = new Set();
  let looks = new Map(); // how each node and line was drawn last: to draw it anew takes time

  const look = (name, otherwise) => getComputedStyle(container).getPropertyValue(name).trim() || otherwise;
  let colors = {};

  function dressedNode(node) {
    const full = picked === null || near.has(node.id);
    const boxed = node.shape === "box";
    const label = boxed
      ? { color: "#ffffff", size: node.text }
      : { color: full ? colors.text : colors.faint, size: node.text, strokeWidth: 3, strokeColor: colors.ground };
    const sign = { background: node.color, border: boxed ? colors.line : colors.ground };
    const marked = { background: node.color, border: colors.text };
    return {
      ...node,
      label: String(node.label),
      hidden: isAway(node),
      opacity: full ? 1 : FADED,
      font: { multi: false, ...label },
      color: { ...sign, highlight: marked, hover: marked },
    };
  }

  function dressedEdge(edge) {
    const opacity = picked === null || lit.has(edge.id) ? 0.85 : FADED;
    return { ...edge, hidden: isAway(edge), color: { color: edge.color, highlight: edge.color, hover: edge.color, opacity } };
  }

  /* Whether a kind, or an end of a line, is not to be seen. */
  function isAway({ kind, from, to }) {
    return hidden.has(kind) || (from !== undefined && (hidden.has(kinds.get(from)) || hidden.has(kinds.get(to))));
  }
  let kinds = new Map();

  const lookOf = (record) => `${isAway(record)} ${picked === null || near.has(record.id) || lit.has(record.id)}`;

  function load(next) {
    picture = next;
    ends = new Map(next.edges.map((e) => [e.id, e]));
    kinds = new Map(next.nodes.map((n) => [n.id, n.kind]));
    colors = {
      text: look("--text", "#1e293b"), ground: look("--ground", "#ffffff"),
      line: look("--line", "#94a3b8"), faint: look("--faint", "#94a3b8"),
    };
    seek();
    looks = new Map([...next.nodes, ...next.edges].map((record) => [record.id, lookOf(record)]));
    nodes.clear();
    edges.clear();
    nodes.add(next.nodes.map(dressedNode));
    edges.add(next.edges.map(dressedEdge));
  }

  /* Draw anew what looks different now. */
  function refresh() {
    const differs = (record) => {
      const now = lookOf(record);
      if (looks.get(record.id) === now) return false;
      looks.set(record.id, now);
      return true;
    };
    nodes.update(picture.nodes.filter(differs).map(dressedNode));
    edges.update(picture.edges.filter(differs).map(dressedEdge));
  }

  /* What has to do with the pick: all else is faded. */
  function seek() {
    near = new Set();
    lit = new Set();
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
  }

  function select(id) {
    const known = id !== null && (kinds.has(id) || ends.has(id));
    picked = known ? id : null;
    network.unselectAll();
    if (known && ends.has(id)) network.selectEdges([id]);
    else if (known) network.selectNodes([id], false);
    seek();
    refresh();
    return known;
  }

  function show(id) {
    if (!select(id)) return false;
    const edge = ends.get(id);
    const spots = Object.values(network.getPositions(edge ? [edge.from, edge.to] : [id]));
    const middle = (axis) => spots.reduce((sum, p) => sum + p[axis], 0) / spots.length;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    network.moveTo({
      position: { x: middle("x"), y: middle("y") },
      scale: Math.max(network.getScale(), 0.8),
      animation: still ? false : { duration: 250, easingFunction: "easeInOutQuad" },
    });
    return true;
  }

  /* All of it, or, where that would leave nothing to read, its best connected part. */
  function frame() {
    network.fit({ animation: false, maxZoomLevel: 1.4 });
    if (container.clientWidth < 600 && network.getScale() < 0.6 && picture.nodes.length) {
      const hub = picture.nodes.reduce((best, n) => (n.size > best.size ? n : best));
      network.moveTo({ position: network.getPositions([hub.id])[hub.id], scale: 0.6 });
    }
  }

  /* What is seen, on the colour of the page. */
  function photograph() {
    const seen = container.querySelector("canvas");
    const photo = Object.assign(document.createElement("canvas"), { width: seen.width, height: seen.height });
    const paint = photo.getContext("2d");
    paint.fillStyle = look("--ground", "#ffffff");
    paint.fillRect(0, 0, photo.width, photo.height);
    paint.drawImage(seen, 0, 0);
    return photo;
  }

  /* All that is not hidden, as SVG: elements are made one by one, so that a name stays text. */
  function drawing() {
    const space = "http://www.w3.org/2000/svg";
    const add = (parent, tag, attributes, text = "") => {
      const element = document.createElementNS(space, tag);
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
      element.textContent = plain(text);
      return parent.appendChild(element);
    };
    const at = network.getPositions();
    const shown = picture.nodes.filter((n) => !nodes.get(n.id).hidden);
    const [xs, ys] = ["x", "y"].map((axis) => shown.map((n) => at[n.id][axis]));
    const low = { x: Math.min(0, ...xs) - 120, y: Math.min(0, ...ys) - 60 };
    const size = { x: Math.max(0, ...xs) + 120 - low.x, y: Math.max(0, ...ys) + 60 - low.y };
    const root = document.createElementNS(space, "svg");
    root.setAttribute("viewBox", `${low.x} ${low.y} ${size.x} ${size.y}`);
    root.setAttribute("font-family", "sans-serif");
    add(root, "rect", { ...low, width: size.x, height: size.y, fill: look("--ground", "#ffffff") });
    for (const line of picture.edges.filter((e) => !edges.get(e.id).hidden)) {
      const [a, b] = [at[line.from], at[line.to]];
      const turn = line.smooth ? line.smooth.roundness * (line.smooth.type === "curvedCW" ? 1 : -1) : 0;
      const bend = { x: (a.x + b.x) / 2 + turn * (b.y - a.y), y: (a.y + b.y) / 2 - turn * (b.x - a.x) };
      add(add(root, "path", {
        d: `M${a.x} ${a.y} Q${bend.x} ${bend.y} ${b.x} ${b.y}`, fill: "none", stroke: line.color,
        "stroke-width": line.width, ...(line.dashes ? { "stroke-dasharray": "6 4" } : {}),
      }), "title", {}, [line.says, line.date].filter(Boolean).join(", "));
    }
    for (const node of shown) {
      const { x, y } = at[node.id];
      const r = node.size;
      if (node.shape === "box") {
        const wide = node.label.length * node.text * 0.56 + 12;
        add(root, "rect", { x: x - wide / 2, y: y - 12, width: wide, height: 24, rx: 4, fill: node.color });
      } else if (node.shape === "diamond") add(root, "path", { d: `M${x} ${y - r}L${x + r} ${y}L${x} ${y + r}L${x - r} ${y}Z`, fill: node.color });
      else if (node.shape === "triangle") add(root, "path", { d: `M${x} ${y - r}L${x + r} ${y + r}L${x - r} ${y + r}Z`, fill: node.color });
      else add(root, "circle", { cx: x, cy: y, r, fill: node.color });
      const boxed = node.shape === "box";
      add(root, "text", {
        x, y: boxed ? y + node.text / 3 : y + r + node.text, "text-anchor": "middle", "font-size": node.text,
        fill: boxed ? "#ffffff" : look("--text", "#1e293b"),
      }, node.label);
    }
    return new XMLSerializer().serializeToString(root);
  }

  load(picture);
  const network = new vis.Network(container, { nodes, edges }, picture.options);
  frame();
  container.querySelector(".vis-network").tabIndex = 0;
  container.network = network;
  container.addEventListener("pointerdown", () => { container.dataset.pointer = ""; }, true);
  container.addEventListener("keydown", () => { delete container.dataset.pointer; }, true);

  network.on("click", (event) => {
    const id = event.nodes[0] ?? event.edges[0] ?? null;
    options.onPick(id); // the words are on their way while the picture fades
    select(id);
  });
  network.on("dragEnd", (event) => {
    if (!event.nodes.length) return;
    const moved = Object.entries(network.getPositions(event.nodes)).map(([id, { x, y }]) => [id, [x, y]]);
    options.onMove?.(Object.fromEntries(moved));
  });
  network.on("hoverNode", ({ node }) => options.onHover(nodes.get(node).label));
  network.on("hoverEdge", ({ edge }) => options.onHover([ends.get(edge).says, ends.get(edge).date].filter(Boolean).join(", ")));
  network.on("blurNode", () => options.onHover(""));
  network.on("blurEdge", () => options.onHover(""));
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  const redress = () => load(picture);
  scheme.addEventListener("change", redress);

  return {
    network,
    select,
    show,
    redress,
    load,
    hide(kind, away) {
      if (away) hidden.add(kind);
      else hidden.delete(kind);
      refresh();
    },
    frame,
    fit() { network.fit({ animation: false, maxZoomLevel: 1.4 }); },
    save(kind) {
      if (kind === "svg") offer(new Blob([drawing()], { type: "image/svg+xml" }), "network.svg");
      else photograph().toBlob((blob) => offer(blob, "network.png"));
    },
    zoom(factor) { network.moveTo({ scale: network.getScale() * factor }); },
    destroy() {
      scheme.removeEventListener("change", redress);
      network.destroy();
    },
  };
}
