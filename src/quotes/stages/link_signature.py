"""What of a quotation tells whether another one reports the same utterance, and the keys by which both are found.

Quotations of one utterance share at least one key: all words; a band of the MinHash of the words (Broder 1997, banded
as in Leskovec et al., *Mining of Massive Datasets*, ch. 3), where they are nearly the same; or an anchor, a run of
words chosen by its own hash alone (winnowing, Schleimer et al. 2003), where one is a cut of the other. Keys depend on
the quotation alone, so that any engine may group by them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from hashlib import sha256
from sys import intern
from typing import TYPE_CHECKING, Any
from zlib import crc32

from quotes import edtf

if TYPE_CHECKING:
    from datasketch import MinHash

FEW_WORDS = 8
"""Below this many words a quotation is linked by its exact words and speaker alone."""
_PERMUTATIONS, _ROWS = 128, 4
"""Of the MinHash: with bands of four, six pairs in seven are found whose words overlap by half, all but one in three
hundred of those that overlap by seven tenths."""
_RUN, _WINDOW = 5, 4
"""Words of an anchor, and runs of which one is chosen: cuts of ``_RUN + _WINDOW - 1`` words share one."""
_TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|(?:(?![\u3040-\u30ff\u3400-\u9fff])[^\W_])+")
_CONTRACTED = (
    (re.compile(r"\bwon't\b", re.IGNORECASE), "will not"),
    (re.compile(r"\bcan(?:'t|not)\b", re.IGNORECASE), "can not"),
    (re.compile(r"n't\b", re.IGNORECASE), " not"),
    (re.compile(r"'ll\b", re.IGNORECASE), " will"),
    (re.compile(r"'ve\b", re.IGNORECASE), " have"),
    (re.compile(r"'re\b", re.IGNORECASE), " are"),
    (re.compile(r"\bI'm\b"), "I am"),
)
"""Short forms and the words they stand for, which one paper prints for the other's."""
_APOSTROPHE = re.compile(r"(?<=\w)['’](?=\w)")
_NAME = re.compile(r"(?<=[\w,;:] )[A-ZÀ-ÖØ-ÞА-ЯЁ][\w’'-]+")
_ELLIPSIS = re.compile(r"\[?(?:\.\s?){3,}\]?|\[?…\]?|\(\.\.\.\)")


@dataclass(frozen=True, slots=True)
class Signature:
    """A quotation as linking sees it. ``words`` are folded; ``pieces`` are the same, split at ellipses.

    ``said`` are the first and last day on which the words can have been said, None where open; ``printed`` is the day
    of publication or the first of its month or year.
    """

    quote_id: str
    doc_id: str
    start: int
    end: int
    statement_id: str
    words: tuple[str, ...]
    pieces: tuple[tuple[str, ...], ...]
    names: frozenset[str]
    speaker_id: str | None
    speaker: frozenset[str]
    said: tuple[date | None, date | None]
    printed: date | None


def signature(row: Mapping[str, Any]) -> Signature:
    """The signature of a row of the `quotes` table. One whose words are withheld has no pieces.

    ``statement_id`` is that of the words, as rows of one document have it.
    """
    quote = unicodedata.normalize("NFKC", row["quote"] or "").replace("’", "'")
    for pattern, whole in _CONTRACTED:
        quote = pattern.sub(whole, quote)
    quote = _APOSTROPHE.sub("", quote)
    # Equal words of all quotations are one in memory: of long statements thousands are held while they are compared.
    split = (tuple(map(intern, _TOKEN.findall(piece.casefold()))) for piece in _ELLIPSIS.split(quote))
    pieces = tuple(piece for piece in split if piece)
    # An outlet that is the speaker of its own copy may only pass on what somebody said.
    speaker = "" if row["speaker"] == row["source"] else row["speaker"] or ""
    return Signature(
        quote_id=row["quote_id"],
        doc_id=row["doc_id"],
        start=row["start"],
        end=row["end"],
        statement_id=row["statement_id"],
        words=pieces[0] if len(pieces) == 1 else tuple(word for piece in pieces for word in piece),
        pieces=pieces,
        names=_names(quote),
        speaker_id=row["speaker_id"] if speaker else None,
        speaker=frozenset(_TOKEN.findall(speaker.casefold())),
        said=_said(row),
        printed=_bounds(row["published"])[0],
    )


def keys(one: Signature) -> list[str]:
    """The keys of a quotation; only quotations that share one can be of one utterance."""
    words = one.words
    found = [f"words:{one.statement_id}"]
    if words:
        found.append(f"folded:{sha256(' '.join(words).encode('utf-8', 'surrogatepass')).hexdigest()[:24]}")
    if len(words) >= FEW_WORDS:
        found += _bands(words)
        found += dict.fromkeys(f"run:{anchor:08x}" for piece in one.pieces for anchor in _anchors(piece))
    return found


def _names(quote: str) -> frozenset[str]:
    """Names and numbers inside the sentences, by which two formulas with one wording differ."""
    numbers = re.findall(r"\d+", quote)
    return frozenset((*(part for name in _NAME.findall(quote) for part in _TOKEN.findall(name.casefold())), *numbers))


def _said(row: Mapping[str, Any]) -> tuple[date | None, date | None]:
    known, printed = row["date_edtf"] or "", _bounds(row["published"])[1]
    first, slash, last = known.partition("/")
    start, end = _bounds(first)[0], _bounds(last if slash else first)[1]
    return start, min((day for day in (end, printed) if day is not None), default=None)


@lru_cache(maxsize=4096)
def _bounds(known: str | None) -> tuple[date | None, date | None]:
    """First and last day of an EDTF day, part of a month, month or year; open where it names none."""
    text = known or ""
    if re.fullmatch(r"\d{4}-\d\d-[012]X", text, re.ASCII):
        tens = int(text[8])
        first, last = (edtf.full(edtf.parse(f"{text[:8]}{day:02d}")) for day in (tens * 10 or 1, tens * 10 + 9))
        return first, last or _bounds(text[:7])[1]
    day = edtf.parse(text)
    if day.year is None:
        return None, None
    start = edtf.full(edtf.Day(day.year, day.month or 1, day.day or 1))
    ends = (edtf.full(edtf.Day(day.year, day.month or 12, end)) for end in ([day.day] if day.day else (31, 30, 29, 28)))
    return start, next((end for end in ends if end is not None), None)


@cache
def _empty() -> MinHash:
    from datasketch import MinHash  # takes a second to load, which a single document need not wait for

    return MinHash(num_perm=_PERMUTATIONS, seed=1, scheme="affine32")


def _bands(words: tuple[str, ...]) -> list[str]:
    """MinHash of the set of words, in bands: equal bands come of word sets that overlap."""
    hashed = _empty().copy()
    hashed.update_batch([word.encode("utf-8", "surrogatepass") for word in sorted(set(words))])
    values = hashed.hashvalues.astype("<u4")
    return [f"band:{k}:{values[k : k + _ROWS].tobytes().hex()}" for k in range(0, _PERMUTATIONS, _ROWS)]


def _anchors(words: tuple[str, ...]) -> list[int]:
    """Of every ``_WINDOW`` runs of ``_RUN`` words that stand side by side the one with the least hash."""
    runs = [
        crc32(" ".join(words[k : k + _RUN]).encode("utf-8", "surrogatepass")) for k in range(len(words) - _RUN + 1)
    ]
    return [min(runs[k : k + _WINDOW]) for k in range(max(1, len(runs) - _WINDOW + 1))] if runs else []
