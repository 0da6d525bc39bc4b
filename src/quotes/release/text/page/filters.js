"use strict";
// Which rows are shown. A choice is the index of a name, "" for all, "-1" for rows without one.
const CHOICES = { speaker: ROWS.speaker, source: ROWS.source, kind: ROWS.kind, stance: ROWS.stance };

function fill(select, counts, label, all) {
  const known = [...counts.entries()].filter(([index]) => index >= 0).sort((a, b) => b[1] - a[1] || (label(a[0]) < label(b[0]) ? -1 : 1));
  const options = [make("option", { value: "" }, all)];
  for (const [index, count] of known) options.push(make("option", { value: index }, `${label(index)} (${count.toLocaleString("en")})`));
  if (counts.get(-1)) options.push(make("option", { value: -1 }, `none (${counts.get(-1).toLocaleString("en")})`));
  select.replaceChildren(...options);
}
function counted(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) || 0) + 1);
  return counts;
}
function targetsOf(row) {
  const places = ABOUT.get(row);
  return places ? new Set(places.map((place) => STANCES.target[place])) : new Set([-1]);
}
function prepareFilters() {
  fill($("speaker"), counted(ROWS.speaker), name, "all");
  fill($("source"), counted(ROWS.source), name, "all");
  fill($("stance"), counted(ROWS.stance), (index) => `${SIGNS[LABELS[index]]} ${LABELS[index]}`, "all");
  fill($("kind"), counted(ROWS.kind), (index) => DATA.kinds[index], "all");
  const about = [];
  for (let row = 0; row < COUNT; row++) about.push(...targetsOf(row));
  fill($("target"), counted(about), name, "all");
  const collections = counted(ROWS.doc.map((doc) => DOCS.collection[doc]));
  fill($("collection"), collections, name, "all");
  $("collections").hidden = collections.size < 2;
}
const MARKED = /[^\d-]/;
function shown() {
  const terms = $("search").value.toLowerCase().split(/\s+/).filter(Boolean);
  const wanted = Object.entries(CHOICES).map(([id, values]) => [values, $(id).value]).filter(([, value]) => value !== "");
  const target = $("target").value, collection = $("collection").value;
  const from = MARKED.test($("from").value) ? "" : $("from").value, to = MARKED.test($("to").value) ? "" : $("to").value;
  const found = [];
  for (let row = 0; row < COUNT; row++) {
    if (!wanted.every(([values, value]) => values[row] === Number(value))) continue;
    if (collection !== "" && DOCS.collection[ROWS.doc[row]] !== Number(collection)) continue;
    if (target !== "" && !targetsOf(row).has(Number(target))) continue;
    if (from || to) {
      const said = when(row);
      // A month counts where any of its days does.
      if (!said || (from && said < from.slice(0, said.length)) || (to && said.slice(0, to.length) > to)) continue;
    }
    if (terms.length && !terms.every((term) => haystack(row).includes(term))) continue;
    found.push(row);
  }
  return found;
}
