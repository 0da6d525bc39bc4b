"use strict";
// Only the rows in view are in the document, so that the list is as fast with many rows as with few.
const HEIGHT = 84, SPARE = 6;
const list = $("list"), space = $("space");
let visible = [], chosen = null;

function draw() {
  const first = Math.max(0, Math.floor(list.scrollTop / HEIGHT) - SPARE);
  const last = Math.min(visible.length, Math.ceil((list.scrollTop + list.clientHeight) / HEIGHT) + SPARE);
  const items = [];
  for (let place = first; place < last; place++) items.push(item(visible[place], place));
  space.replaceChildren(...items);
}
function item(row, place) {
  const label = stance(row);
  const words = ROWS.quote[row] === null
    ? make("div", { class: "words withheld" }, `${ROWS.words[row].toLocaleString("en")} words, not printed here (${[DOCS.publisher[ROWS.doc[row]], DOCS.id[ROWS.doc[row]]].filter(Boolean).join(", ")})`)
    : make("div", { class: "words" }, ROWS.quote[row]);
  const about = [name(ROWS.speaker[row]) || (ROWS.mention[row] ? `“${ROWS.mention[row]}”` : "speaker not named"), said(row), name(ROWS.source[row])];
  if (ROWS.target[row] >= 0) about.push(`about ${name(ROWS.target[row])}`);
  return make("div", {
    class: row === chosen ? "row chosen" : "row", style: `top:${place * HEIGHT}px`, role: "option", id: `row-${row}`,
    "aria-selected": row === chosen, "aria-posinset": place + 1, "aria-setsize": visible.length, "data-row": row,
  }, make("span", { class: `stance ${label || ""}`, title: label || "no stance" }, SIGNS[label] || ""), words,
  make("div", { class: "about" }, about.filter(Boolean).join(" · ")));
}
function showRows(rows) {
  visible = rows;
  space.style.height = `${rows.length * HEIGHT}px`;
  list.scrollTop = 0;
  draw();
}
function scrollTo(row) {
  const place = visible.indexOf(row);
  if (place < 0) return;
  const top = place * HEIGHT;
  if (top < list.scrollTop || top + HEIGHT > list.scrollTop + list.clientHeight) list.scrollTop = Math.max(0, top - list.clientHeight / 3);
}
list.addEventListener("scroll", () => requestAnimationFrame(draw), { passive: true });
list.addEventListener("click", (event) => { const found = event.target.closest(".row"); if (found) choose(Number(found.dataset.row)); });
list.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
  if (event.key === "Home" || event.key === "End" || step) {
    event.preventDefault();
    const at = visible.indexOf(chosen);
    const place = event.key === "Home" ? 0 : event.key === "End" ? visible.length - 1 : at < 0 ? 0 : at + step;
    if (visible.length) choose(visible[Math.max(0, Math.min(visible.length - 1, place))]);
  }
});
window.addEventListener("resize", () => requestAnimationFrame(draw));
