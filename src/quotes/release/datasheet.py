"""The datasheet: the sections of "Datasheets for Datasets" (Gebru et al., 2021), with generated figures."""

from __future__ import annotations

from collections.abc import Sequence

from quotes.release import card, figures, template
from quotes.release.collection import Collection
from quotes.release.tables import Tables


def text(
    *, version: str, date: str, tables: Tables, collections: Sequence[Collection], own: str | None = None
) -> str:
    """The datasheet of a version; its figures are counted from the published tables.

    ``own`` is the prose of another dataset: the same places may stand in it, none has to. Raises KeyError where
    one stands in it that is not known.
    """
    values = {
        "version": version,
        "date": date,
        "collections": card.listed(collections),
        "tables": figures.of_tables(tables),
        "kinds": figures.of_column(tables, "quotes", "kind"),
        "speakers": figures.of_column(tables, "quotes", "speaker"),
        "sources": figures.of_column(tables, "quotes", "source"),
        "stances": figures.of_column(tables, "quotes", "stance"),
        "bases": figures.of_column(tables, "quotes", "date_basis"),
        "reviewed": figures.of_column(tables, "quotes", "reviewed"),
        "gaps": figures.of_gaps(tables, "quotes"),
        "reasons": figures.of_column(tables, "rejected", "reason"),
        "phenomena": figures.of_phenomena(tables),
        "gold": figures.of_gold(tables),
    }
    return template.fill("datasheet.md", values) if own is None else template.fill_own(own, values)
