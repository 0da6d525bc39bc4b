"""What a reader gives: one document as it stands in its file, not looked at yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Raw:
    """The fields of one document and ``where`` they stand (``file``, ``file:line`` or ``file:record``).

    ``page`` is a web page still to be read, which takes a hundred times as long as the rest and can so be done
    elsewhere; ``charset`` is what its server said of it. Fields that are given win over what the page says.
    """

    where: str
    fields: Mapping[str, Any]
    page: bytes | None = None
    charset: str | None = None


@dataclass(frozen=True, slots=True)
class PassedOver:
    """Something in a file that is no document, and is not meant to be one."""

    where: str
    reason: str
