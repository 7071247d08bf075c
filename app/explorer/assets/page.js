/* The self-contained page: search, legend, panel. `drawNetwork` stands above in the same script. */
const page = JSON.parse(document.getElementById("data").textContent);
const $ = (id) => document.getElementById(id);

/* An element with text and children; text is always text. */
function make(tag, options = {}, ...children) {
  const element = document.createElement(tag);
  const { text, attributes = {}, ...rest } = options;
  if (text !== undefined) element.textContent = text;
  Object.assign(element, rest);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.filter(Boolean));
  return element;
}

function swatch(color, shape) {
  const mark = make("span", { className: `swatch ${shape}` });
  mark.style.background = color;
  return mark;
}

const kinds = new Map([...page.legend.nodes, ...page.legend.edges].map((k) => [k.type, k]));
const view = drawNetwork($("network"), page, {
  hidden: [...kinds.values()].filter((k) => k.hidden).map((k) => k.type),
  onPick: (id) => openCard(id, false),
  onHover: (words) => { $("hover").textContent = words; },
});

function openCard(id, move = true) {
  const card = id !== null && Object.hasOwn(page.cards, id) ? page.cards[id] : null;
  if (move && card) view.show(id);
  history.replaceState(null, "", card ? `#${encodeURIComponent(id)}` : location.pathname + location.search);
  $("panel").replaceChildren(...(card ? read(card) : welcome()));
  $("panel").scrollTop = 0;
  if (move && card) $("panel").focus({ preventScroll: true });
}

function closeCard() {
  view.select(null);
  openCard(null);
}

function welcome() {
  const ranked = page.nodes
    .filter((n) => n.kind === "Company")
    .map((n) => page.cards[n.id])
    .sort((a, b) => b.links.length - a.links.length)
    .slice(0, 8);
  return [
    make("h2", { text: "Click a line to read the sentence behind it" }),
    make("p", { text: "Every line and dot in this picture is a quotation from an SEC filing. Pick one, or search for a name." }),
    ranked.length ? make("h3", { text: "Most connected companies" }) : null,
    make("ul", { className: "plain" }, ...ranked.map((card) => make("li", {}, row(card.title, String(card.links.length), card.id)))),
  ].filter(Boolean);
}

function row(name, when, id, says = "") {
  const words = make("span", { className: "to" }, says ? make("span", { className: "says", text: `${says} ` }) : null, document.createTextNode(name));
  return make("button", { type: "button", className: "row", onclick: () => openCard(id), disabled: !Object.hasOwn(page.cards, id) },
    words, make("span", { className: "when", text: when }));
}

function read(card) {
  const kind = kinds.get(card.type);
  const quoted = new Set(card.quotations);
  const parts = [
    make("div", { className: "top" },
      make("span", { className: "type" }, swatch(card.color, kind?.shape ?? "line"), document.createTextNode(kind?.says ?? card.type)),
      make("button", { type: "button", text: "Close", onclick: closeCard })),
    make("h2", { text: card.title }),
  ];
  if (card.facts.length) {
    parts.push(make("dl", {}, ...card.facts.flatMap(([name, value]) => [make("dt", { text: name }), make("dd", { text: value })])));
  }
  const isEdge = view.network.body.data.edges.get(card.id) !== null && !card.id.startsWith("lines|"); // many edges have a list
  if (isEdge) parts.push(...quotations(card.quotations, true), ...terms(card, quoted), ...links(card, true));
  else parts.push(...terms(card, quoted), ...quotations(card.quotations, false), ...links(card, false));
  return parts;
}

function terms(card, quoted) {
  if (!card.terms.length) return [];
  const list = make("dl", {}, ...card.terms.flatMap((term) => {
    const value = make("dd", {}, document.createTextNode(term.value ? `${term.value} ` : ""), make("span", { className: `state ${term.state}`, text: term.state }));
    return [make("dt", { text: term.kind }), value];
  }));
  const more = [...new Set(card.terms.flatMap((t) => t.quotations))].filter((q) => !quoted.has(q));
  return [make("h3", { text: "Terms" }), list, ...(more.length ? [make("h3", { text: "Words behind the terms" }), ...more.map(figure)] : [])];
}

function quotations(ids, expected) {
  if (!ids.length) return expected ? [make("p", { text: "This line follows from how filings are built; it quotes nothing." })] : [];
  return [make("h3", { text: ids.length === 1 ? "The words" : `The words, ${ids.length} times` }), ...ids.map(figure)];
}

function figure(id) {
  const q = page.quotations[id];
  const source = [q.form, q.exhibit !== q.form ? q.exhibit : "", q.date ? `filed ${q.date}` : ""].filter(Boolean).join(" · ");
  const caption = make("figcaption", { text: source });
  if (q.url) {
    caption.append(" · ", make("a", { text: "open at the SEC", href: q.url, target: "_blank", rel: "noopener noreferrer" }));
  }
  return make("figure", {}, make("blockquote", { text: q.quote }), caption);
}

