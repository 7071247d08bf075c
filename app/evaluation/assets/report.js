"use strict";
// Filters the list of findings and the marks in the texts, and leads from one to the other.
const form = document.getElementById("filter");
const words = document.getElementById("words");
const ORDER = ["missed", "wrong", "spurious", "found"];
const items = new Map([...document.querySelectorAll(".findings li")].map((li) => [li.id.slice(1), li]));
const marks = [...document.querySelectorAll(".text mark")].map((mark) => ({
  mark,
  ids: mark.dataset.f.split(" "),
  of: mark.classList.contains("edge") ? "edge" : "entity",
}));
for (const li of items.values()) li.words = li.textContent.toLowerCase();

function chosen(name) {
  return new Set([...form.querySelectorAll(`[name=${name}]:checked`)].map((box) => box.value));
}

function apply() {
  const looks = chosen("look");
  const kinds = chosen("kind");
  const wanted = words.value.trim().toLowerCase();
  const seen = new Set();
  for (const [id, li] of items) {
    li.hidden = !(looks.has(li.dataset.look) && kinds.has(li.dataset.kind) && li.words.includes(wanted));
    if (!li.hidden) seen.add(id);
  }
  for (const { mark, ids } of marks) {
    const shown = ids.filter((id) => seen.has(id)).map((id) => items.get(id));
    const worst = ORDER.find((look) => shown.some((li) => li.dataset.look === look)) || "";
    const of = shown.some((li) => li.dataset.kind === "statement") ? "edge" : "entity";
    mark.className = worst ? `${worst} ${of}` : "";
  }
  const narrowed = seen.size < items.size;
  for (const article of document.querySelectorAll(".document")) {
    article.hidden = narrowed && !article.querySelector(".findings li:not([hidden])");
  }
  document.getElementById("count").textContent = `${seen.size.toLocaleString("en")} of ${items.size.toLocaleString("en")} shown`;
}

function unlit() {
  for (const each of document.querySelectorAll(".lit")) each.classList.remove("lit");
}

function opened(place) {
  for (let up = place; up; up = up.parentElement) if (up.tagName === "DETAILS") up.open = true;
}

// The anchor #m12 stands before the first words of finding 12.
function follow() {
  const place = document.getElementById(location.hash.slice(1));
  if (!place) return;
  opened(place);
  unlit();
  const id = place.id.slice(1);
  const own = place.id[0] === "m" ? marks.filter(({ ids }) => ids.includes(id)) : [];
  for (const { mark } of own) mark.classList.add("lit");
  (own.length ? own[0].mark : place).scrollIntoView({ block: own.length ? "center" : "start" });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  if (link && link.hash === location.hash) follow();
  const mark = event.target.closest(".text mark");
  const li = mark && mark.dataset.f.split(" ").map((id) => items.get(id)).find((each) => !each.hidden);
  if (!li) return;
  unlit();
  li.classList.add("lit");
  li.scrollIntoView({ block: "nearest" });
});
addEventListener("hashchange", follow);
form.addEventListener("input", apply);
form.addEventListener("submit", (event) => event.preventDefault());
form.hidden = false;
apply();
follow();
document.documentElement.dataset.ready = "";
