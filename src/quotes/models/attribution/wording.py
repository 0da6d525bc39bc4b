"""A small network that reads marked words and their neighbours and says how likely it is that somebody said them.

Pieces of words (Wu et al., 2016) → vectors of 64 numbers → one convolution over three of them → the greatest and the
mean values before, within and behind the words → one hidden layer → a logit (Collobert et al., "Natural language
processing (almost) from scratch", JMLR 2011; Kim, EMNLP 2014). It learnt what a language model of 109 million
parameters says of the same words (Hinton, Vinyals and Dean, 2015): ``training/wording_train.py``.

All that it adds up are small multiples of powers of two, so that sums are exact in any order: the logit of a window is
the same bit by bit on every processor.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import as_file, files

import numpy as np
from numpy.typing import NDArray

from quotes.errors import ModelError
from quotes.stages.wording import Window

BEFORE, WITHIN, BEHIND = 24, 16, 10
"""Pieces of words that are read before the marked words, of themselves (the first and the last eight), and behind."""
PLACES = BEFORE + WITHIN + BEHIND
NEAR = 4, 3
"""Pieces right before and right behind whose values are averaged."""
STEPS = 16.0
"""Steps between 0 and 1 to which the values of the convolution are rounded, up to `MOST`."""
MOST = 127.0
LENGTHS = (1, 2, 3, 4, 6, 9, 14, 24)
"""Lengths of the words, in pieces, from which a further bias counts; one more does in the copy of a state's organ."""
WEIGHTS, PIECES = "wording.safetensors", "pieces.txt"
_WORD = re.compile(r"\w+|[^\w\s]")
_MOST_PIECES = 4
_LONGEST = 40
_UNKNOWN = 0
_CACHED = 1 << 16

_PARTS = 6
"""Three greatest and three mean values of each channel: each of these parts is multiplied by itself, and"""
_ROWS = 13
"""so many places at once are in the convolution. Of larger products OpenBLAS makes threads, which cost more than they
save."""

Numbers = NDArray[np.float64]
Steps = NDArray[np.float32]
"""Values in whole steps."""


class Network:
    """The weights of a network, by name, and what it says. Raises ModelError where one is missing."""

    def __init__(self, weights: Mapping[str, NDArray[np.generic]]) -> None:
        try:
            self._vectors = weights["vectors"].astype(np.int16)
            self._cases = weights["cases"].astype(np.int16)
            self._places = weights["places"].astype(np.int16)
            self._convolution = weights["convolution"].astype(np.float32)
            self._bias = weights["convolution_bias"].astype(np.float32)
            self._scale = weights["convolution_scale"].astype(np.float32)
            self._hidden = np.split(weights["hidden"].astype(np.float64), _PARTS)
            self._biases = weights["biases"].astype(np.float64)
            self._last = weights["last"].astype(np.float64)
        except KeyError as missing:
            raise ModelError(f"the network that reads marked words has no weights {missing}.") from None

    def logit(self, pieces: NDArray[np.intp], cases: NDArray[np.intp], biases: Numbers) -> float:
        """What the network says of the pieces at its places (-1 where there is none), shape (`PLACES`,), and which of
        the biases of its hidden layer count, 1 or 0.
        """
        present = np.flatnonzero(pieces >= 0)
        numbers = pieces[present]
        vectors = self._vectors[numbers] + self._cases[cases[present]] + self._places[present]
        padded = np.zeros((PLACES + 2, vectors.shape[1]), dtype=np.float32)
        padded[present + 1] = np.clip(vectors, -MOST, MOST)
        three = np.concatenate((padded[present], padded[present + 1], padded[present + 2]), axis=1)
        values = np.zeros((PLACES, len(self._bias)), dtype=np.float32)
        for start in range(0, len(present), _ROWS):
            sums = three[start : start + _ROWS] @ self._convolution + self._bias
            steps = np.rint(np.maximum(sums, 0.0) * self._scale)
            values[present[start : start + _ROWS]] = np.minimum(steps, np.float32(MOST))
        hidden = biases @ self._biases
        for part, weights in zip(_pooled(values), self._hidden, strict=True):
            hidden += part.astype(np.float64) @ weights
        return float(np.rint(np.maximum(hidden, 0.0) * STEPS) @ self._last[:-1] + self._last[-1])


