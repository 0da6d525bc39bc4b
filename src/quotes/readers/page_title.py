"""The title of an article on a page that does not mark it as a heading, as those of party papers do not.

Without a heading only the head of the page is left, which names the paper. The article's own title stands in an
element whose class or id says so.
"""

from __future__ import annotations

import re

_CLASS = re.compile(r"(?:article|news|story|post|content)?[-_]?(?:title|headline|subject)", re.IGNORECASE)
_LONGEST = 300


def title_by_class(page: str) -> str | None:
    """The one text that the page calls a title by class or id; None where it has headings, or no or several such."""
    from lxml import html
    from lxml.etree import LxmlError

    try:
        tree = html.document_fromstring(page.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))
    except (LxmlError, ValueError):
        return None
    if any(_text(heading) for heading in tree.iter("h1", "h2")):
        return None
    body = tree.find("body")
    named = [] if body is None else [element for element in body.iter() if _is_named(element)]
    texts = {text for text in map(_text, named) if text and len(text) <= _LONGEST}
    return texts.pop() if len(texts) == 1 else None


def _is_named(element: object) -> bool:
    get = getattr(element, "get", None)
    if get is None or not isinstance(getattr(element, "tag", None), str):
        return False
    names = f"{get('class') or ''} {get('id') or ''}".split()
    return any(_CLASS.fullmatch(name) for name in names)


def _text(element: object) -> str:
    parts: list[str] = list(getattr(element, "itertext", list)())
    return " ".join("".join(parts).split())
