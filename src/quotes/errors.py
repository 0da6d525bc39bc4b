"""The errors of `quotes`.

::

    QuotesError
    ├── UsageError            the call cannot be carried out as asked (exit code 2, nothing written)
    │   ├── ReleaseError      a version cannot be built, or does not hold what its manifest says
    │   ├── RegistryError     a table of the registry contradicts itself or another
    │   └── ModelError        weights are missing, damaged, or of another kind than asked for
    └── DocumentError         one document cannot be read; the others go on (exit code 1)
"""

from __future__ import annotations

from functools import partial
from typing import Any


class QuotesError(Exception):
    """Any error that `quotes` raises on purpose; its message says what, where and what to try."""


class UsageError(QuotesError):
    """The call cannot be carried out as asked."""


class ReleaseError(UsageError):
    """A version cannot be built, or does not hold what its manifest says."""


class RegistryError(UsageError):
    """A table of the registry contradicts itself or another."""


class ModelError(UsageError):
    """Weights are missing, damaged, or of another kind than asked for."""


class DocumentError(QuotesError):
    """One document cannot be read.

    ``where`` is ``file:line`` or ``file``, ``reason`` what is wrong, ``advice`` what to try.
    """

    def __init__(self, where: str, reason: str, advice: str, *, doc_id: str | None = None) -> None:
        super().__init__(f"{where}: {reason}. {advice}")
        self.where = where
        self.reason = reason
        self.advice = advice
        self.doc_id = doc_id

    def __reduce__(self) -> tuple[Any, ...]:  # an exception would else come back with its message alone
        return partial(DocumentError, doc_id=self.doc_id), (self.where, self.reason, self.advice)
