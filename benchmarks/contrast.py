"""Minimal pairs: what a stance model makes of opposed actors, negation, clauses and sneer quotes.

    python benchmarks/contrast.py                    # the shipped model on contrast.jsonl
    python benchmarks/contrast.py --model FOLDER --json
    python benchmarks/contrast.py --make             # writes contrast.jsonl anew from contrast_frames.json

A pair is two sentences that differ as little as possible and one target in both: swapped with its opponent, negated,
moved into a clause, or put between sneer quotes. Names, words and frames are apart from the training material of
``training/``; nothing is fitted to them. CC0; everybody in it is fictional.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from quotes import models
from quotes.models import Scorer, score_rows

HERE = Path(__file__).parent
FRAMES, DATA = HERE / "contrast_frames.json", HERE / "contrast.jsonl"
SEED = 11
_SLOT = re.compile(r"\{(\w+)\}")
Row = dict[str, Any]


def make() -> list[Row]:
    """All rows, two a pair; the same bytes every time. Pairs of a kind take its frames in turn."""
    table = json.loads(FRAMES.read_text(encoding="utf-8"))
    rng = random.Random(SEED)
    rows: list[Row] = []
    for kind, wanted in table["pairs"].items():
        frames = [frame for frame in table["frames"] if frame["kind"] == kind]
        made: set[str] = set()
        turn = 0
        while len(made) < wanted:
            pair = _pair(frames[turn % len(frames)], table["slots"], rng, f"{kind}-{len(made):03}")
            turn += 1
            if pair[0]["text"] not in made and pair[0]["text"] != pair[1]["text"]:
                made.add(pair[0]["text"])
                rows += pair
    return rows


def _pair(frame: Row, slots: dict[str, list[str]], rng: random.Random, name: str) -> list[Row]:
    """The two halves: the same words in the same slots, only the frame, or the place of the actors, differs."""
    actor, other = rng.sample(slots["A"], 2)
    words = {slot: rng.choice(slots[slot]) for slot in sorted(slots) if slot != "A"} | {"A": actor, "B": other}
    second, exchanged = frame["second"], words
    if second == "swap":
        second, exchanged = frame["first"], words | {"A": other, "B": actor}
    halves = ((frame["first"], words), (second, exchanged))
    return [
        _row(f"{name}-{half}", filled, actor, label, frame["kind"])
        for half, (filled, label) in enumerate(
            zip((_fill(text, values) for text, values in halves), frame["labels"], strict=True), 1
        )
    ]


def _fill(frame: str, words: dict[str, str]) -> tuple[str, dict[str, int]]:
    """The sentence, and where each word of the first occurrence of a slot begins."""
    text, done = "", 0
    starts: dict[str, int] = {}
    for match in _SLOT.finditer(frame):
        text += frame[done : match.start()]
        value = words[match[1]]
        starts.setdefault(value, len(text))
        text += value[:1].upper() + value[1:] if text in ("", "“") else value
        done = match.end()
    return text + frame[done:], starts


def _row(name: str, filled: tuple[str, dict[str, int]], actor: str, label: str, kind: str) -> Row:
    text, starts = filled
    start = starts[actor]
    target = text[start : start + len(actor)]
    return {
        "id": name,
        "kind": kind,
        "text": text,
        "target": target,
        "target_start": start,
        "target_end": start + len(actor),
        "label": label,
    }


def figures(rows: Sequence[Row], scorer: Scorer) -> dict[str, dict[str, float]]:
    """Share of sentences and of whole pairs that come out right, by kind and over all."""
    labels = [scored["label"] for scored in score_rows(rows, scorer)]
    right = {row["id"]: row["label"] == label for row, label in zip(rows, labels, strict=True)}
    kinds = sorted({row["kind"] for row in rows})
    return {kind: _shares(right, [row for row in rows if kind in ("all", row["kind"])]) for kind in (*kinds, "all")}


def _shares(right: dict[str, bool], rows: Sequence[Row]) -> dict[str, float]:
    pairs = [(first["id"], second["id"]) for first, second in _twos(rows)]
    return {
        "pairs": len(pairs),
        "sentences_right": round(sum(right[row["id"]] for row in rows) / len(rows), 4),
        "pairs_right": round(sum(right[first] and right[second] for first, second in pairs) / len(pairs), 4),
    }


def _twos(rows: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    return zip(rows[::2], rows[1::2], strict=True)


def read(path: Path = DATA) -> list[Row]:
    """The committed rows."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def main() -> None:
    """Make the rows, or score them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, help="folder of another model")
    parser.add_argument("--make", action="store_true", help="write contrast.jsonl anew")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    if given.make:
        lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in make()]
        DATA.write_text("".join(lines), encoding="utf-8")
        return
    found = figures(read(), models.load(given.model))
    if given.json:
        print(json.dumps(found, indent=2))
        return
    print(f"{'':10}{'pairs':>8}{'sentences right':>18}{'pairs right':>14}")
    for kind, one in found.items():
        print(f"{kind:10}{one['pairs']:>8}{one['sentences_right']:>18.3f}{one['pairs_right']:>14.3f}")


if __name__ == "__main__":
    main()
