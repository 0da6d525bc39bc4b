"""The page of a version: one file that shows, filters and explains its rows, from disk and without a network.

The rows lie in the page as JSON in which no ``<`` is left, so that no text of a document can end the element that
holds it; the script puts text in by ``textContent`` alone. A content security policy names the digests of the
one script and the one style and allows nothing else, not even a request.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

from quotes import schema
from quotes.release import citation
from quotes.release.citation import Cited
from quotes.release.tables import Tables
from quotes.release.writer import arrange

SCRIPTS = ("rows.js", "filters.js", "list.js", "pictures.js", "detail.js", "main.js")
_STANCES = ("against", "neutral", "favour")


def text(cited: Cited, tables: Tables) -> str:
    """The whole page. Its size is that of the texts it shows, not of the number of columns: names are told once."""
    script = "\n".join(_part(name) for name in SCRIPTS)
    style = _part("page.css")
    values = {
        "policy": _policy(script, style),
        "title": html.escape(f"{cited.about.name} {cited.version}"),
        "name": html.escape(cited.about.name),
        "version": html.escape(cited.version),
        "date": html.escape(cited.date),
        "abstract": html.escape(cited.about.abstract),
        "apa": html.escape(citation.apa(cited).strip()),
        "bibtex": html.escape(citation.bibtex(cited)),
        "style": style,
        "data": _harmless(json.dumps(_data(cited, tables), ensure_ascii=False, separators=(",", ":"))),
        "script": script,
    }
    pieces = _part("page.html").split("{{")
    filled = [pieces[0]]
    for piece in pieces[1:]:  # each place once, so that nothing that was filled in is read as a place again
        name, _, rest = piece.partition("}}")
        filled += [values[name], rest]
    return "".join(filled)


def _part(name: str) -> str:
    return files("quotes.release").joinpath("text", "page", name).read_text(encoding="utf-8")


def _policy(script: str, style: str) -> str:
    digests = {name: base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for name, text in
               (("script", script), ("style", style))}  # fmt: skip
    # Bars and cells are coloured and placed by style attributes that the script writes; they hold numbers only.
    parts = (
        "default-src 'none'", f"script-src 'sha256-{digests['script']}'",
        f"style-src-elem 'sha256-{digests['style']}'", "style-src-attr 'unsafe-inline'", "img-src data:",
        "base-uri 'none'", "form-action 'none'",
    )  # fmt: skip
    return "; ".join(parts)


def _harmless(data: str) -> str:
    """JSON without the characters that could end a script element or a line of script."""
    return data.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


class _Names:
    """Names by number, each once; -1 for none."""

    def __init__(self) -> None:
        self.all: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, name: str | None) -> int:
        if name is None:
            return -1
        if name not in self._numbers:
            self._numbers[name] = len(self.all)
            self.all.append(name)
        return self._numbers[name]


def _data(cited: Cited, tables: Tables) -> dict[str, Any]:
    names = _Names()
    quotes, stances = (arrange(name, tables[name]) for name in ("quotes", "stances"))
    quotes.sort(key=lambda row: row["quote"] is None)  # what can be read here comes first
    cited_docs = {row["doc_id"] for row in quotes}
    documents = [row for row in arrange("documents", tables["documents"]) if row["doc_id"] in cited_docs]
    numbers = {row["doc_id"]: number for number, row in enumerate(documents)}
    places = {row["quote_id"]: number for number, row in enumerate(quotes)}
    labels = {column.name: list(column.labels or ()) for column in schema.table("quotes").columns}
    columns = _columns(quotes, "quote", start="start", end="end", words="n_words", date="date", edtf="date_edtf",
                       mention="speaker_mention", cue="cue", score="stance_score", confidence="stance_confidence",
                       before="context_before", after="context_after", rule="rule")  # fmt: skip
    return {
        "cite": citation.apa(cited).strip().rstrip("."),
        "kinds": labels["kind"],
        "bases": labels["date_basis"],
        "rows": {
            "id": [row["quote_id"] for row in quotes],
            "doc": [numbers[row["doc_id"]] for row in quotes],
            **columns,
            "kind": [labels["kind"].index(row["kind"]) for row in quotes],
            "basis": [labels["date_basis"].index(row["date_basis"]) for row in quotes],
            "speaker": [names.number(row["speaker"]) for row in quotes],
            "source": [names.number(row["source"]) for row in quotes],
            "target": [names.number(row["target"]) for row in quotes],
            "stance": [_stance(row) for row in quotes],
            "reviewed": [int(row["reviewed"]) for row in quotes],
        },
        "stances": {
            "row": [places[row["quote_id"]] for row in stances],
            "target": [names.number(row["target"]) for row in stances],
            "stance": [_stance(row) for row in stances],
            "score": [row["stance_score"] or 0 for row in stances],
        },
        "documents": {
            "id": [row["doc_id"] for row in documents],
            "collection": [names.number(row["collection"]) for row in documents],
            **{name: [row[name] for row in documents] for name in ("title", "publisher", "published", "url")},
        },
        "names": names.all,
    }


def _columns(rows: Sequence[Mapping[str, Any]], *same: str, **named: str) -> dict[str, list[Any]]:
    return {short: [row[name] for row in rows] for short, name in {**{name: name for name in same}, **named}.items()}


def _stance(row: Mapping[str, Any]) -> int:
    return _STANCES.index(row["stance"]) if row["stance"] in _STANCES else -1
