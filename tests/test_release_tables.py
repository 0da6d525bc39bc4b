"""The tables that a release adds, and the words that it withholds."""

from __future__ import annotations

import pytest

from quotes import schema
from quotes.errors import ReleaseError
from quotes.release import collections, tables
from quotes.release.progress import silent
from release_case import INVENTED, REAL, LengthScorer, Marks, write_collection, write_repository


def complete(layout):
    read = collections.read(layout.raw)
    documents = [document for one in read if not one.fictional for document in one.documents()]
    extracted = Marks().tables(documents, scorer=LengthScorer(), workers=1, progress=silent)
    return tables.complete(extracted, read, Marks().register()), read


def test_speakers_are_counted_once_each_with_what_the_registry_knows(tmp_path):
    found, _ = complete(write_repository(tmp_path))
    brenn, tolk = sorted(found["speakers"], key=lambda row: row["speaker"])
    assert (brenn["speaker_id"], brenn["type"], brenn["country"], brenn["wikidata"]) == (
        "aldo-brenn",
        "person",
        "Norvania",
        "Q1",
    )
    assert (brenn["n_quotes"], brenn["n_documents"]) == (2, 2)
    assert (tolk["speaker"], tolk["speaker_id"], tolk["type"], tolk["n_quotes"]) == (
        "Mira Tolk",
        None,
        "person",
        1,
    )


def test_a_country_that_speaks_is_an_organisation_with_its_evidence(tmp_path):
    layout = write_repository(tmp_path)
    read = collections.read(layout.raw)
    documents = [document for one in read if not one.fictional for document in one.documents()]
    extracted = Marks().tables(documents, scorer=LengthScorer(), workers=1, progress=silent)
    country = {"speaker": "Norvania", "speaker_id": "c:nv", "speaker_type": "organisation", "date": "2031-05-09"}
    extracted["quotes"] = [{**row, **country} for row in extracted["quotes"]]
    [row] = tables.complete(extracted, read, Marks().register())["speakers"]
    assert (row["type"], row["country"], row["wikidata"], row["evidence"]) == (
        "organisation", "Norvania", None, "invented",
    )  # fmt: skip
    assert (row["first_date"], row["last_date"], row["n_quotes"]) == ("2031-05-09", "2031-05-09", 3)


def test_sources_are_the_outlets_credited(tmp_path):
    found, _ = complete(write_repository(tmp_path))
    assert [(row["source"], row["source_type"], row["n_quotes"], row["evidence"]) for row in found["sources"]] == [
        ("NCNA", "state_media", 2, "invented")
    ]


def test_documents_count_what_was_found_in_them(tmp_path):
    found, _ = complete(write_repository(tmp_path))
    counts = {
        row["doc_id"]: (row["n_quotes"], row["n_rejected"], row["n_chars"]) for row in found["documents"]
    }
    assert counts == {
        row["doc_id"]: (n, r, len(row["text"])) for row, n, r in zip(REAL, (1, 2), (1, 0), strict=True)
    }


def test_invented_documents_stand_in_their_own_table_alone(tmp_path):
    found, _ = complete(write_repository(tmp_path))
    assert [row["doc_id"] for row in found["challenge"]] == [row["doc_id"] for row in INVENTED]
    for name in schema.NAMES:
        if name != "challenge":
            assert all(row.get("doc_id") != "challenge-1" for row in found[name])


def test_gold_may_leave_out_keys_that_it_does_not_use(tmp_path):
    found, _ = complete(write_repository(tmp_path))
    assert found["challenge"][0]["gold"][0]["reason"] is None


def test_invented_documents_without_a_table_of_their_own_are_refused(tmp_path):
    layout = write_repository(tmp_path)
    write_collection(layout, "riddles", [{**INVENTED[0], "doc_id": "riddle-1"}], fictional=True)
    with pytest.raises(
        ReleaseError, match=r"riddles.jsonl is fictional, and the schema has no table 'riddles'"
    ):
        complete(layout)


def test_words_that_may_not_be_reprinted_are_withheld_and_facts_stay(tmp_path):
    layout = write_repository(tmp_path, real=REAL[:1], text_published=False)
    write_collection(layout, "open", REAL[1:])
    full, read = complete(layout)
    public = tables.withhold(full, read)
    for name, columns in (
        ("quotes", ("quote", "title", "date_words", "context_before", "context_after")),
        ("rejected", ("text", "context_before", "context_after")),
        ("documents", ("title", "text")),
    ):
        for before, after in zip(full[name], public[name], strict=True):
            withheld = columns if before["doc_id"] == "norvania-1" else ()
            assert after == {key: None if key in withheld else value for key, value in before.items()}
    words = {row["first_quote_id"]: row["quote"] for row in public["statements"]}
    assert {row["quote_id"]: row["quote"] for row in public["quotes"]} == words
    assert None in words.values()


def test_a_table_that_the_pipeline_left_out_is_named(tmp_path):
    read = collections.read(write_repository(tmp_path).raw)
    with pytest.raises(ReleaseError, match="no table statements"):
        tables.complete({"quotes": [], "stances": [], "rejected": []}, read, Marks().register())
