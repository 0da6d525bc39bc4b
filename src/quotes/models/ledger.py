"""Scores written down once and read ever after.

The last digits of a network's output differ between processors. A release therefore keeps each score that it
published, keyed by what was scored and by which model, and a rebuild elsewhere answers from there. Lines are only ever
appended, so that a version can be rebuilt from those that were there when it was made. No text is kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from quotes.errors import ModelError, UsageError
from quotes.models.scorer import Scorer
from quotes.records import StanceInput, StanceScore

_FIELDS = ("against", "neutral", "favour")


def ledger_key(revision: str, item: StanceInput) -> str:
    """SHA-256, in hex, of model revision, text, start and end of the target, and those of the holder where known."""
    parts = [revision, item.text, str(item.span.start), str(item.span.end)]
    if item.holder is not None:
        parts += [str(item.holder.start), str(item.holder.end)]
    return sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


class LedgerScorer:
    """Answers from recorded scores and computes only what is missing.

    ``scorer`` may be None when everything is recorded; ``revision`` then says whose scores to look up, and
    ``abstain_below`` the confidence below which that model abstains.
    ``added`` holds what had to be computed, by key: what a release appends to its ledger.
    """

    def __init__(
        self,
        scorer: Scorer | None,
        entries: Mapping[str, StanceScore],
        revision: str | None = None,
        abstain_below: float | None = None,
    ) -> None:
        if scorer is None and revision is None:
            raise UsageError("a ledger without a model needs the revision of the model that filled it.")
        if scorer is not None and revision not in (None, scorer.revision):
            raise UsageError(f"the model is revision {scorer.revision}, not {revision}. Give one of the two.")
        self.revision: str = scorer.revision if scorer is not None else str(revision)
        self.abstain_below = scorer.abstain_below if scorer is not None else abstain_below
        self.added: dict[str, StanceScore] = {}
        self._scorer = scorer
        self._entries = dict(entries)

    def score(self, inputs: Sequence[StanceInput]) -> list[StanceScore]:
        """Scores in the order of the inputs. Raises ModelError where one is neither recorded nor
        computable.
        """
        keys = [ledger_key(self.revision, item) for item in inputs]
        missing = {key: item for key, item in zip(keys, inputs, strict=True) if key not in self._entries}
        if missing:
            self._compute(missing)
        return [self._entries[key] for key in keys]

    def _compute(self, missing: dict[str, StanceInput]) -> None:
        if self._scorer is None:
            raise ModelError(
                f"{len(missing)} scores of revision {self.revision} are not in the ledger, and no model was "
                "given to compute them. Load the model of that revision."
            )
        found = dict(zip(missing, self._scorer.score(list(missing.values())), strict=True))
        self._entries |= found
        self.added |= found


def read_ledger(path: Path) -> dict[str, StanceScore]:
    """Recorded scores by key; none where the file does not exist yet.

    Raises UsageError, with the line, for a line that is no score or repeats a key.
    """
    if not path.exists():
        return {}
    entries: dict[str, StanceScore] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            key, score = str(row["key"]), StanceScore(*(float(row[field]) for field in _FIELDS))
        except (ValueError, KeyError, TypeError) as error:
            raise UsageError(
                f"{path}:{number}: no recorded score ({error!r}). Restore the file from its history."
            ) from error
        if key in entries:
            raise UsageError(
                f"{path}:{number}: the key {key} stands there twice. Restore the file from its history."
            )
        entries[key] = score
    return entries


def write_ledger(path: Path, entries: Mapping[str, StanceScore]) -> None:
    """Write all entries, sorted by key, one JSON object a line, four decimals: the same entries, the same
    bytes.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(_lines(entries)), encoding="utf-8", newline="\n")


def append_ledger(path: Path, added: Mapping[str, StanceScore]) -> None:
    """Append entries, sorted by key; the lines that stand there already are not touched."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8", newline="\n") as file:
        file.writelines(_lines(added))


def _lines(entries: Mapping[str, StanceScore]) -> Iterable[str]:
    for key in sorted(entries):
        score = entries[key]
        values = ", ".join(f'"{field}": {getattr(score, field):.4f}' for field in _FIELDS)
        yield f'{{"key": {json.dumps(key)}, {values}}}\n'
