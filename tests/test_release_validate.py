"""Validation: a sound set of tables passes, and each check finds the one row that breaks it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes import release
from quotes.errors import ReleaseError
from quotes.release import collections, tables, validate, validate_registry, writer
from quotes.release.progress import silent
from quotes.release.validate_dates import date_fault, last_day
from release_case import LengthScorer, Marks, write_repository


@pytest.fixture
def sound(tmp_path):
    read = collections.read(write_repository(tmp_path).raw)
    documents = [document for one in read if not one.fictional for document in one.documents()]
    extracted = Marks().tables(documents, scorer=LengthScorer(), workers=1, progress=silent)
    return tables.complete(extracted, read, Marks().register())


def faults(found):
    return {
        check.name: [str(fault) for fault in check.faults]
        for check in validate.validate(found)
        if check.faults
    }


def test_sound_tables_pass_every_check(sound):
    checks = validate.validate(sound)
    assert [check.name for check in checks] == list(validate.CHECKS)
    assert faults(sound) == {}
    validate.require(checks)


@pytest.mark.parametrize(
    ("table", "change", "check", "message"),
    [
        ("quotes", {"kind": "said"}, "schema", "column kind is 'said'"),
        (
            "quotes",
            {"start": 2},
            "offsets",
            "quote is 'Norvania will bring in the harvest,', but the text has 'or",
        ),
        ("quotes", {"end": 10**6}, "offsets", "do not lie in a text of"),
        ("quotes", {"speaker_start": 0}, "offsets", "speaker_mention is 'Aldo Brenn', but the text has"),
        ("quotes", {"speaker_end": None}, "offsets", "are not all there or all null"),
        ("rejected", {"text": "bad weather"}, "offsets", "text is 'bad weather'"),
        ("stances", {"target_end": 10**6}, "offsets", "are not in a text of"),
        ("quotes", {"quote_sha256": "0"}, "hashes", "quote_sha256 is not the SHA-256 of quote"),
        ("documents", {"text_sha256": "0"}, "hashes", "text_sha256 is not the SHA-256 of text"),
        ("statements", {"statement_id": "s1_other"}, "references", "is not in statements"),
        ("statements", {"first_quote_id": "q1_other"}, "references", "is not in quotes"),
        ("stances", {"quote_id": "q1_other"}, "references", "is not in quotes"),
        ("rejected", {"doc_id": "challenge-1"}, "references", "doc_id ('challenge-1',) is not in documents"),
        ("stances", {"stance": "neutral"}, "main targets", "stances says 'neutral'"),
        ("stances", {"main": False}, "main targets", "stances says None"),
        ("quotes", {"speaker_confidence": 1.5}, "scores", "speaker_confidence is 1.5"),
        ("stances", {"p_favour": 0.12345}, "scores", "p_favour is 0.12345"),
        (
            "quotes",
            {"date": "2031-06-01", "date_edtf": "2031-06-01"},
            "dates",
            "later than the day of publication",
        ),
        ("quotes", {"date_basis": "none"}, "dates", "date_basis is 'none' although"),
    ],
)
def test_a_broken_row_is_found_and_named(sound, table, change, check, message):
    sound[table][0].update(change)
    found = faults(sound)
    assert check in found
    assert any(message in fault for fault in found[check])


def test_two_rows_with_one_key_are_found(sound):
    sound["speakers"].append(dict(sound["speakers"][0]))
    assert "another row has the same speaker_id, speaker" in faults(sound)["unique"][0]


def test_words_stand_in_one_place(sound):
    quote = sound["quotes"][0]
    places = {name: quote[name] for name in ("doc_id", "start", "end")}
    sound["rejected"][0].update(places, text=quote["quote"])
    assert "the same words stand in quotes" in faults(sound)["one place"][0]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"quote_end": 17}, "quote_text is 'The lake is ours,', but the text has 'The lake is ours'"),
        ({"speaker_start": None}, "speaker_text is 'Aldo Brenn', but the text has None"),
        ({"doc_id": "challenge-2"}, "doc_id is 'challenge-2'"),
    ],
)
def test_gold_that_does_not_fit_its_text_is_found(sound, change, message):
    sound["challenge"][0]["gold"][0].update(change)
    assert message in faults(sound)["gold"][0]


def test_an_invented_document_among_the_real_ones_is_found(sound):
    sound["challenge"][0].update(doc_id="norvania-1")
    sound["challenge"][0]["gold"][0].update(doc_id="norvania-1")
    assert "an invented document stands in documents" in faults(sound)["gold"][0]


def test_every_fault_is_listed_up_to_a_limit(sound):
    row = sound["quotes"][0]
    sound["quotes"] = [{**row, "kind": str(number)} for number in range(validate.SHOWN + 7)]
    with pytest.raises(ReleaseError) as caught:
        validate.require(validate.validate(sound))
    lines = str(caught.value).splitlines()
    assert lines[0].startswith(f"{validate.SHOWN + 7} ")
    assert lines[-1] == "  and 7 more"
    assert len(lines) == validate.SHOWN + 2


@pytest.mark.parametrize(
    ("said", "edtf", "basis", "published", "fault"),
    [
        ("2031-05-09", "2031-05-09", "explicit", "2031-05", None),
        ("2031-05-31", "2031-05-31", "explicit", "2031-05", None),
        ("2031-05-09", "2031-05-09", "explicit", None, None),
        ("2031-05-09", "2031-05-09", "explicit", "last spring", None),
        (None, "XXXX-05-09", "explicit", None, None),
        (None, None, "none", "2031-05", None),
        ("2031-06-01", "2031-06-01", "explicit", "2031-05", "later"),
        ("2031-02-29", "2031-02-29", "explicit", "2031-05", "no day of the calendar"),
        ("20310209", "20310209", "explicit", "2031-05", "not written YYYY-MM-DD"),
        ("2031-05-09", "2031-05", "explicit", "2031-05", "although date_edtf"),
        (None, None, "explicit", "2031-05", "date_basis"),
    ],
)
def test_dates(said, edtf, basis, published, fault):
    found = date_fault(said, edtf, basis, published)
    assert (found is None) if fault is None else fault in str(found)


@given(st.text(max_size=12) | st.from_regex(r"\d{4}(-\d\d){0,2}", fullmatch=True))
def test_the_last_day_of_anything_is_a_day_or_unknown(published):
    day = last_day(published)
    assert day is None or published.startswith(f"{day.year:04d}")


def test_an_identifier_that_the_registry_lacks_is_found(sound):
    register = Marks().register()
    assert [check.name for check in validate.validate(sound, register=register) if check.faults] == []
    sound["quotes"][0]["speaker_id"] = "nobody"
    [check] = [check for check in validate.validate(sound, register=register) if check.name == "registry"]
    assert [str(fault) for fault in check.faults] == [
        f"table quotes, row {sound['quotes'][0]['quote_id']}: speaker_id 'nobody' is not in the registry"
    ]


def test_shares_that_moved_are_told_and_stop_nothing(sound):
    row = sound["quotes"][0]
    before = {**sound, "quotes": [{**row, "quote_id": str(number), "kind": "direct"} for number in range(60)]}
    now = {**sound, "quotes": [{**row, "kind": "mixed" if number < 20 else "direct"} for number in range(60)]}
    found = list(validate_registry.label_shares(before, now))
    assert found == [
        ("quotes", "norvania, kind", "direct was 100% of 60 rows, now 67% of 60"),
        ("quotes", "norvania, kind", "mixed was 0% of 60 rows, now 33% of 60"),
    ]
    checks = validate.validate(sound, before=before)
    assert [check.strict for check in checks if check.name == "label shares"] == [False]
    few = {**before, "quotes": before["quotes"][:40]}
    assert list(validate_registry.label_shares(few, now)) == []


def test_one_command_tells_every_fault_with_its_row(tmp_path):
    layout = write_repository(tmp_path)
    made = release.build(tmp_path, version="0.1.0", date="2031-06-02", scorer=LengthScorer(), extraction=Marks())
    checks = release.validate_version(made.folder, tmp_path, extraction=Marks())
    assert not [fault for check in checks for fault in check.faults]
    rows = writer.read(made.folder / "quotes.parquet")
    rows[0]["date_basis"] = rows[1]["date_basis"] = "none"
    writer.write("quotes", rows, made.folder / "quotes.parquet")
    checks = release.validate_version(made.folder, tmp_path, extraction=Marks())
    report = json.loads(release.validation_report(checks))
    [dates] = [check for check in report["checks"] if check["check"] == "dates"]
    assert [(fault["table"], fault["row"]) for fault in dates["found"]] == [
        ("quotes", rows[0]["quote_id"]), ("quotes", rows[1]["quote_id"]),
    ]  # fmt: skip
    assert [check.name for check in release.validate_raw(tmp_path, extraction=Marks())][-1] == "label shares"
    assert layout.processed.is_dir()
