"""YAML of cards and citations: keys in the order given, nothing abbreviated, same data, same bytes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

_MARK = "---\n"


class _Whole(yaml.SafeDumper):
    """Writes equal parts out each time, where the default refers back to the first by an anchor."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002
        """No part is ever referred to."""
        return True


def dump(data: Mapping[str, Any]) -> str:
    """Data as YAML."""
    text: str = yaml.dump(data, Dumper=_Whole, sort_keys=False, width=110)
    return text


def load(text: str) -> Mapping[str, Any]:
    """YAML as data. Raises ValueError where it is none, or no mapping."""
    try:
        found = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise ValueError(f"no YAML: {error}") from error
    if not isinstance(found, dict):
        raise ValueError("no mapping")
    return found


def put(head: Mapping[str, Any], body: str) -> str:
    """A Markdown file with its front matter."""
    return f"{_MARK}{dump(head)}{_MARK}\n{body}"


def read(text: str) -> Mapping[str, Any]:
    """The front matter of a Markdown file as data; empty where it has none."""
    parts = text.split(_MARK, 2)
    found = yaml.safe_load(parts[1]) if len(parts) == 3 and not parts[0] else None
    return found if isinstance(found, dict) else {}
