"""Scores from the ledger, for a version that was built before: no model is needed for it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from quotes.errors import ReleaseError
from quotes.models.ledger import LedgerScorer, read_ledger
from quotes.models.scorer import Scorer
from quotes.release import writer
from quotes.release.layout import Layout, table_file


def described(scorer: Scorer | None) -> dict[str, Any] | None:
    """What a manifest says of the model: its revision, and the confidence below which it abstains."""
    if scorer is None:
        return None
    return {"revision": scorer.revision, "abstain_below": scorer.abstain_below}


def recorded(
    folder: Path, published: Mapping[str, Any], layout: Layout, scorer: Scorer | None
) -> LedgerScorer | None:
    """A scorer that answers from the ledger for the model of a version; None where the version has no stance.

    With ``scorer``, what is not recorded is computed. Raises ReleaseError where the version names several models.
    """
    ledger = read_ledger(layout.ledger)
    if scorer is not None:
        return LedgerScorer(scorer, ledger)
    model = published["model"] if "model" in published else _of_rows(folder)
    if model is None:
        return None
    return LedgerScorer(None, ledger, revision=model["revision"], abstain_below=model.get("abstain_below"))


def _of_rows(folder: Path) -> dict[str, Any] | None:
    """The model that the rows name, of a version whose manifest does not."""
    models = {row["model"] for row in writer.read(folder / table_file("stances"))} - {None}
    if len(models) > 1:
        raise ReleaseError(f"stances names {len(models)} models, and a release has one. Fetch the version anew")
    return {"revision": str(*models)} if models else None
