"""What a verification finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found, and where.

    A ``fault`` does not hold. What ``moved`` is no damage: inputs or code here are no longer those that the
    version was made from, so that a rebuild gives something else. A ``note`` says what was not compared.

    ``table``, ``row`` (the values of its key) and ``column`` are None where the finding is not about one.
    """

    level: Literal["fault", "moved", "note"]
    file: str
    message: str
    table: str | None = None
    row: str | None = None
    column: str | None = None

    def __str__(self) -> str:
        places = (("table", self.table), ("row", self.row), ("column", self.column))
        where = ", ".join([self.file, *(f"{name} {value}" for name, value in places if value is not None)])
        return f"{self.level}: {where}: {self.message}"
