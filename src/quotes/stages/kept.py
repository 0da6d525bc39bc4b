"""Answers kept by their question, for what is asked at every word of a text."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

_MOST = 65_536
"""Answers that are kept; then the table begins anew. To know which were asked for lately would cost thrice as much."""

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Kept(dict[K, V], Generic[K, V]):
    """``answer`` of each key, worked out when it is first asked."""

    __slots__ = ("_answer",)

    def __init__(self, answer: Callable[[K], V]) -> None:
        super().__init__()
        self._answer = answer

    def __missing__(self, key: K) -> V:
        if len(self) >= _MOST:
            self.clear()
        value = self[key] = self._answer(key)
        return value
