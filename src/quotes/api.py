"""The one-line way in: quotations of a text as records."""

from __future__ import annotations

from functools import cache
from typing import Any

from quotes.models.scorer import Scorer
from quotes.records import Document
from quotes.registry import load as load_registry


def extract(
    text: str,
    *,
    published: str | None = None,
    publisher: str | None = None,
    title: str | None = None,
    url: str | None = None,
    lang: str | None = None,
    doc_id: str = "text",
    stance: bool = True,
    scorer: Scorer | None = None,
) -> list[dict[str, Any]]:
    """The quotations of ``text``, one record each, with the columns of the `quotes` table.

    ``pandas.DataFrame(quotes.extract(text))`` takes them as they are. ``published`` (an EDTF day, month or year) and
    ``publisher`` let dates without a year and the source be told. ``stance=False`` skips the model, which takes
    seconds to load the first time; ``scorer`` is any other model, as `quotes.models.load` gives it.
    """
    from quotes.pipeline import extract_document

    document = Document(doc_id, text, title, published, publisher, url, lang)
    if scorer is None and stance:
        scorer = _default_scorer()
    return extract_document(document, load_registry(), scorer if stance else None).quotes


@cache
def _default_scorer() -> Scorer:
    from quotes.models import load

    return load()
