"""Rows: what the stages found, in columns, offsets in the given text."""

from __future__ import annotations

from hashlib import sha256

from case_files import registry
from quotes.pipeline import extract_document, score
from quotes.records import Document, StanceInput, StanceScore
from quotes.rows import Extraction
from quotes.schema import columns

TEXT = (
    "OSTREL, May 9 (NOCNA) - &quot;The port  stays open,&quot; PresidentAldo Brennsaid. "
    'The "free" port of Norvania was dark. He wrote "" on the wall.'
)
DOCUMENT = Document(
    "a-1", TEXT, "A port", "2025-05-09", "Harbour Post", "https://harbour-post.example/1", "en"
)


class Halves:
    """Scores everything alike, so that a row can be told from a row without a score."""

    revision = "halves"
    abstain_below = 0.75

    def score(self, inputs: list[StanceInput]) -> list[StanceScore]:
        return [StanceScore(0.1, 0.2, 0.7) for _ in inputs]


def extract(document: Document = DOCUMENT) -> Extraction:
    return extract_document(document, registry())


def test_columns_are_those_of_the_schema_in_order() -> None:
    extraction = extract()
    assert [tuple(row) for row in extraction.quotes] == [columns("quotes")]
    assert {tuple(row) for row in extraction.rejected} == {columns("rejected")}
    assert {tuple(row) for row in score(extraction, Halves()).stances} <= {columns("stances")}


def test_offsets_are_those_of_the_given_text() -> None:
    [row] = extract().quotes
    assert TEXT[row["start"] : row["end"]] == "The port  stays open,"
    assert TEXT[row["speaker_start"] : row["speaker_end"]] == "PresidentAldo Brenn"


def test_words_are_the_repaired_reading() -> None:
    [row] = extract().quotes
    assert row["quote"] == "The port stays open,"
    assert row["speaker_mention"] == "President Aldo Brenn"
    assert (row["n_words"], row["cue"], row["kind"]) == (4, "said", "direct")
    assert row["quote_sha256"] == sha256(row["quote"].encode()).hexdigest()


def test_the_words_of_the_date_and_the_way_of_the_words_have_their_columns() -> None:
    text = "“The port  stays open,” PresidentAldo Brennsaid on May 9, 2025, NOCNA reported, citing the Brack Courier."
    [row] = extract(Document("a-4", text, published="2025-05-10", publisher="Harbour Post")).quotes
    assert (row["date"], row["date_words"]) == ("2025-05-09", "May 9, 2025")
    assert text[row["date_start"] : row["date_end"]] == "May 9, 2025"
    assert (row["source"], row["source_chain"]) == ("Brack Courier", ["Brack Courier", "NOCNA", "Harbour Post"])


def test_what_kind_of_speaker_it_is_has_a_column() -> None:
    text = (
        "“We sail,” said Mira Tolk. “We land,” a spokesman for the Foreign Ministry of Norvania said. "
        "“No,” an aide said."
    )
    rows = extract(Document("a-6", text, published="2025-05-10", publisher="Harbour Post")).quotes
    assert [(row["speaker"], row["speaker_type"]) for row in rows] == [
        ("Mira Tolk", "person"), ("Foreign Ministry of Norvania", "role"), (None, "role"),
    ]  # fmt: skip


def test_what_no_day_and_no_outlet_is_known_of_stays_empty() -> None:
    [row] = extract(Document("a-5", "“The port stays open,” Brenn said.")).quotes
    assert [row[name] for name in ("date_words", "date_start", "date_end", "source_chain")] == [None] * 4


def test_the_document_stands_in_each_row() -> None:
    [row] = extract().quotes
    fields = ("doc_id", "title", "published", "publisher", "url", "lang")
    assert [row[field] for field in fields] == [getattr(DOCUMENT, field) for field in fields]
    assert row["reviewed"] is False


def test_the_rule_names_who_decided_each_field() -> None:
    [row] = extract().quotes
    parts = dict(part.split("=", 1) for part in row["rule"].split(" "))
    assert list(parts) == ["quote", "speaker", "date", "source", "target"]
    assert parts["quote"] == "straight/behind"
    assert all(parts.values())


def test_context_is_what_stands_around_the_marks() -> None:
    [row] = extract().quotes
    assert row["context_before"] == "OSTREL, May 9 (NOCNA) -"
    assert row["context_after"].startswith('President Aldo Brenn said. The "free" port')


def test_context_is_cut_between_words_and_bounded() -> None:
    filler = "harbour " * 60
    [row] = extract(Document("a-2", f"{filler}“The port stays open,” Brenn said. {filler}")).quotes
    for words in (row["context_before"], row["context_after"]):
        assert 150 < len(words) <= 200
        assert set(words.replace("Brenn said. ", "").split()) == {"harbour"}


def test_rejected_rows_keep_words_reason_and_place() -> None:
    rows = extract().rejected
    assert [(row["text"], row["reason"]) for row in rows] == [("free", "scare"), ("", "empty")]
    for row in rows:
        assert TEXT[row["start"] : row["end"]] == row["text"]
        assert TEXT[row["outer_start"] : row["outer_end"]] == f'"{row["text"]}"'


def test_stance_is_empty_until_scored() -> None:
    extraction = extract()
    assert [row["stance"] for row in extraction.quotes] == [None]
    assert all(row["stance"] is None and row["model"] is None for row in extraction.stances)


def test_the_main_target_gives_the_stance_of_the_quotation() -> None:
    text = "“Norvania is our pride,” President Aldo Brenn of Norvania said."
    scored = score(extract(Document("a-3", text)), Halves())
    assert scored.stances, "a country named inside the words is a target"
    assert {row["stance"] for row in scored.stances} == {"favour"}
    assert {row["model"] for row in scored.stances} == {"halves"}
    [quote] = scored.quotes
    main = [row for row in scored.stances if row["main"]]
    assert [(row["quote_id"], row["target"]) for row in main] == [(quote["quote_id"], quote["target"])]
    assert (quote["stance"], quote["stance_score"], quote["stance_confidence"]) == ("favour", 0.6, 0.7)


def test_below_the_threshold_the_stance_is_given_and_marked() -> None:
    text = "“Norvania is our pride,” President Aldo Brenn of Norvania said."
    sure = Halves()
    sure.abstain_below = 0.5
    for scorer, abstained in ((Halves(), True), (sure, False)):
        scored = score(extract(Document("a-3", text)), scorer)
        [quote] = scored.quotes
        assert (quote["stance"], quote["abstained"]) == ("favour", abstained)
        assert {row["abstained"] for row in scored.stances} == {abstained}
