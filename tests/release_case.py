"""A small invented dataset for the tests of releases: its repository, and an extraction that reads its marks.

The extraction is a plain one: words between curly marks followed by ``said <Name>`` are a quotation, other
marked words are rejected. It is enough to give every table rows that depend on the documents, without the
pipeline.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quotes.records import Document, Span, StanceInput, StanceScore
from quotes.release.layout import Layout
from quotes.release.standoff_words import Names, common_words

_MARKED = re.compile(r"“([^”]+)”(?: said ([A-Z]\w+ [A-Z]\w+)(?: to (NCNA))?)?")

REAL = [
    {
        "doc_id": "norvania-1",
        "title": "Brenn speaks | on the “harvest”",
        "published": "2031-05-10",
        "publisher": "Norvanian Herald",
        "url": None,
        "lang": "en",
        "text": "“Norvania will bring in the harvest,” said Aldo Brenn to NCNA. The “good weather” helped.",
    },
    {
        "doc_id": "norvania-2",
        "title": None,
        "published": "2031-05",
        "publisher": "Norvanian Herald",
        "url": None,
        "lang": "en",
        "text": "“We doubt it,” said Mira Tolk. “Ulmark has no wheat,” said Aldo Brenn to NCNA.",
    },
]

INVENTED = [
    {
        "doc_id": "challenge-1",
        "title": None,
        "published": "2031-05-11",
        "publisher": "NCNA",
        "url": None,
        "lang": "en",
        "text": "“The lake is ours,” said Aldo Brenn.",
        "phenomena": ["marks-curly"],
        "gold": [
            {
                "doc_id": "challenge-1",
                "quote_start": 1,
                "quote_end": 18,
                "quote_text": "The lake is ours,",
                "kind": "direct",
                "speaker_text": "Aldo Brenn",
                "speaker_start": 25,
                "speaker_end": 35,
                "speaker_name": "Aldo Brenn",
                "cue_text": "said",
                "date": None,
                "date_edtf": None,
                "source_quoted": None,
                "target": "the lake",
                "stance": "favour",
            }
        ],
    }
]


def write_repository(
    root: Path, *, real: Sequence[dict[str, Any]] = REAL, text_published: bool = True
) -> Layout:
    """A repository of a dataset: two collections with sidecars, and a lock file."""
    layout = Layout(root)
    layout.raw.mkdir(parents=True, exist_ok=True)
    write_collection(layout, "norvania", real, text_published=text_published)
    write_collection(layout, "challenge", INVENTED, fictional=True, licence="CC0-1.0")
    layout.lock.write_text("pyarrow\n", encoding="utf-8")
    return layout


def write_collection(
    layout: Layout,
    name: str,
    rows: Sequence[dict[str, Any]],
    *,
    fictional: bool = False,
    licence: str = "CC-BY-4.0",
    text_published: bool = True,
) -> None:
    content = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
    (layout.raw / f"{name}.jsonl").write_bytes(content)
    meta = {
        "title": f"The {name} <collection>",
        "description": "Invented for tests.",
        "authors": ["quotes project"],
        "created": "2031-06-01",
        "reason": "Tests.",
        "licence": licence,
        "text_published": text_published,
        "language": "en",
        "fictional": fictional,
        "documents": len(rows),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    (layout.raw / f"{name}.meta.json").write_text(json.dumps(meta, indent=2), encoding="utf-8")


@dataclass(frozen=True)
class Entry:
    id: str
    wikidata: str | None
    country: str | None
    evidence: str = "invented"


@dataclass(frozen=True)
class Country:
    id: str
    name: str
    evidence: str


@dataclass(frozen=True)
class Register:
    people: tuple[Entry, ...] = (Entry("aldo-brenn", "Q1", "c:nv"),)
    organisations: tuple[Entry, ...] = ()
    outlets: tuple[Entry, ...] = (Entry("ncna", "Q2", "c:nv"),)
    countries: tuple[Country, ...] = (Country("c:nv", "Norvania", "invented"),)


class LengthScorer:
    """A model of a kind: the longer the words, the more it favours."""

    revision = "length-1"
    abstain_below = 0.5

    def __init__(self) -> None:
        self.asked = 0

    def score(self, inputs: Sequence[StanceInput]) -> list[StanceScore]:
        self.asked += len(inputs)
        favour = [round(min(len(item.text), 80) / 100, 4) for item in inputs]
        return [StanceScore(round(0.9 - value, 4), 0.1, value) for value in favour]


class Marks:
    """An extraction for the invented documents (see the top of this file)."""

    def register(self) -> Register:
        return Register()

    def tables(
        self, documents: Sequence[Document], *, scorer: Any, **_: Any
    ) -> dict[str, list[dict[str, Any]]]:
        tables: dict[str, list[dict[str, Any]]] = {
            name: [] for name in ("quotes", "stances", "statements", "rejected")
        }
        for document in documents:
            for match in _MARKED.finditer(document.text):
                if match[2]:
                    self._quote(tables, document, match, scorer)
                else:
                    tables["rejected"].append(_rejected(document, match))
        tables["statements"] = self.statements(tables["quotes"])
        return tables

    def statements(self, quotes: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        return [
            {
                "statement_id": row["statement_id"],
                "quote": row["quote"],
                "n_quotes": 1,
                "n_documents": 1,
                "first_date": row["date"],
                "first_source": row["source"],
                "first_quote_id": row["quote_id"],
                "first_published": row["published"],
                "speaker": row["speaker"],
                "speaker_id": row["speaker_id"],
                "n_reprints": 0,
                "variants": [row["quote_id"]],
            }
            for row in quotes
        ]

    def names(self, texts: Sequence[str]) -> Names:
        return Names(
            known=lambda name: name in ("Aldo Brenn", "Norvania", "NCNA"),
            lexicon=frozenset({"said"}),
            dates=frozenset(),
            common=common_words(texts),
        )

    def _quote(self, tables: Any, document: Document, match: re.Match[str], scorer: Any) -> None:
        row = _quoted(document, match)
        span = Span(0, match[1].find(" "))
        score = scorer.score([StanceInput(match[1], span)])[0] if scorer else None
        judged = {
            "target": match[1][: span.end],
            "target_id": None,
            "stance": score.label if score else None,
            "stance_score": score.score if score else None,
            "stance_confidence": score.confidence if score else None,
            "abstained": score.confidence < 0.5 if score else None,
        }
        tables["quotes"].append({**row, **judged})
        tables["stances"].append(
            {
                "quote_id": row["quote_id"],
                "doc_id": document.doc_id,
                **judged,
                "target_start": match.start(1),
                "target_end": match.start(1) + span.end,
                "main": True,
                "p_against": score.against if score else None,
                "p_neutral": score.neutral if score else None,
                "p_favour": score.favour if score else None,
                "model": scorer.revision if scorer else None,
            }
        )


def _quoted(document: Document, match: re.Match[str]) -> dict[str, Any]:
    key = hashlib.sha256(f"{document.doc_id}:{match[1]}".encode()).hexdigest()[:12]
    known = match[2] == "Aldo Brenn"
    return {
        "quote_id": f"q1_{key}",
        "doc_id": document.doc_id,
        "quote": match[1],
        "quote_sha256": hashlib.sha256(match[1].encode()).hexdigest(),
        "n_words": len(match[1].split()),
        "kind": "direct",
        "start": match.start(1),
        "end": match.end(1),
        "speaker": match[2],
        "speaker_id": "aldo-brenn" if known else None,
        "speaker_type": "person",
        "speaker_mention": match[2],
        "speaker_start": match.start(2),
        "speaker_end": match.end(2),
        "speaker_confidence": 0.9,
        "cue": "said",
        "date": None,
        "date_edtf": document.published,
        "date_basis": "published",
        "date_words": None,
        "date_start": None,
        "date_end": None,
        "source": match[3],
        "source_id": "ncna" if match[3] else None,
        "source_type": "state_media" if match[3] else "unknown",
        "source_chain": [match[3], document.publisher] if match[3] else None,
        "publisher": document.publisher,
        "published": document.published,
        "url": document.url,
        "title": document.title,
        "lang": document.lang,
        "statement_id": f"s1_{key}",
        "context_before": document.text[max(0, match.start() - 20) : match.start()],
        "context_after": document.text[match.end() : match.end() + 20],
        "rule": "marks",
        "reviewed": False,
        "outer_start": match.start(),
        "outer_end": match.end(1) + 1,
        "first_version": None,
    }


def _rejected(document: Document, match: re.Match[str]) -> dict[str, Any]:
    return {
        "doc_id": document.doc_id,
        "start": match.start(1),
        "end": match.end(1),
        "outer_start": match.start(),
        "outer_end": match.start(1) + len(match[1]) + 1,
        "text": match[1],
        "reason": "scare",
        "rule": "marks",
        "context_before": document.text[max(0, match.start() - 20) : match.start()],
        "context_after": document.text[match.end() : match.end() + 20],
    }
