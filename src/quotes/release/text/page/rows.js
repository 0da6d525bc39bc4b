"use strict";
// The rows, column by column as the page holds them. Nothing of them is ever read as markup: text goes through
// textContent, attributes through setAttribute, addresses through `address`.
const DATA = JSON.parse(document.getElementById("data").textContent);
const ROWS = DATA.rows, DOCS = DATA.documents, NAMES = DATA.names, STANCES = DATA.stances, COUNT = ROWS.id.length;
const LABELS = { 0: "against", 1: "neutral", 2: "favour" }, SIGNS = { against: "−", neutral: "○", favour: "+" };

const name = (index) => (index < 0 ? null : NAMES[index]);
const stance = (row) => LABELS[ROWS.stance[row]] || null;
const day = (row) => ROWS.date[row] || ROWS.edtf[row] || DOCS.published[ROWS.doc[row]] || "";
// The day said, or, marked as such, the day printed.
const said = (row) => ROWS.date[row] || ROWS.edtf[row] || (DOCS.published[ROWS.doc[row]] ? `printed ${DOCS.published[ROWS.doc[row]]}` : "");
// A day, month or year that sorts and compares; EDTF with an unknown year says nothing on a time line.
const when = (row) => { const found = /^\d{4}(-\d\d(-\d\d)?)?/.exec(day(row)); return found ? found[0] : ""; };

const BY_ID = new Map(ROWS.id.map((id, row) => [id, row]));
const ABOUT = new Map();  // row -> its places in STANCES
STANCES.row.forEach((row, place) => { if (!ABOUT.has(row)) ABOUT.set(row, []); ABOUT.get(row).push(place); });

const HAYSTACK = new Array(COUNT);
function haystack(row) {
  if (HAYSTACK[row] === undefined) {
    const doc = ROWS.doc[row];
    const targets = (ABOUT.get(row) || []).map((place) => name(STANCES.target[place]));
    HAYSTACK[row] = [ROWS.quote[row], name(ROWS.speaker[row]), ROWS.mention[row], name(ROWS.source[row]), DOCS.title[doc],
      DOCS.publisher[doc], ROWS.id[row], DOCS.id[doc], ...targets].filter(Boolean).join("\n").toLowerCase();
  }
  return HAYSTACK[row];
}

function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes || {})) if (value !== null && value !== undefined) element.setAttribute(key, value);
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}
function address(url) { return url && /^https?:\/\//i.test(url) ? url : null; }
const $ = (id) => document.getElementById(id);
