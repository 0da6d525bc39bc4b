"""Statements: which quotations are linked as one utterance, and that nothing depends on their order."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.pipeline import build_tables, statements
from quotes.records import Document
from quotes.stages import link, link_statements

Row = dict[str, Any]
CASES = json.loads((Path(__file__).parent / "cases" / "statements.json").read_text(encoding="utf-8"))


def row(number: int, quote: str | None, **fields: Any) -> Row:
    words = quote or ""
    given: Row = {
        "quote_id": f"q{number:03}",
        "doc_id": f"d{number:03}",
        "start": 0,
        "end": len(words),
        "n_words": link.count_words(words),
        "quote": quote,
        "quote_sha256": words,
        "speaker": "Aldo Brenn",
        "speaker_id": None,
        "date_edtf": None,
        "published": "2031-05-10",
        "source": None,
        "statement_id": link.statement_id(words),
        **fields,
    }
    day = given["date_edtf"] or ""
    return {**given, "date": day if len(day) == 10 and "X" not in day else None}


def parameter(case: Mapping[str, Any]) -> Any:
    marks = pytest.mark.xfail(reason=case["because"], strict=True, raises=AssertionError) if "because" in case else ()
    return pytest.param(case, id=case["name"], marks=marks)


@pytest.mark.parametrize("case", [parameter(case) for case in CASES])
@pytest.mark.parametrize("swapped", [False, True])
def test_case(case: Mapping[str, Any], swapped: bool) -> None:
    rows = [row(number, **case[which]) for number, which in enumerate(("one", "other"))]
    if swapped:
        rows.reverse()
    one, other = link_statements.link(rows)
    assert (one["statement_id"] == other["statement_id"]) is case["linked"]
    assert [{**linked, "statement_id": given["statement_id"]} for linked, given in zip((one, other), rows, strict=True)]


SOME = settings(max_examples=40, deadline=None)
"""The first signature of a run loads the library."""
WHOLE = "We have repaired the northern breakwater with our own hands, and we shall do so again in the spring."
PARTS = [
    WHOLE,
    WHOLE.upper(),
    "We have repaired the northern breakwater with our own hands",
    "and we shall do so again in the spring",
    "We’ve repaired the northern breakwater with our hands, and shall do so again in spring.",
    "The port stays open.",
    "The port stays open!",
    "The fleet of Ulmark has left the harbour, and no lantern of it was seen again that winter.",
    "",
    "…",
    "港口不是画出来的，是垒起来的。",
]
DAYS = [None, "2031-05-02", "2031-05-09", "2031-05", "2031-05-0X", "../2031-05-09", "XXXX-05-09", "9999-12-31"]
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "quote": st.sampled_from([*PARTS, None]) | st.text(max_size=30),
            "speaker": st.sampled_from([None, "Aldo Brenn", "Brenn", "Vera Indrel", ""]),
            "date_edtf": st.sampled_from(DAYS),
            "published": st.sampled_from([None, "2031-05-10", "2031", "2031-05", "0001-01-01", "nonsense"]),
            "doc_id": st.sampled_from(["d1", "d2", "d3"]),
        }
    ),
    max_size=12,
).map(lambda given: [row(number, fields.pop("quote"), **fields) for number, fields in enumerate(map(dict, given))])


@SOME
@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(rows: list[Row], shuffle: random.Random) -> None:
    shuffled = shuffle.sample(rows, len(rows))
    assert link_statements.links(rows) == link_statements.links(shuffled)
    linked = link_statements.link(rows)
    again = link_statements.link(shuffled)
    assert statements(linked) == statements(again)


@SOME
@given(ROWS)
def test_linking_again_changes_nothing(rows: list[Row]) -> None:
    once = link_statements.link(rows)
    assert [link_statements.links(once)[one["quote_id"]] for one in rows if one["quote"]] == [
        one["statement_id"] for one in once if one["quote"]
    ]


@SOME
@given(ROWS)
def test_nothing_but_the_link_changes(rows: list[Row]) -> None:
    linked = link_statements.link(rows)
    assert [{**one, "statement_id": None} for one in linked] == [{**one, "statement_id": None} for one in rows]


@SOME
@given(ROWS)
def test_what_is_linked_agrees_in_speaker_and_day(rows: list[Row]) -> None:
    groups: dict[str, list[Row]] = {}
    for one in link_statements.link(rows):
        groups.setdefault(one["statement_id"], []).append(one)
    for group in groups.values():
        names = {one["speaker"] for one in group} - {None, ""}
        assert not {"Aldo Brenn", "Vera Indrel"} <= names
        days = [date.fromisoformat(one["date"]) for one in group if one["date"]]
        assert not days or max(days) - min(days) <= timedelta(days=1)


@SOME
@given(ROWS)
def test_pairs_by_key_are_those_of_the_whole(rows: list[Row]) -> None:
    """An engine that groups by key and hands each group to `pairs` finds what `links` finds."""
    signed = {one["quote_id"]: link_statements.signature(one) for one in rows}
    by_key: dict[str, list[Any]] = {}
    for one in reversed(signed.values()):
        for key in link_statements.keys(one):
            by_key.setdefault(key, []).append(one)
    found = [pair for key in sorted(by_key) for pair in link_statements.pairs(by_key[key])]
    names = link_statements.named(
        link_statements.groups(signed, found), {one["quote_id"]: one for one in rows}
    )
    assert names == link_statements.links(rows)


def ids(rows: Sequence[Row]) -> dict[str, str]:
    return link_statements.links(rows)


def test_a_later_reprint_keeps_every_identifier() -> None:
    rows = [row(1, WHOLE), row(2, "The port stays open.")]
    later = [
        row(3, "we shall do so again, and repaired the northern breakwater with our own hands", published="2031-05-11"),
        row(4, WHOLE.upper(), published="2031-05-12"),
        row(5, "The port stays open!", published="2031-05-11"),
    ]
    before, after = ids(rows), ids([*rows, *later])
    assert {name: after[name] for name in before} == before
    assert after["q004"] == before["q001"]
    assert after["q005"] == before["q002"]
    assert before["q001"] == link.statement_id(WHOLE)


def test_words_of_two_speakers_are_two_utterances_and_the_first_keeps_the_plain_identifier() -> None:
    other = row(2, "The port stays open.", speaker="Vera Indrel", published="2031-05-12")
    rows = [row(1, "The port stays open."), other]
    found = ids(rows)
    assert found["q001"] == link.statement_id("The port stays open.") != found["q002"]
    assert ids(rows[1:])["q002"] == link.statement_id("The port stays open.")


def test_rows_without_words_keep_their_links() -> None:
    """A collection published stand-off tells the identifiers of words that it withholds."""
    withheld = row(2, None, statement_id=link.statement_id(WHOLE))
    found = ids([row(1, WHOLE), withheld, row(3, None, statement_id="s1_other")])
    assert found["q001"] == found["q002"] == link.statement_id(WHOLE)
    assert found["q003"] == "s1_other"


def test_a_chain_of_cuts_joins_no_two_speakers() -> None:
    rows = [row(1, WHOLE), row(2, WHOLE, speaker=None), row(3, WHOLE, speaker="Vera Indrel")]
    found = ids(rows)
    assert found["q001"] != found["q003"]
    assert found["q002"] in (found["q001"], found["q003"])


def test_many_reprints_are_compared_in_linear_time() -> None:
    """The pairs looked at are counted, not the time."""
    def compared(count: int) -> int:
        signed = [link_statements.signature(row(k, f"{WHOLE} {'o' * k}")) for k in range(count)]
        return sum(1 for _ in link_statements.pairs(signed))

    assert compared(400) <= 2.1 * compared(200)


def test_hundreds_of_reprints_are_one_utterance() -> None:
    rows = [row(k, WHOLE if k % 3 else WHOLE.lower()[:60], doc_id=f"d{k}") for k in range(300)]
    assert len(set(ids(rows).values())) == 1


def test_the_table_tells_first_print_reprints_and_variants() -> None:
    printed = [
        Document("a", f"“{WHOLE[:-1]},” President Aldo Brenn of Norvania said on May 8, 2031.", published="2031-05-09"),
        Document("b", f"“{WHOLE[:60]},” Brenn, the president of Norvania, said.", published="2031-05-10"),
        Document("c", f"“{WHOLE[:-1].replace(',', ' –')},” Brenn said.", published="2031-05-12"),
    ]
    for order in (printed, printed[::-1]):
        tables = build_tables(order, scorer=None)
        [found] = tables["statements"]
        quotes = {one["doc_id"]: one["quote_id"] for one in tables["quotes"]}
        assert (found["n_quotes"], found["n_documents"], found["n_reprints"]) == (3, 3, 2)
        assert (found["first_date"], found["first_published"]) == ("2031-05-08", "2031-05-09")
        assert found["first_quote_id"] == quotes["a"]
        assert found["variants"] == [quotes["a"], quotes["b"], quotes["c"]]
        assert Counter(one["statement_id"] for one in tables["quotes"]) == {found["statement_id"]: 3}


@SOME
@given(st.lists(st.sampled_from(["port", "harbour", "stays", "open", "never", "again"]), min_size=12, max_size=60))
def test_a_cut_of_any_words_shares_a_key_with_the_whole(words: list[str]) -> None:
    whole, cut = row(1, " ".join(words)), row(2, " ".join(words[2:10]))
    found = [set(link_statements.keys(link_statements.signature(one))) for one in (whole, cut)]
    assert found[0] & found[1]
