"""The prose of cards and datasheets: files with ``{{name}}`` where a release puts its figures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.resources import files

_PLACE = re.compile(r"\{\{(\w+)\}\}")


def fill(name: str, values: Mapping[str, str]) -> str:
    """The template with every place filled.

    Raises KeyError where a value is missing, ValueError where one is left over: neither may reach a reader.
    """
    text = files("quotes.release").joinpath("text", name).read_text(encoding="utf-8")
    unused = values.keys() - set(_PLACE.findall(text))
    if unused:
        raise ValueError(f"{name} has no place for {', '.join(sorted(unused))}")
    return _PLACE.sub(lambda match: values[match[1]], text)


def fill_own(text: str, values: Mapping[str, str]) -> str:
    """A template that is given, with the places that it has filled. Raises KeyError for one that is not known."""
    return _PLACE.sub(lambda match: values[match[1]], text)
