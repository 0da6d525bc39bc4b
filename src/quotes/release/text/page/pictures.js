"use strict";
// Two pictures of the rows that are shown: stance over time, and who speaks how about whom.
const SVG = "http://www.w3.org/2000/svg";
function draws(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}
const ORDER = ["against", "neutral", "none", "favour"];
const MOST_BARS = 40;

// The stretch of days that holds nearly all rows: one speech of long ago must not squeeze a year into a line.
function stretch(days) {
  const sorted = [...days].sort(), cut = Math.floor(sorted.length / 100);
  return [sorted[cut], sorted[sorted.length - 1 - cut]];
}
function periods(days) {
  for (const size of [10, 7, 4]) {
    const fitting = days.filter((said) => said.length >= size);
    const found = new Set(fitting.map((said) => said.slice(0, size)));
    if (size === 4 || (found.size <= MOST_BARS && fitting.length >= 0.9 * days.length)) return size;
  }
  return 4;
}
function between(first, last, size) {
  if (size === 10) {
    const found = [];
    for (let day = new Date(`${first}T00:00:00Z`); found.length < 400; day.setUTCDate(day.getUTCDate() + 1)) {
      found.push(day.toISOString().slice(0, 10));
      if (found[found.length - 1] >= last) return found;
    }
    return null;
  }
  const found = [];
  let [year, month] = first.split("-").map(Number);
  while (found.length < 400) {
    const period = size === 4 ? String(year).padStart(4, "0") : `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}`;
    found.push(period);
    if (period >= last) return found;
    if (size === 4) year += 1; else if (month === 12) { year += 1; month = 1; } else month += 1;
  }
  return null;
}
function timeline(rows) {
  if (!rows.some(when)) { $("timeline").replaceChildren(make("p", { class: "legend" }, "No row with a year.")); return; }
  const [first, last] = stretch(rows.map(when).filter(Boolean));
  const inside = rows.filter((row) => { const said = when(row); return said && said >= first.slice(0, said.length) && said <= last; });
  const size = periods(inside.map(when)), counts = new Map();
  const drawn = inside.filter((row) => when(row).length >= size);
  for (const row of drawn) {
    const period = when(row).slice(0, size);
    if (!counts.has(period)) counts.set(period, { against: 0, neutral: 0, none: 0, favour: 0 });
    counts.get(period)[stance(row) || "none"] += 1;
  }
  const known = [...counts.keys()].sort();
  const gaps = between(known[0], known[known.length - 1], size);
  const shownPeriods = gaps && gaps.length <= MOST_BARS * 2 ? gaps : known;
  const most = Math.max(...[...counts.values()].map((count) => ORDER.reduce((sum, label) => sum + count[label], 0)));
  const width = 360, height = 150, left = 34, bottom = 18, room = height - bottom - 8;
  const step = Math.min(46, (width - left) / shownPeriods.length), svg = draws("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": "Quotations by stance over time" });
  for (const part of most > 1 ? [0, 0.5, 1] : [0, 1]) {
    const y = height - bottom - part * room;
    svg.append(draws("line", { class: "axis", x1: left, x2: width, y1: y, y2: y }), draws("text", { x: left - 5, y: y + 4, "text-anchor": "end" }, String(Math.round(most * part))));
  }
  const every = Math.ceil((size === 10 ? 66 : size === 7 ? 50 : 32) / step);
  shownPeriods.forEach((period, place) => {
    const count = counts.get(period), x = left + place * step;
    if (place % every === 0 && x + 30 < width) svg.append(draws("text", { x: x + 1, y: height - 4 }, period));
    if (!count) return;
    const bar = draws("g", { class: "bar", "data-period": period }, draws("title", {}, `${period}: ${ORDER.map((label) => `${count[label]} ${label}`).join(", ")}`));
    let y = height - bottom;
    for (const label of ORDER) {
      const tall = (count[label] / most) * room;
      y -= tall;
      if (tall) bar.append(draws("rect", { class: label, x: x + 1, y, width: Math.max(1, step - 2), height: tall }));
    }
    bar.append(draws("rect", { class: "hit", x, y: 0, width: step, height: height - bottom }));
    bar.addEventListener("click", () => { $("from").value = period; $("to").value = period; update(); });
    svg.append(bar);
  });
  const left_out = rows.length - drawn.length;
  const note = left_out ? make("p", { class: "legend" }, `${left_out.toLocaleString("en")} rows of other days, or of none, are not drawn. Days printed stand in where the day said is not told.`) : null;
  $("timeline").replaceChildren(svg, ...(note ? [note] : []));
}
function most(values, limit) {
  return [...counted(values).entries()].filter(([index]) => index >= 0).sort((a, b) => b[1] - a[1] || (name(a[0]) < name(b[0]) ? -1 : 1)).slice(0, limit).map(([index]) => index);
}
function matrix(rows) {
  const places = rows.flatMap((row) => (ROWS.speaker[row] < 0 ? [] : ABOUT.get(row) || [])).filter((place) => STANCES.stance[place] >= 0);
  const who = most(places.map((place) => ROWS.speaker[STANCES.row[place]]), 9), whom = most(places.map((place) => STANCES.target[place]), 6);
  const cells = new Map();
  for (const place of places) {
    const key = `${ROWS.speaker[STANCES.row[place]]} ${STANCES.target[place]}`, cell = cells.get(key) || { count: 0, sum: 0 };
    cell.count += 1; cell.sum += STANCES.score[place]; cells.set(key, cell);
  }
  if (!who.length) { $("matrix").replaceChildren(make("p", { class: "legend" }, "No speaker with a target.")); return; }
  const head = make("tr", {}, make("td"), ...whom.map((index) => make("th", { scope: "col", title: name(index) }, make("span", {}, name(index)))));
  const body = who.map((speaker) => make("tr", {}, make("th", { scope: "row", title: name(speaker) }, name(speaker)), ...whom.map((target) => cellOf(cells.get(`${speaker} ${target}`), speaker, target))));
  $("matrix").replaceChildren(make("table", {}, make("thead", {}, head), make("tbody", {}, ...body)));
}
function cellOf(cell, speaker, target) {
  if (!cell) return make("td");
  const mean = cell.sum / cell.count, strong = Math.min(1, Math.abs(mean)), side = mean < 0 ? "against" : "favour";
  const sign = mean > 0.05 ? "+" : mean < -0.05 ? "−" : "";
  const button = make("button", {
    type: "button", title: `${name(speaker)} about ${name(target)}: ${cell.count} quotations, mean score ${mean.toFixed(2)}`,
    style: `background:color-mix(in srgb, var(--${side}) ${Math.round(20 + strong * 60)}%, var(--paper))`,
  }, `${cell.count} ${sign}`);
  if (Math.abs(mean) <= 0.05) button.style.background = "var(--none)";
  button.addEventListener("click", () => { $("speaker").value = speaker; $("target").value = target; update(); });
  return make("td", {}, button);
}