def _pooled(values: Steps) -> list[Steps]:
    """The greatest values of each part, and the sums of those near the marks and within them."""
    before, within, behind = values[:BEFORE], values[BEFORE : BEFORE + WITHIN], values[BEFORE + WITHIN :]
    sums = (before[-NEAR[0] :], within, behind[: NEAR[1]])
    return [*(part.max(axis=0) for part in (before, within, behind)), *(part.sum(axis=0) for part in sums)]


class Pieces:
    """Words cut into known pieces, the longest first, as BERT's models do."""

    def __init__(self, names: list[str]) -> None:
        self._numbers = {name: number for number, name in enumerate(names)}
        self._of = lru_cache(_CACHED)(self._cut)

    def of(self, words: Iterable[str]) -> tuple[list[int], list[int]]:
        """Numbers of the pieces of words, and for each how its word is written: small, Title, CAPITALS, other."""
        pieces: list[int] = []
        cases: list[int] = []
        for word in words:
            found, case = self._of(word)
            pieces += found
            cases += case
        return pieces, cases

    def _cut(self, word: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
        case = 0 if word.islower() else 1 if word.istitle() else 2 if word.isupper() else 3
        found: list[int] = []
        rest = word.lower()[:_LONGEST]
        while rest and len(found) < _MOST_PIECES:
            joined = "##" if found else ""
            end = next((end for end in range(len(rest), 0, -1) if joined + rest[:end] in self._numbers), 0)
            if not end:
                found = [_UNKNOWN]
                break
            found.append(self._numbers[joined + rest[:end]])
            rest = rest[end:]
        return tuple(found), (case,) * len(found)


def placed(
    window: Window, pieces: Pieces, *, state: bool = False
) -> tuple[NDArray[np.intp], NDArray[np.intp], Numbers]:
    """Pieces and cases at the network's places, and which biases count; ``state``: a state's organ narrates."""
    numbers = np.full(PLACES, -1)
    cases = np.zeros(PLACES, dtype=np.intp)
    words = _WORD.findall(window.words)
    if len(words) > LENGTHS[-1] + WITHIN:  # of the rest only the end is read, and that there is more
        words = words[: LENGTHS[-1]] + words[-WITHIN:]
    before = pieces.of(_WORD.findall(window.before)[-BEFORE:])
    within = pieces.of(words)
    behind = pieces.of(_WORD.findall(window.behind)[:BEHIND])
    for kind, array in ((0, numbers), (1, cases)):
        left, inner, right = before[kind][-BEFORE:], within[kind], behind[kind][:BEHIND]
        if len(inner) > WITHIN:
            inner = inner[: WITHIN // 2] + inner[-(WITHIN // 2) :]
        array[BEFORE - len(left) : BEFORE] = left
        array[BEFORE : BEFORE + len(inner)] = inner
        array[BEFORE + WITHIN : BEFORE + WITHIN + len(right)] = right
    length = len(within[0])
    return numbers, cases, np.array([1.0, *(float(length >= least) for least in LENGTHS), float(state)])


@cache
def _shipped() -> tuple[Network, Pieces]:
    from safetensors.numpy import load_file

    folder = files(__package__)
    with as_file(folder.joinpath(WEIGHTS)) as path:
        network = Network(load_file(path))
    return network, Pieces(folder.joinpath(PIECES).read_text(encoding="utf-8").split("\n")[:-1])


def says(window: Window, *, state: bool = False) -> float:
    """The logit of somebody having said the words of a window, by the shipped network."""
    network, pieces = _shipped()
    return network.logit(*placed(window, pieces, state=state))
