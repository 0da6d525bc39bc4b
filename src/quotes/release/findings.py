"""What a verification finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not hold (``fault``), or that could not be compared (``note``), and where.

    ``table``, ``row`` (the values of its key) and ``column`` are None where the finding is not about one.
    """

    level: Literal["fault", "note"]
    file: str
    message: str
    table: str | None = None
    row: str | None = None
    column: str | None = None

    def __str__(self) -> str:
        places = (("table", self.table), ("row", self.row), ("column", self.column))
        where = ", ".join([self.file, *(f"{name} {value}" for name, value in places if value is not None)])
        return f"{self.level}: {where}: {self.message}"