function links(card, ends) {
  if (!card.links.length) return [];
  const items = card.links.map((link) => {
    if (ends) return make("li", {}, row(link.name, link.date, link.other, link.edge ? (link.outward ? "to" : "from") : link.says));
    const says = link.outward ? link.says : `← ${link.says}`;
    const line = make("button", { type: "button", className: "row edge", text: "words", onclick: () => openCard(link.edge),
      disabled: !Object.hasOwn(page.cards, link.edge), attributes: { "aria-label": `Words behind: ${link.says} ${link.name}` } });
    return make("li", { className: "pair" }, row(link.name, link.date, link.other, says), line);
  });
  return [make("h3", { text: ends ? "Between" : `Connections (${items.length})` }), make("ul", { className: "plain" }, ...items)];
}

/* Legend and filter in one. */
for (const [name, list, title] of [["nodes", page.legend.nodes, "Things"], ["edges", page.legend.edges, "Lines"]]) {
  const set = make("fieldset", { attributes: { "data-of": name } }, make("legend", { text: title }));
  for (const kind of list) {
    const box = make("input", { type: "checkbox", checked: !kind.hidden, value: kind.type, onchange: () => view.hide(kind.type, !box.checked) });
    set.append(make("label", {}, box, swatch(kind.color, kind.shape ?? "line"), document.createTextNode(kind.says), make("span", { className: "n", text: kind.count })));
  }
  $("legend").querySelector(".kinds").append(set);
}
if (matchMedia("(max-width: 1100px)").matches) $("legend").open = false;

/* Search: type, arrows, Enter. */
const names = page.nodes.map((n) => {
  const card = page.cards[n.id];
  return { id: n.id, name: card.title, kind: n.kind, text: [card.title, ...(page.aliases[n.id] ?? [])].join("\n").toLowerCase(), weight: card.links.length };
});
const find = $("find");
const found = $("found");
let current = -1;

function hits() {
  const words = find.value.trim().toLowerCase();
  if (!words) return [];
  return names.filter((n) => n.text.includes(words))
    .sort((a, b) => b.name.toLowerCase().startsWith(words) - a.name.toLowerCase().startsWith(words) || b.weight - a.weight)
    .slice(0, 12);
}

function list() {
  const matches = hits();
  const asked = find.value.trim() !== "";
  found.replaceChildren(...matches.map((m, i) => make("li", {
    id: `found-${i}`, onmousedown: (event) => { event.preventDefault(); take(m.id); },
    attributes: { role: "option", "aria-selected": String(i === current) } },
    document.createTextNode(m.name), make("span", { className: "n", text: `  ${m.kind}` }))));
  if (asked && !matches.length) found.append(make("li", { className: "none", text: "Nothing of that name in this picture", attributes: { role: "option", "aria-disabled": "true", "aria-selected": "false" } }));
  found.hidden = !asked;
  find.setAttribute("aria-expanded", String(asked));
  if (current >= 0) find.setAttribute("aria-activedescendant", `found-${current}`);
  else find.removeAttribute("aria-activedescendant");
}

function take(id) {
  find.value = "";
  current = -1;
  list();
  openCard(id);
}

find.addEventListener("input", () => { current = -1; list(); });
find.addEventListener("blur", () => { found.hidden = true; find.setAttribute("aria-expanded", "false"); });
find.addEventListener("keydown", (event) => {
  const matches = hits();
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    const step = event.key === "ArrowDown" ? 1 : -1;
    if (matches.length) current = (current + step + matches.length + (current < 0 && step < 0 ? 1 : 0)) % matches.length;
    list();
  } else if (event.key === "Enter" && matches.length) take(matches[Math.max(current, 0)].id);
  else if (event.key === "Escape") { find.value = ""; current = -1; list(); }
});

for (const button of document.querySelectorAll("[data-zoom]")) button.onclick = () => view.zoom(Number(button.dataset.zoom));
$("fit").onclick = () => view.fit();
for (const button of document.querySelectorAll("[data-save]")) button.onclick = () => view.save(button.dataset.save);
document.addEventListener("keydown", (event) => {
  if (event.target === find) return;
  if (event.key === "Escape") closeCard();
  else if (event.key === "/") { event.preventDefault(); find.focus(); }
});
function follow() {
  let id = null;
  try { id = decodeURIComponent(location.hash.slice(1)); } catch { /* a broken address shows the start */ }
  openCard(Object.hasOwn(page.cards, id) ? id : null);
}
addEventListener("hashchange", follow);
follow();
document.documentElement.dataset.ready = "yes";
