"""About: what a dataset calls itself, and who made it.

A repository of one's own says so in ``data/dataset.json``: an object with any of the keys of `About`. Without
that file it is the dataset of this project.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from importlib.resources import files
from typing import Any

from quotes.errors import ReleaseError
from quotes.release.layout import Layout


@dataclass(frozen=True, slots=True)
class About:
    """Name (one word, for keys and files), title, abstract, authors, keywords, licences (SPDX) and address."""

    name: str = "quotes"
    title: str = "quotes: who said what, when, carried by whom, and with which stance"
    abstract: str = (
        "Quotations from news and state media as a versioned dataset: the words, their place in the document, "
        "who said them, when, which outlet carried them, and the speaker's stance toward what they are about."
    )
    authors: tuple[str, ...] = ("quotes project",)
    keywords: tuple[str, ...] = ("quotation", "attribution", "stance", "state media", "dataset", "NLP")
    licences: tuple[str, ...] = ("CC-BY-4.0", "CC0-1.0")
    url: str | None = None


def read(layout: Layout) -> About:
    """What the repository says of itself. Raises ReleaseError where it says something else than it may."""
    path = layout.about
    if not path.is_file():
        return About()
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ReleaseError(f"{path} is no JSON: {error}. Mend it") from error
    if not isinstance(found, dict):
        raise ReleaseError(f"{path} holds no JSON object. Write one with any of {', '.join(_names())}")
    return About(**{name: _value(str(path), name, value) for name, value in found.items()})


def _names() -> list[str]:
    return [field.name for field in fields(About)]


def _value(path: str, name: str, value: object) -> Any:  # noqa: ANN401
    if name not in _names():
        raise ReleaseError(f"{path}: {name!r} is not known. The keys are {', '.join(_names())}")
    if name in ("authors", "keywords", "licences"):
        if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
            return tuple(value)
        raise ReleaseError(f"{path}: {name!r} is {value!r}, and needs a list of words")
    if isinstance(value, str) or (name == "url" and value is None):
        return value
    raise ReleaseError(f"{path}: {name!r} is {value!r}, and needs text")


def datasheet(layout: Layout) -> str | None:
    """The prose of the repository's own datasheet (``data/datasheet.md``); of another's dataset that has none, one
    that only counts; None for this project's.
    """
    if layout.datasheet.is_file():
        return layout.datasheet.read_text(encoding="utf-8")
    if layout.about.is_file():
        return files("quotes.release").joinpath("text", "datasheet_plain.md").read_text(encoding="utf-8")
    return None
