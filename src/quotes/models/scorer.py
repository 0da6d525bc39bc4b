"""A stance model: texts with a target in, probabilities out.

torch and transformers are imported, and the weights read, when the first score is asked for and not before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from quotes.models.encoding import Encoded
from quotes.models.folder import ModelFolder, Precision
from quotes.models.inputs import encoded, shares
from quotes.models.network import Network, open_network
from quotes.records import StanceInput, StanceScore

if TYPE_CHECKING:
    from torch import Tensor

DECIMALS = 4
BATCH_TOKENS: dict[Precision, int] = {"full": 1024, "int8": 384}
"""Tokens in a batch, at most: what lies in the processor's cache; more is no faster."""
_MARGIN: dict[Precision, float] = {"full": 2e-6, "int8": 1e-12}
"""Probabilities this near to where rounding turns are computed again by the row alone."""

_Key = tuple[tuple[int, ...], tuple[int, ...]]
_Shares = tuple[float, float, float]


class Scorer(Protocol):
    """Anything that can score stance; ``revision`` changes whenever a score could."""

    @property
    def revision(self) -> str:
        """What made the scores: weights, tokenizer, input format, temperature."""

    @property
    def abstain_below(self) -> float | None:
        """The confidence below which a label is only a guess; None where nobody has set one."""

    def score(self, inputs: Sequence[StanceInput]) -> list[StanceScore]:
        """One score for each input, in their order."""


class TransformerScorer:
    """A sequence classifier of transformers, read from a checked folder."""

    def __init__(self, folder: ModelFolder, precision: Precision = "full") -> None:
        self.folder, self.precision = folder, precision
        self.revision = folder.revision if precision == "full" else f"{folder.revision}-{precision}"
        self.abstain_below = folder.form.abstain_below

    def __reduce__(self) -> tuple[type[TransformerScorer], tuple[ModelFolder, Precision]]:
        """Another process gets the folder and reads the weights itself."""
        return TransformerScorer, (self.folder, self.precision)

    def open(self) -> TransformerScorer:
        """Read the weights now. Raises ModelError where they cannot be read."""
        _ = self._network
        return self

    def score(self, inputs: Sequence[StanceInput]) -> list[StanceScore]:
        """Scores in the order of the inputs, four decimals.

        Each different input is computed once, on one thread, in batches of one length (of any, where the network
        packs them), so that nothing is padded. In a batch the last bits of a sum can differ from those of the row
        alone (by less than a millionth, of int8 far less); where that could turn the last decimal, the row is computed
        again alone. So a score depends on nothing but its input: not on its neighbours, on their order or number, or
        on the number of processors.
        Raises ModelError where the weights cannot be read, ValueError for a target outside its text.
        """
        if not inputs:
            return []
        rows = {item: encoded(self._network.tokenizer, item, self.folder) for item in dict.fromkeys(inputs)}
        keys = {item: [_key(row) for row in parts] for item, parts in rows.items()}
        with _one_thread():
            found = self._together(list(dict.fromkeys(key for parts in keys.values() for key in parts)))
            scores = {item: self._rounded(parts, found) for item, parts in keys.items()}
        return [scores[item] for item in inputs]

    def _together(self, keys: list[_Key]) -> dict[_Key, list[float]]:
        """Probabilities of the outputs for each row."""
        found: dict[_Key, list[float]] = {}
        for part in self._batches(keys):
            found.update(zip(part, self._probabilities(part), strict=True))
        return found

    def _batches(self, keys: list[_Key]) -> Iterator[list[_Key]]:
        """Rows of similar length, of one length unless the network packs them, as many as a batch takes."""
        batch: list[_Key] = []
        tokens = 0
        for key in sorted(keys, key=lambda key: len(key[0])):
            length = len(key[0])
            another = not self._network.packed and len(batch[-1][0]) != length if batch else False
            if batch and (another or tokens + length > BATCH_TOKENS[self.precision]):
                yield batch
                batch, tokens = [], 0
            batch.append(key)
            tokens += length
        if batch:
            yield batch

    def _rounded(self, parts: list[_Key], found: dict[_Key, list[float]]) -> StanceScore:
        result = shares([found[key] for key in parts], self.folder)
        if any(_turns(share, _MARGIN[self.precision]) for share in result):
            result = shares([self._probabilities([key])[0] for key in parts], self.folder)
        return StanceScore(*(round(share, DECIMALS) for share in result))

    def _probabilities(self, keys: Sequence[_Key]) -> list[list[float]]:
        logits: Tensor = self._network.logits([Encoded(list(ids), list(types)) for ids, types in keys])
        rows: list[list[float]] = (logits.double() / self.folder.form.temperature).softmax(dim=1).tolist()
        return rows

    @cached_property
    def _network(self) -> Network:
        return open_network(self.folder, self.precision)


def _key(row: Encoded) -> _Key:
    return tuple(row.input_ids), tuple(row.token_type_ids)


def _turns(share: float, margin: float) -> bool:
    """Whether a change within the margin could round ``share`` another way."""
    return round(share - margin, DECIMALS) != round(share + margin, DECIMALS)


@contextmanager
def _one_thread() -> Iterator[None]:
    """One torch thread inside, the caller's number afterwards: sums split over threads differ in their last
    digits.
    """
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)
