"""Link: identifiers made of content."""

from __future__ import annotations

import re
import unicodedata
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.stages import link


def one_id(publisher: str | None, doc_id: str, quote: str) -> str:
    [result] = link.quote_ids(publisher, doc_id, [quote])
    return result


def test_identifiers_are_those_of_every_version() -> None:
    # Published rows carry them: a change here breaks every link to them.
    assert one_id("Harbour Post", "a-1", "The port stays open.") == "q1_89d7etmtgv25sp1dn51539f7"
    assert link.statement_id("The port stays open.") == "s1_del84bis2uhgbrla2ajrscrv"


def test_repeated_words_are_counted() -> None:
    ids = list(link.quote_ids("Harbour Post", "a-1", ["Yes.", "No.", "Yes."]))
    assert len(set(ids)) == 3
    assert ids[:2] == list(link.quote_ids("Harbour Post", "a-1", ["Yes.", "No."]))


def test_publisher_document_and_words_tell_apart() -> None:
    ids = [
        one_id("A", "1", "w"),
        one_id("B", "1", "w"),
        one_id("A", "2", "w"),
        one_id("A", "1", "v"),
        one_id(None, "1", "w"),
    ]
    assert all(one != other for one, other in combinations(ids, 2))


def test_fields_do_not_run_into_each_other() -> None:
    assert one_id("A", "1 x", "w") != one_id("A 1", "x", "w")


@pytest.mark.parametrize(
    "variant",
    ["THE PORT STAYS OPEN", "The port stays open!", "  The port,\nstays “open” ", "Ｔｈｅ port stays open"],
)
def test_a_statement_is_its_words(variant: str) -> None:
    assert link.statement_id(variant) == link.statement_id("The port stays open.")


@pytest.mark.parametrize(
    "other", ["The port stays closed.", "The ports stay open.", "Port the stays open.", ""]
)
def test_other_words_are_another_statement(other: str) -> None:
    assert link.statement_id(other) != link.statement_id("The port stays open.")


def test_both_apostrophes_are_one() -> None:
    assert link.statement_id("the nation’s honour") == link.statement_id("the nation's honour")


@pytest.mark.parametrize(
    ("quote", "count"), [("", 0), ("…", 0), ("the nation’s anti-war port", 4), ("港口", 1), ("a—b", 2)]
)
def test_count_words(quote: str, count: int) -> None:
    assert link.count_words(quote) == count


@given(st.one_of(st.none(), st.text()), st.text(), st.lists(st.text()))
def test_form_of_the_identifiers(publisher: str | None, doc_id: str, quotes: list[str]) -> None:
    ids = list(link.quote_ids(publisher, doc_id, quotes))
    assert all(re.fullmatch(r"q1_[0-9a-v]{24}", one) for one in ids)
    assert len(set(ids)) == len(quotes)
    assert all(re.fullmatch(r"s1_[0-9a-v]{24}", link.statement_id(quote)) for quote in quotes)


@given(st.characters(categories=["Cs"]))
def test_lone_surrogates_have_identifiers(character: str) -> None:
    assert one_id(character, character, character).startswith("q1_")
    assert link.statement_id(character).startswith("s1_")


@given(st.text(), st.text(min_size=1), st.lists(st.text(), max_size=3), st.sampled_from(["NFC", "NFD"]))
def test_identifiers_do_not_depend_on_the_normal_form(
    publisher: str, doc_id: str, quotes: list[str], form: str
) -> None:
    def written(words: str) -> str:
        return unicodedata.normalize(form, words)

    turned = link.quote_ids(written(publisher), written(doc_id), [written(quote) for quote in quotes])
    assert list(turned) == list(link.quote_ids(publisher, doc_id, quotes))
    assert [link.statement_id(written(quote)) for quote in quotes] == [link.statement_id(quote) for quote in quotes]
