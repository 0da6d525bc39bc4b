"""Layout: what the lines of an article and markup left in its text tell of where an unmarked statement ends."""

from __future__ import annotations

import re

from quotes.records import Article, Span

_TAG = re.compile(r"\s*<[a-z][\w-]*(?: [^<>]*)?>\s*")
_END_TAG = re.compile(r"\s*<(?:/[a-z][\w-]*|[a-z][\w-]*/)>[.\s]*\Z")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_POST = re.compile(r"tweet", re.IGNORECASE)
_MAX_TAG = 300


def start(article: Article, k: int) -> int:
    """Where the words of paragraph ``k`` begin, behind a tag that embeds them ("<tweet …>")."""
    part = article.paragraphs[k]
    tag = _TAG.match(article.text, part.start, min(part.end, part.start + _MAX_TAG))
    return part.start if tag is None or tag.end() == part.end else tag.end()


def stop(article: Article, k: int, cue: Span) -> int | None:
    """The paragraph before which a statement ends that begins with paragraph ``k`` on a line of its own, where the
    layout tells; None where it does not.

    A post is one paragraph, and so is what is embedded. Where a statement is set off by a blank line and its own
    paragraphs by none, the next blank line ends it.
    """
    text, parts = article.text, article.paragraphs
    if _POST.match(text, cue.start, cue.end) or start(article, k) > parts[k].start:
        return k + 1
    if k == 0 or not _is_apart(article, k):
        return None
    last = k + 1
    while last < len(parts) and not _is_apart(article, last):
        last += 1
    return last if last > k + 1 else None


def end(text: str, part: Span) -> int:
    """End of a paragraph's words, before the tag that closes what is embedded; its start where it is nothing else."""
    if text[part.end - 2 : part.end].strip()[-1:] not in (">", "."):
        return part.end
    tag = _END_TAG.search(text, max(part.start, part.end - 40), part.end)
    return part.end if tag is None else tag.start()


def _is_apart(article: Article, k: int) -> bool:
    """Whether a blank line stands before paragraph ``k``."""
    before = article.text[article.paragraphs[k - 1].end : article.paragraphs[k].start]
    return _BLANK_LINE.search(before) is not None
