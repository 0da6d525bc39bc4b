"""Words far from any quotation are passed over: what is read near them stays the same."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from quotes.records import Document, Span
from quotes.stages import clean, mark
from quotes.stages.stops import passed_over
from quotes.stages.tokens import Token, narrator_sentences

_PIECES = [
    "Brenn said so again. ", "The harbour was closed on Monday. ", "He added: ", "“We will not go,” ", "“No.” ", "\n",
    "Mr. Brenn went home in Sept. ", "and so on. he wrote. ", "NORVANIA OPENS HARBOUR Again Today. ", "why? ", "U.S. ",
]  # fmt: skip


def _near(sentences: list[list[Token]]) -> list[list[Token]]:
    """Sentences that hold a quotation and the one before each that begins with one."""
    holds = [any(token.type == "Q" for token in sentence) for sentence in sentences]
    begins = [sentence[0].type == "Q" for sentence in sentences]
    return [one for k, one in enumerate(sentences) if holds[k] or True in begins[k + 1 : k + 2]]


@given(st.lists(st.sampled_from(_PIECES), max_size=60).map("".join))
@example("Brenn said so again. " * 20 + "“No.” " + "The harbour was closed again. " * 20 + "“No.” He added: ")
def test_what_is_near_is_read_as_in_the_whole(text: str) -> None:
    article = clean.read(Document("d", text))
    candidates = mark.find(article)
    children = [i for i, candidate in enumerate(candidates) if candidate.parent is None]
    region = Span(0, len(article.text))
    whole = _near(list(narrator_sentences(article, region, candidates, children)))
    assert _near(list(narrator_sentences(article, region, candidates, children, near=True))) == whole


def test_what_is_far_is_passed_over() -> None:
    text = "The harbour was closed again. " * 20
    skipped = passed_over(text, 0, len(text), opens=False)
    assert skipped is not None
    assert skipped.end - skipped.start > len(text) * 0.7
    assert {text[at : at + 11] for at in skipped} == {"The harbour"}
    assert passed_over("the harbour was closed and " * 20, 0, 500, opens=False) is None
