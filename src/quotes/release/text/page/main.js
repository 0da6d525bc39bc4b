"use strict";
let waiting = 0;
function update() {
  const rows = shown();
  const documents = new Set(rows.map((row) => ROWS.doc[row])).size, speakers = new Set(rows.map((row) => ROWS.speaker[row]).filter((index) => index >= 0)).size;
  const of = rows.length === COUNT ? "" : ` of ${COUNT.toLocaleString("en")}`;
  $("count").textContent = `${rows.length.toLocaleString("en")}${of} quotations in ${documents.toLocaleString("en")} documents, by ${speakers.toLocaleString("en")} named speakers`;
  showRows(rows);
  timeline(rows);
  matrix(rows);
}
function later() { clearTimeout(waiting); waiting = setTimeout(update, 120); }
function follow() {
  const row = BY_ID.get(decodeURIComponent(location.hash.slice(1)));
  if (row === undefined) return;
  if (!visible.includes(row)) { $("filters").reset(); update(); }
  choose(row);
}
$("filters").addEventListener("input", later);
$("filters").addEventListener("submit", (event) => event.preventDefault());
$("filters").addEventListener("reset", () => setTimeout(() => { update(); if (chosen !== null) { scrollTo(chosen); draw(); } }));
window.addEventListener("hashchange", follow);
document.addEventListener("keydown", (event) => { if (event.key === "Escape" && !$("detail").hidden) closeDetail(); });
prepareFilters();
update();
follow();
document.documentElement.dataset.ready = "yes";
