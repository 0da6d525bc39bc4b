"""Cases as data: a text and what is to be found in it. `cases/README.md` says how anyone adds one."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from quotes.pipeline import read
from quotes.records import Article, Document, Quotation, Rejection, Span
from quotes.registry import Registry
from quotes.registry import load as load_registry
from quotes.stages import clean, mark

CASES = Path(__file__).parent / "cases"
ABOUT = frozenset({"label", "text", "publisher", "comment", "because"})
EXPECTED = frozenset(
    {"reading", "given", "paragraphs", "sentences", "dateline", "marked", "inside", "quotes", "rejected"}
)

Case = Mapping[str, Any]


@cache
def registry() -> Registry:
    """The shipped registry with the outlets of the invented world."""
    return load_registry(CASES / "registry")


def load(name: str) -> list[Any]:
    """The cases of one file, each a parameter named by its label; known failures are strict xfails."""
    return [_parameter(case) for case in json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))]


def _parameter(case: Case) -> Any:
    if "because" not in case:
        return pytest.param(case, id=case["label"])
    fails = pytest.mark.xfail(reason=case["because"], strict=True, raises=(AssertionError, IndexError))
    return pytest.param(case, id=case["label"], marks=fails)


def expected(case: Case) -> Case:
    """What the case expects, without what it tells about itself."""
    result = {key: case[key] for key in case if key not in ABOUT}
    if not result or not result.keys() <= EXPECTED:
        raise ValueError(f"case {case['label']!r}: expects {sorted(result)}; known are {sorted(EXPECTED)}")
    return result


def found(case: Case) -> Case:
    """What is found in the text of ``case``, in the form of what it expects; what it leaves out is free."""
    document = Document("case", case["text"], publisher=case.get("publisher"))
    article = clean.read(document)
    result: dict[str, Any] = {"reading": article.text, "dateline": _dateline(article)}
    result["given"] = {words: _given(article, words) for words in case.get("given", ())}
    for name in ("paragraphs", "sentences"):
        result[name] = [_slice(article.text, span) for span in getattr(article, name)]
    result |= _marked(article)
    if case.keys() & {"quotes", "rejected"}:
        _, quotations, rejections = read(document, registry())
        result["quotes"] = _asked([_quotation(article, one) for one in quotations], case.get("quotes", ()))
        result["rejected"] = _asked(
            [_rejection(article, one) for one in rejections], case.get("rejected", ())
        )
    return {key: result[key] for key in expected(case)}


def _given(article: Article, words: str) -> str:
    """The characters of the given text that stand for the first place of ``words`` in the reading."""
    start = article.text.index(words)
    return _slice(article.document.text, clean.given_span(article, Span(start, start + len(words))))


def _dateline(article: Article) -> dict[str, Any] | None:
    line = article.dateline
    if line is None:
        return None
    fields = {name: getattr(line, name) for name in ("place", "month", "day", "year", "agency")}
    return {"words": _slice(article.text, line.span), **{k: v for k, v in fields.items() if v is not None}}


def _marked(article: Article) -> dict[str, Any]:
    candidates = mark.find(article)
    words = [_slice(article.text, candidate.span) for candidate in candidates]
    return {
        "marked": words,
        "inside": {words[i]: words[one.parent] for i, one in enumerate(candidates) if one.parent is not None},
    }


def _asked(rows: Sequence[Case], cases: Sequence[Case]) -> list[Case]:
    """Of each row what the expected row in its place asks; of rows too many, everything."""
    keys = [one.keys() for one in cases[: len(rows)]] + [row.keys() for row in rows[len(cases) :]]
    return [{key: row[key] for key in row if key in wanted} for row, wanted in zip(rows, keys, strict=True)]


def _quotation(article: Article, quotation: Quotation) -> Case:
    """A quotation in the terms of a case; ``speaker_nth`` counts the places where these words stand."""
    text, mention = article.text, quotation.mention
    return {
        "words": _slice(text, quotation.span),
        "kind": quotation.kind,
        "speaker": _slice(text, mention) if mention else None,
        "speaker_nth": text[: mention.end].count(_slice(text, mention)) if mention else None,
        "cue": _slice(text, quotation.cue) if quotation.cue else None,
        "rule": quotation.rule,
    }


def _rejection(article: Article, rejection: Rejection) -> Case:
    return {"words": _slice(article.text, rejection.span), "reason": rejection.reason, "rule": rejection.rule}


def _slice(text: str, span: Span) -> str:
    return text[span.start : span.end]
