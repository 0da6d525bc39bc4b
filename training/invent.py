"""Write invented training sentences in the register of state media: frames x fictional names, labels by
design.

    python training/invent.py --table third --rows 4000 --out invented3.jsonl

The news sentences that the stance model learns from hold few parade speeches, and seldom praise and attack
side by side. These rows add both: one sentence, several targets, each with the label that the frame gives
it. The same number and seed give the same bytes. Frames and words stand in ``invented_frames_*.json``. The
later tables are about opposed actors, negation, clauses and sneer quotes; they mark the speaker as holder, and so does
the second one with ``--holders``: in every other sentence, so that the model knows both forms. The fifth and the
sixth table hold clauses, which are put together (``claims.py``).
"""

from __future__ import annotations

import argparse
import json
import random
import re
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import claims

TABLES = {
    "first": Path(__file__).with_name("invented_frames_first.json"),
    "second": Path(__file__).with_name("invented_frames_second.json"),
    "third": Path(__file__).with_name("invented_frames_third.json"),
    "fourth": Path(__file__).with_name("invented_frames_fourth.json"),
    "fifth": Path(__file__).with_name("invented_frames_fifth.json"),
    "sixth": Path(__file__).with_name("invented_frames_sixth.json"),
}
SEED = 1
HOLDER = "holder"
LABELS = {"+": "favour", "-": "against", "0": "neutral"}
_SLOT = re.compile(r"\{(T[+\-0]|H)?(\w+)\}")
_STARTS = (", “",)
_ITS = ("its", "their")
_A = ("his", "her", "a message of")
_ATTACK = ("blast", "berate", "mock", "condemn", "ridicule", "attack")
Row = dict[str, Any]


def fill(slot: str, slots: dict[str, list[str]], rng: random.Random) -> str:
    """Words for a slot; the words may hold slots themselves."""
    fixed = {"its": _ITS, "a": _A, "attack_base": _ATTACK}
    words = rng.choice(fixed.get(slot) or slots[slot])
    return _SLOT.sub(lambda match: fill(match[2], slots, rng), words)


def sentence(
    frame: str, slots: dict[str, list[str]], rng: random.Random, starts: tuple[str, ...] = _STARTS
) -> tuple[str, list[tuple[int, int, str]]]:
    """A sentence of the frame, and its targets as (start, end, label); of a holder the label is ``holder``.

    After what is in ``starts`` words of a slot begin with a capital.
    """
    text, marked, done = "", [], 0
    for match in _SLOT.finditer(frame):
        text = _glue(text, frame[done : match.start()])
        words = fill(match[2], slots, rng)
        if text in ("", "“") or text.endswith(starts):
            words = words[:1].upper() + words[1:]
        if match[1]:
            label = HOLDER if match[1] == "H" else LABELS[match[1][1]]
            marked.append((len(text), len(text) + len(words), label))
        text += words
        done = match.end()
    text = _glue(text, frame[done:])
    return text, marked


def _glue(text: str, more: str) -> str:
    """``text`` and ``more`` without a blank before a stop."""
    return (text.rstrip() if more.startswith(".") else text) + more


def invent(rows: int, table: Path = TABLES["second"], seed: int = SEED, *, holders: bool = False) -> list[Row]:
    """``rows`` different rows in the form that the training script reads; frames take turns.

    ``holders`` marks speakers in a table that does not. Raises ValueError where the frames cannot give so many.
    """
    words = json.loads(table.read_text(encoding="utf-8"))
    rng = random.Random(seed)
    frames = claims.frames(words, rng) if "claims" in words else cycle(words["frames"])
    starts = tuple(words.get("starts", _STARTS))
    made: list[Row] = []
    seen: set[str] = set()
    for frame in islice(frames, rows * 20):
        marked_frame = frame.replace("{speaker}", "{Hspeaker}") if holders else frame
        text, marked = sentence(marked_frame, words["slots"], rng, starts)
        if "starts" in words:
            text = text[:1].upper() + text[1:]
        if text in seen or len({text[start:end] for start, end, _ in marked}) < len(marked):
            continue
        seen.add(text)
        holder = next((span for span in marked if span[2] == HOLDER), None) if len(seen) % 2 else None
        for target in marked:
            if target[2] != HOLDER:
                made.append(_row(len(made), text, target, holder))
        if len(made) >= rows:
            return made[:rows]
    raise ValueError(f"the frames give only {len(made)} different rows, {rows} were asked for")


def _row(number: int, text: str, target: tuple[int, int, str], holder: tuple[int, int, str] | None) -> Row:
    start, end, label = target
    row = {
        "id": f"invented_{number}",
        "text": text,
        "target": text[start:end],
        "target_start": start,
        "target_end": end,
        "label": label,
    }
    if holder is not None:
        row |= {"holder": text[slice(*holder[:2])], "holder_start": holder[0], "holder_end": holder[1]}
    return row


def main() -> None:
    """Read the command line and write the rows."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--table", choices=sorted(TABLES), default="second", help="frames and words to use")
    parser.add_argument("--holders", action="store_true", help="mark the speakers of every other sentence")
    given = parser.parse_args()
    lines = [
        json.dumps(row, ensure_ascii=False) + "\n"
        for row in invent(given.rows, TABLES[given.table], given.seed, holders=given.holders)
    ]
    given.out.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
