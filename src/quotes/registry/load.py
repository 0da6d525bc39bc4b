"""Load the shipped registry, and a user's tables beside it."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from quotes.errors import RegistryError
from quotes.registry.check import check
from quotes.registry.lookup import Registry
from quotes.registry.tables import Tables, read


def load(extra: Path | None = None) -> Registry:
    """The registry, with the tables of the folder ``extra`` added to the shipped ones.

    ``extra`` holds any of ``people.jsonl``, ``organisations.jsonl``, ``outlets.jsonl``, ``countries.jsonl``,
    ``places.jsonl``, ``titles.tsv``, ``epithets.tsv`` in the form of the shipped tables. Raises `RegistryError`
    where a row cannot be read or contradicts another; the message names both.
    """
    if extra is None:
        return _shipped()
    if not extra.is_dir():
        raise RegistryError(f"{extra} is no folder; give the folder that holds people.jsonl and the like.")
    return _registry(_joined(_tables(), read(extra), extra.name))


@lru_cache(maxsize=1)
def _tables() -> Tables:
    return read(files("quotes.registry").joinpath("data"))


@lru_cache(maxsize=1)
def _shipped() -> Registry:
    # The shipped tables are checked by the tests, not at every start.
    return _build(_tables())


def _registry(tables: Tables) -> Registry:
    check(tables)
    return _build(tables)


def _build(tables: Tables) -> Registry:
    return Registry(
        tuple(placed.row for placed in tables.people),
        tuple(placed.row for placed in tables.organisations),
        tuple(placed.row for placed in tables.outlets),
        tuple(placed.row for placed in tables.countries),
        tuple(placed.row for placed in tables.places),
        tuple(placed.row for placed in tables.titles),
        tuple(placed.row for placed in tables.epithets),
    )


def _joined(shipped: Tables, extra: Tables, folder: str) -> Tables:
    if extra == Tables((), (), (), (), (), (), ()):
        raise RegistryError(f"{folder} holds no table of a registry; people.jsonl or the like is expected.")
    return Tables(
        shipped.people + extra.people,
        shipped.organisations + extra.organisations,
        shipped.outlets + extra.outlets,
        shipped.countries + extra.countries,
        shipped.places + extra.places,
        shipped.titles + extra.titles,
        shipped.epithets + extra.epithets,
    )
