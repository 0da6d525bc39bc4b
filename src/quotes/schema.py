"""The tables of a release: ``schema.json`` read, given as pyarrow schemas, and checked against rows."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import pyarrow as pa

from quotes.errors import UsageError

_SURROGATE = re.compile("[\ud800-\udfff]")

_SCALARS: dict[str, tuple[Any, tuple[type, ...]]] = {
    "string": (pa.string(), (str,)),
    "int64": (pa.int64(), (int,)),
    "float64": (pa.float64(), (float, int)),
    "bool": (pa.bool_(), (bool,)),
}

# What Parquet calls the items of a list, so that a table reads back with the schema it was written with.
_ITEM = "element"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``type`` is string, int64, float64, bool, list<string> or list<struct> (of ``fields``).

    ``labels`` holds the allowed words of a class label, in the order of their numbers; else it is None. A
    ``derived`` value is counted from the other tables and moves when rows are added to them.
    """

    name: str
    type: str
    nullable: bool
    definition: str
    labels: tuple[str, ...] | None = None
    fields: tuple[Column, ...] = ()
    derived: bool = False

    def arrow_type(self) -> pa.DataType:
        """The pyarrow type in which the column is stored."""
        if self.type == "list<string>":
            return pa.list_(pa.field(_ITEM, pa.string()))
        if self.type == "list<struct>":
            return pa.list_(pa.field(_ITEM, pa.struct([_arrow_field(field) for field in self.fields])))
        return _SCALARS[self.type][0]


@dataclass(frozen=True, slots=True)
class TableSchema:
    """One table. ``key`` names the columns that identify a row, ``order`` those by which a file is sorted."""

    name: str
    definition: str
    key: tuple[str, ...]
    order: tuple[str, ...]
    columns: tuple[Column, ...]


@cache
def _tables() -> dict[str, TableSchema]:
    content = json.loads(files("quotes").joinpath("schema.json").read_text(encoding="utf-8"))
    labels = {name: tuple(words) for name, words in content["labels"].items()}
    return {
        name: TableSchema(
            name=name,
            definition=entry["definition"],
            key=tuple(entry["key"]),
            order=tuple(entry["order"]),
            columns=tuple(_column(column, labels) for column in entry["columns"]),
        )
        for name, entry in content["tables"].items()
    }


def _column(entry: Mapping[str, Any], labels: Mapping[str, tuple[str, ...]]) -> Column:
    return Column(
        name=entry["name"],
        type=entry["type"],
        nullable=entry["nullable"],
        definition=entry["definition"],
        labels=labels[entry["labels"]] if "labels" in entry else None,
        fields=tuple(_column(field, labels) for field in entry.get("fields", ())),
        derived=entry.get("derived", False),
    )


NAMES: tuple[str, ...] = tuple(_tables())
"""The tables of a release, the default one first."""


def table(name: str) -> TableSchema:
    """The table of this name. Raises UsageError where there is none."""
    if name not in NAMES:
        raise UsageError(f"no table is called {name!r}. The tables are: {', '.join(NAMES)}")
    return _tables()[name]


def columns(name: str) -> tuple[str, ...]:
    """Names of the columns of a table, in order."""
    return tuple(column.name for column in table(name).columns)


def arrow_schema(name: str) -> pa.Schema:
    """The ``pyarrow.Schema`` of a table: columns in order, nothing but names, types and nullability."""
    return pa.schema([_arrow_field(column) for column in table(name).columns])


def _arrow_field(column: Column) -> pa.Field:
    return pa.field(column.name, column.arrow_type(), nullable=column.nullable)


def to_arrow(name: str, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """The rows as a ``pyarrow.Table`` of the schema, in the order given.

    Raises UsageError at the first row that lacks a column, has one too many, or holds a wrong value.
    """
    schema = table(name)
    checked = []
    for number, row in enumerate(rows):
        faults = row_faults(schema, row)
        if faults:
            raise UsageError(f"table {name}, row {number} ({row_name(schema, row)}): {'; '.join(faults)}")
        checked.append(dict(row))
    return pa.Table.from_pylist(checked, schema=arrow_schema(name))


def row_name(schema: TableSchema, row: Mapping[str, Any]) -> str:
    """How messages call a row: its key columns and their values."""
    return ", ".join(f"{column} {row.get(column)!r}" for column in schema.key)


def row_faults(schema: TableSchema, row: Mapping[str, Any]) -> list[str]:
    """What is wrong with a row, each fault a phrase; empty where it fits the schema."""
    return _record_faults(schema.columns, row, prefix="")


def _record_faults(columns: Sequence[Column], record: Mapping[str, Any], *, prefix: str) -> list[str]:
    names = {column.name for column in columns}
    faults = [f"column {prefix}{column.name} is missing" for column in columns if column.name not in record]
    faults += [f"column {prefix}{name} is not in the schema" for name in record if name not in names]
    for column in columns:
        if column.name in record:
            faults += _value_faults(column, record[column.name], prefix=prefix)
    return faults


def _value_faults(column: Column, value: object, *, prefix: str) -> list[str]:
    where = f"column {prefix}{column.name}"
    if value is None:
        return [] if column.nullable else [f"{where} is null, and may not be"]
    if column.type.startswith("list<"):
        return _list_faults(column, value, where=where, prefix=prefix)
    return _scalar_faults(column, value, where=where)


def _list_faults(column: Column, value: object, *, where: str, prefix: str) -> list[str]:
    if not isinstance(value, list | tuple):
        return [f"{where} is {value!r}, and needs a list"]
    faults: list[str] = []
    for number, item in enumerate(value):
        place = f"{prefix}{column.name}[{number}]"
        if column.type == "list<string>":
            faults += [] if isinstance(item, str) else [f"column {place} is {item!r}, and needs string"]
        elif isinstance(item, Mapping):
            faults += _record_faults(column.fields, item, prefix=f"{place}.")
        else:
            faults.append(f"column {place} is {item!r}, and needs a record")
    return faults


def _scalar_faults(column: Column, value: object, *, where: str) -> list[str]:
    allowed = _SCALARS[column.type][1]
    # bool is an int to Python; in a table it is not one.
    if not isinstance(value, allowed) or (isinstance(value, bool) and bool not in allowed):
        return [f"{where} is {value!r}, and needs {column.type}"]
    if isinstance(value, float) and not math.isfinite(value):
        return [f"{where} is {value!r}, and needs a finite number"]
    if isinstance(value, str) and not _encodable(value):
        return [f"{where} holds half a surrogate pair, which no UTF-8 file can hold"]
    if column.labels is not None and value not in column.labels:
        return [f"{where} is {value!r}, and needs one of {', '.join(column.labels)}"]
    return []


def _encodable(value: str) -> bool:
    return value.isascii() or not _SURROGATE.search(value)
