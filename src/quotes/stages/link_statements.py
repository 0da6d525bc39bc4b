"""Statements: quotations of one utterance linked, whole, cut, re-punctuated or slightly re-translated.

Candidates share a key (`keys`), pairs are compared (`likeness`), and the likest pairs are joined first, as long as the
speakers and days of all that come together agree. Nothing depends on the order of rows. An utterance is called by the
words of its first print (`statement_id`): a later reprint, whole or cut, changes no identifier. Where two utterances
have the same first words (of two speakers, or of two days), the earlier one has the plain identifier.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from typing import Any

from quotes.stages.link import told_apart
from quotes.stages.link_match import likeness, same_speaker, same_time
from quotes.stages.link_signature import Signature, keys, signature

__all__ = ["candidates", "groups", "keys", "likeness", "link", "links", "named", "pairs", "printed", "signature"]

Row = Mapping[str, Any]
Pair = tuple[float, str, str]
"""How alike, and the ``quote_id`` of both, sorted."""

_ALL_PAIRS = 32
"""Quotations under one key that are all compared with each other; in a larger group each with some of them."""
_NEIGHBOURS = 8
_LONGEST = 4


def link(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """The rows, in the order given, each with the ``statement_id`` of its utterance."""
    listed = [dict(row) for row in rows]
    found = links(listed)
    return [{**row, "statement_id": found[row["quote_id"]]} for row in listed]


def links(rows: Iterable[Row]) -> dict[str, str]:
    """The ``statement_id`` of each quotation by its ``quote_id``.

    Of a row it reads quote_id, doc_id, start, end, n_words, quote, speaker, speaker_id, date, date_edtf, source,
    published and the statement_id of the words alone, which is what rows of one document have.
    """
    by_id = {row["quote_id"]: row for row in rows}
    signed = {name: signature(row) for name, row in by_id.items()}
    compared = {pair for bucket in candidates(signed.values()) for pair in pairs(bucket)}
    return named(groups(signed, compared), by_id)


def candidates(signed: Iterable[Signature]) -> list[list[Signature]]:
    """The quotations under each key that more than one has."""
    buckets: dict[str, list[Signature]] = defaultdict(list)
    for one in signed:
        for key in keys(one):
            buckets[key].append(one)
    return [bucket for bucket in buckets.values() if len(bucket) > 1]


def pairs(bucket: Sequence[Signature]) -> Iterator[Pair]:
    """The pairs under one key that report one utterance; time grows with the number of quotations, not its square."""
    for one, other in _compared(sorted(bucket, key=lambda each: (each.words, _day(each), each.quote_id))):
        alike = likeness(one, other)
        if alike is not None:
            first, second = sorted((one.quote_id, other.quote_id))
            yield alike, first, second


def _compared(ordered: Sequence[Signature]) -> Iterator[tuple[Signature, Signature]]:
    if len(ordered) <= _ALL_PAIRS:
        yield from combinations(ordered, 2)
        return
    longest = sorted(ordered, key=lambda one: (-len(one.words), one.words, one.quote_id))[:_LONGEST]
    for k, one in enumerate(ordered):
        for other in (*ordered[k + 1 : k + 1 + _NEIGHBOURS], *longest):
            if other is not one:
                yield one, other


def _day(one: Signature) -> tuple[date, date]:
    return one.said[0] or date.min, one.printed or date.min


@dataclass(slots=True)
class _Group:
    """Quotations joined so far; ``voices`` are those whose speaker is known, one of each name."""

    members: list[str]
    voices: list[Signature]
    said: tuple[date | None, date | None] = field(default=(None, None))

    def fits(self, other: _Group) -> bool:
        agree = all(same_speaker(one, two) is not False for one in self.voices for two in other.voices)
        return agree and same_time(self.said, other.said)

    def take(self, other: _Group) -> None:
        self.members += other.members
        known = {(one.speaker_id, one.speaker) for one in self.voices}
        self.voices += [one for one in other.voices if (one.speaker_id, one.speaker) not in known]
        starts, ends = zip(self.said, other.said, strict=True)
        self.said = max(_known(starts), default=None), min(_known(ends), default=None)


def _known(days: Iterable[date | None]) -> list[date]:
    return [day for day in days if day is not None]


def groups(signed: Mapping[str, Signature], compared: Iterable[Pair]) -> list[list[str]]:
    """The quotations of each utterance, by their ``quote_id``; the likest pairs are joined first."""
    of = {
        name: _Group([name], [one] if one.speaker or one.speaker_id else [], one.said)
        for name, one in sorted(signed.items())
    }
    for _, first, second in sorted(compared, key=lambda pair: (-pair[0], pair[1:])):
        one, other = of[first], of[second]
        if one is other or not one.fits(other):
            continue
        if len(one.members) < len(other.members):
            one, other = other, one
        one.take(other)
        of.update(dict.fromkeys(other.members, one))
    distinct = {id(group): group for group in of.values()}
    return sorted(sorted(group.members) for group in distinct.values())


def named(found: Iterable[Sequence[str]], rows: Mapping[str, Row]) -> dict[str, str]:
    """The identifier of each quotation's utterance: that of the words printed first."""
    firsts = sorted((printed(rows[min(group, key=lambda name: printed(rows[name]))]), group) for group in found)
    called: dict[str, str] = {}
    taken: set[str] = set()
    for first, group in firsts:
        row = rows[first[-1]]
        name: str = row["statement_id"]
        if name in taken:
            name = told_apart(name, row["quote_id"])
        taken.add(name)
        called.update(dict.fromkeys(group, name))
    return called


def printed(row: Row) -> tuple[str, str, int, str]:
    """What quotations of an utterance are sorted by: the first print is first, of one day the longest."""
    return row["published"] or row["date"] or "~", row["date"] or "~", -row["n_words"], row["quote_id"]
