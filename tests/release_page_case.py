"""Tables of any number of invented rows, for the page: many speakers, targets, days, and texts full of markup."""

from __future__ import annotations

import random
from typing import Any

from quotes import schema

NASTY = (
    "</script><script>window.broken = 1</script>"
    '<img src="https://evil.example/x" onerror="window.broken = 1"> & “it” \u2028 end'
)
WORDS = "harvest canal lake storm bread border school ferry winter light road signal tower wheat letter".split()
FAMILIES = ("Brenn", "Tolk", "Venkar", "Lasker")
SPEAKERS = [f"{first} {last}" for first in ("Aldo", "Mira", "Odo", "Sera", "Keld") for last in FAMILIES]
TARGETS = ["Norvania", "Ulmark", "the League of Straits", "Tamrin", "Keldonia", "Qashar", "Belmara", "Lorrica"]


def many(count: int) -> dict[str, list[dict[str, Any]]]:
    """``count`` quotations in a third as many documents; row 7 and document 1 are full of markup."""
    chance = random.Random(7)
    documents = [_document(number) for number in range(count // 3 + 1)]
    quotes = [_quote(number, documents[number // 3], chance) for number in range(count)]
    stances = [_stance(row) for row in quotes if row["target"]]
    return {"quotes": quotes, "stances": stances, "documents": documents}


def _document(number: int) -> dict[str, Any]:
    return {
        **dict.fromkeys(schema.columns("documents")),
        "doc_id": f"doc-{number:05}",
        "title": NASTY if number == 1 else f"Report {number} from Ostrel",
        "published": f"20{30 + number % 3}-{1 + number % 12:02}-{1 + number % 28:02}",
        "publisher": "NCNA" if number % 2 else "Harbour Post",
        "url": "javascript:window.broken=1" if number == 1 else f"https://harbour.example/{number}",
        "collection": "harbour" if number % 4 else "norvania",
    }


def _quote(number: int, document: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    stance, score = chance.choice([("against", -0.8), ("neutral", 0.02), ("favour", 0.7), ("against", -0.5)])
    target = chance.choice([*TARGETS, None])
    words = " ".join(chance.choice(WORDS) for _ in range(chance.randrange(4, 40)))
    return {
        **dict.fromkeys(schema.columns("quotes")),
        "quote_id": f"q1_{number:05}", "doc_id": document["doc_id"],
        "quote": NASTY if number == 7 else None if number % 11 == 10 else f"{words.capitalize()}.",
        "n_words": 12, "kind": chance.choice(["direct", "mixed", "block"]), "start": 10, "end": 90,
        "speaker": chance.choice([*SPEAKERS, None]), "speaker_type": "person", "speaker_mention": "he",
        "cue": "said",
        "date": document["published"] if number % 3 else None,
        "date_edtf": document["published"] if number % 3 else None,
        "date_basis": "published" if number % 3 else "none", "source": document["publisher"],
        "source_type": "independent", "target": target, "stance": stance if target else None,
        "stance_score": score if target else None, "stance_confidence": 0.8 if target else None,
        "context_before": NASTY if number == 7 else "What was told before, in a few words,",
        "context_after": "and what came after.", "rule": "quote=curly/behind speaker=full-name",
        "reviewed": number % 50 == 0,
    }  # fmt: skip


def _stance(row: dict[str, Any]) -> dict[str, Any]:
    return {
        **dict.fromkeys(schema.columns("stances")),
        "quote_id": row["quote_id"], "doc_id": row["doc_id"], "target": row["target"], "target_start": 1,
        "target_end": 2, "main": True, "stance": row["stance"], "stance_score": row["stance_score"],
    }  # fmt: skip
