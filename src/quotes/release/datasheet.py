"""The datasheet: the sections of "Datasheets for Datasets" (Gebru et al., 2021), with generated figures."""

from __future__ import annotations

from quotes.release import figures, template
from quotes.release.tables import Tables


def text(*, version: str, date: str, tables: Tables) -> str:
    """The datasheet of a version; its figures are counted from the published tables."""
    return template.fill(
        "datasheet.md",
        {
            "version": version,
            "date": date,
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
        },
    )
