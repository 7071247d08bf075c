"use strict";
const body = document.querySelector("tbody");
const rows = [...body.rows];
const heads = [...document.querySelectorAll("thead th")];
const count = document.getElementById("count");
const said = count.textContent;
const chosen = document.querySelector("select");
const words = document.querySelector("input");
const compare = new Intl.Collator(undefined, { numeric: true }).compare;

function sort(column, down) {
  const key = (row) => row.cells[column].dataset.sort ?? row.cells[column].textContent;
  const both = (a, b) => (a === "") - (b === "") || (down ? -1 : 1) * (a - b || compare(a, b));
  const sorted = column < 0 ? rows : [...rows].sort((a, b) => both(key(a), key(b)));
  body.append(...sorted);
  heads.forEach((head, i) => (i === column ? head.setAttribute("aria-sort", down ? "descending" : "ascending") : head.removeAttribute("aria-sort")));
  chosen.value = column < 0 ? "" : String(column);
}

heads.forEach((head, i) => head.firstChild.addEventListener("click", () => {
  const now = head.getAttribute("aria-sort");
  sort(now === "descending" ? -1 : i, now === "ascending");
}));
chosen.addEventListener("change", () => sort(chosen.value === "" ? -1 : Number(chosen.value), false));
words.addEventListener("input", () => {
  const wanted = words.value.trim().toLowerCase();
  for (const row of rows) row.hidden = !row.textContent.toLowerCase().includes(wanted);
  const left = rows.filter((row) => !row.hidden).length;
  count.textContent = wanted ? `${left.toLocaleString("en")} of ${said}` : said;
});
for (const label of document.querySelectorAll("label")) label.hidden = rows.length < 2;
document.body.classList.add("script");
