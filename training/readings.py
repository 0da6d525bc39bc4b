"""A second reading: whether marked strings were said, and by whom.

PolNeAR gives many a title to whoever mentions it, calls some quotations unsaid, and names the outer speaker where
one reports another; of a state's agency there are hardly any labels. The files hold what readers who saw neither the
corpus's labels nor ours made of them: of PolNeAR all fragments, what it calls unsaid, and its quotations of up to five
words (twelve in the development split, which two read); of the agency marked strings of articles drawn at random.
Stand-off, no word of an article.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

POLNEAR = Path(__file__).parent / "readings_polnear.tsv"
POLNEAR_DEV = Path(__file__).parent / "readings_polnear_dev.tsv"
STATE_DEV = Path(__file__).parent / "readings_state_dev.tsv"
STATE = Path(__file__).parent / "readings_state.tsv"
UNSURE = "reading"
"""What is written into ``suspect`` of a row whose reader hesitates and disagrees with the corpus."""

Key = tuple[str, int, int]
"""Document, start and end of the words in its text."""


class Reading(NamedTuple):
    """What a reader made of a marked string; ``speaker`` are the words that name whose it is, where they were found."""

    said: bool
    sure: bool
    speaker: tuple[int, int] | None


def read(path: Path) -> dict[Key, Reading]:
    """Every reading of a file."""
    result = {}
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        doc_id, start, end, verdict, sure, low, high = line.split("\t")
        speaker = (int(low), int(high)) if low else None
        result[doc_id, int(start), int(end)] = Reading(verdict == "said", sure == "yes", speaker)
    return result


def corrected(row: Mapping[str, Any], readings: Mapping[Key, Reading], text: str) -> dict[str, Any]:
    """A gold row as its reader has it; one that is doubtful where the reader hesitates and the corpus disagrees.

    Where the reader names somebody else than the corpus, ``also`` holds these words: of "Brenn said Anka called it
    “…”" the corpus has Brenn and the reader Anka, and of "Brenn said he …" either is right.
    """
    result = dict(row)
    reading = readings.get((row["doc_id"], row["quote_start"], row["quote_end"]))
    if reading is None:
        return result
    if reading.said != (row["kind"] != "scare"):
        if not reading.sure:
            return {**result, "suspect": UNSURE}
        result["kind"] = "mixed" if reading.said else "scare"
    if reading.said and reading.speaker is not None:
        if row["speaker_start"] is None:
            start, end = reading.speaker
            result.update(speaker_start=start, speaker_end=end, speaker_text=text[start:end], speaker_name=None)
        else:
            result["also"] = reading.speaker
    return result


def row(key: Key, reading: Reading) -> dict[str, Any]:
    """A gold row of marked words that were read where there is no corpus."""
    doc_id, start, end = key
    speaker = reading.speaker or (None, None)
    return {
        "doc_id": doc_id, "quote_start": start, "quote_end": end,
        "kind": "mixed" if reading.said else "scare", "suspect": "" if reading.sure else UNSURE,
        "speaker_start": speaker[0], "speaker_end": speaker[1], "speaker_text": None, "speaker_name": None,
    }
