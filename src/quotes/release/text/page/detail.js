"use strict";
// One row with everything that is known of it.
function choose(row) {
  chosen = row;
  history.replaceState(null, "", `#${ROWS.id[row]}`);
  showDetail(row);
  scrollTo(row);
  draw();
}
function closeDetail() {
  chosen = null;
  history.replaceState(null, "", location.pathname + location.search);
  $("detail").hidden = true;
  document.querySelector("main").classList.remove("open");
  draw();
  list.focus();
}
function pair(term, ...description) {
  const told = description.filter((part) => part !== null && part !== undefined && part !== "");
  return told.length ? [make("dt", {}, term), make("dd", {}, ...told)] : [];
}
function words(row) {
  const label = stance(row), block = make("blockquote", { class: label || "" });
  if (ROWS.quote[row] === null) {
    block.append(make("p", { class: "withheld" }, `The ${ROWS.words[row].toLocaleString("en")} words may not be reprinted. They stand at characters ${ROWS.start[row]} to ${ROWS.end[row]} of the document; quotes hydrate puts them back for whoever has it.`));
    return block;
  }
  const before = ROWS.before[row], after = ROWS.after[row];
  if (before) block.append(make("span", { class: "around" }, `…${before} `));
  block.append(make("mark", {}, ROWS.quote[row]));
  if (after) block.append(make("span", { class: "around" }, ` ${after}${/[.!?]$/.test(after) ? "" : "…"}`));
  return block;
}
function link(url) {
  const good = address(url);
  return good ? make("a", { href: good, rel: "noopener noreferrer", target: "_blank" }, good) : url;
}
function showDetail(row) {
  const said = ROWS.date[row] || ROWS.edtf[row], doc = ROWS.doc[row], id = ROWS.id[row], label = stance(row);
  const score = ROWS.score[row] === null ? null : ` (score ${ROWS.score[row].toFixed(2)}, confidence ${(ROWS.confidence[row] ?? 0).toFixed(2)})`;
  const close = make("button", { type: "button", class: "close" }, "Close");
  close.addEventListener("click", closeDetail);
  const targets = (ABOUT.get(row) || []).filter((place) => STANCES.target[place] >= 0).map((place) => {
    const kind = LABELS[STANCES.stance[place]];
    return make("li", {}, `${name(STANCES.target[place])}: ${kind ? `${SIGNS[kind]} ${kind} (${STANCES.score[place].toFixed(2)})` : "not judged"}`);
  });
  const list = make("dl", {},
    ...pair("Speaker", name(ROWS.speaker[row]) || "not named"), ...pair("Named as", ROWS.mention[row]), ...pair("Reported by", ROWS.cue[row]),
    ...pair("Said on", said ? `${said} (${DATA.bases[ROWS.basis[row]]})` : "not told"), ...pair("Source", name(ROWS.source[row])),
    ...pair("About", name(ROWS.target[row])), ...pair("Stance", label ? `${SIGNS[label]} ${label}` : null, label ? score : null),
    ...pair("Targets", targets.length > 1 ? make("ul", {}, ...targets) : null),
    ...pair("Kind", DATA.kinds[ROWS.kind[row]]), ...pair("Document", DOCS.title[doc] || DOCS.id[doc]),
    ...pair("Printed", [DOCS.publisher[doc], DOCS.published[doc]].filter(Boolean).join(", ")), ...pair("Address", link(DOCS.url[doc])),
    ...pair("Place", `characters ${ROWS.start[row]} to ${ROWS.end[row]} of ${DOCS.id[doc]}`), ...pair("Collection", name(DOCS.collection[doc])),
    ...pair("Decided by", make("code", {}, ROWS.rule[row])), ...pair("Reviewed", ROWS.reviewed[row] ? "yes, by a person" : "no"),
    ...pair("Link", make("a", { href: `#${id}` }, make("code", {}, id))),
    ...pair("To cite", `${DATA.cite}, row ${id}.`));
  $("detail").replaceChildren(close, make("h2", { tabindex: -1 }, name(ROWS.speaker[row]) || "Speaker not named"), words(row), list);
  $("detail").hidden = false;
  $("detail").scrollTop = 0;
  document.querySelector("main").classList.add("open");
}
