"""Expressions that do not mind capitals."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from quotes.stages.resolve_descriptions import _words_before
from quotes.stages.small_letters import Small

_PATTERN = r"\b(?:so-called|under the (?:name|guise)(?: of)?|known (?:\w+ )?as)(?: the| a)? $"
_PIECES = ["so-called ", "Under ", "the ", "NAME ", "of ", "Known ", "widely ", "As ", "(a.b ", "", " ", "\n"]
_WORDS = st.sampled_from(_PIECES)


@given(st.lists(_WORDS, max_size=8).map("".join))
def test_finds_what_the_engine_finds_where_it_ignores_case(text: str) -> None:
    slow = re.compile(_PATTERN, re.IGNORECASE).search(text)
    quick = Small(_PATTERN).search(text)
    assert (slow and slow.span()) == (quick and quick.span())


@given(st.lists(_WORDS, max_size=14).map("".join))
def test_the_words_at_the_end_of_a_text(text: str) -> None:
    match = re.search(r"((?:[\w'’.-]+ ){1,8})$", text)
    assert list(_words_before(text)) == (match[1].split()[::-1] if match and text[-1:] == " " else [])
