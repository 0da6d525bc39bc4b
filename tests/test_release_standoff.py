"""Stand-off collections: facts without words, built without documents, and words put back where they fit."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes import pipeline, registry, release, schema
from quotes.errors import ReleaseError
from quotes.lexicon import CUES, WORDS
from quotes.readers import read
from quotes.records import Document
from quotes.registry.words import MENTION_WORDS
from quotes.release import collections, standoff
from quotes.release.extraction import Pipeline
from quotes.release.standoff_words import FACTS, WITHHELD, without_words
from release_case import REAL, LengthScorer, Marks, write_repository

SIDECAR = {
    "title": "Ulmark, stand-off", "description": "Invented for tests.", "authors": ["quotes project"],
    "created": "2031-06-01", "reason": "Tests.", "licence": "LicenseRef-none", "text_published": False,
    "language": "en", "fictional": False, "documents": 0, "origin": "https://example.org", "terms": "None.",
    "files": {}, "made_with": {},
}  # fmt: skip

FAR = [
    Document(
        "ulmark-1", "“The canal was never closed to anyone,” said Mira Tolk to NCNA. The “open door” is shut.",
        "Canal", "2031-05-20", "Ulmark Tribune", "https://ulmark.example/1", "en",
    ),
    Document(
        "ulmark-2", "“Norvania counts its sacks of grain twice,” said Aldo Brenn.", "Sacks", "2031-05-21",
        "Ulmark Tribune", "https://ulmark.example/2", "en",
    ),
]  # fmt: skip
BUILD = {"date": "2031-06-02", "scorer": LengthScorer(), "extraction": Marks()}


def prepare(layout, name="ulmark"):
    folder = layout.raw / name
    folder.mkdir(parents=True)
    (folder / standoff.SIDECAR).write_text(json.dumps(SIDECAR))
    (folder / standoff.SOURCE).write_text("# Where the documents are\n")
    return folder


@pytest.fixture
def layout(tmp_path):
    """A repository with one stand-off collection beside the others."""
    layout = write_repository(tmp_path)
    prepare(layout)
    release.make_standoff(tmp_path, "ulmark", FAR, scorer=LengthScorer(), extraction=Marks())
    return layout


def words_of(text):
    return re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", text.casefold())


def test_nothing_that_is_written_holds_words_of_a_document(layout):
    written = "".join(path.read_text() for path in (layout.raw / "ulmark").glob("*.jsonl"))
    for word in ("canal", "closed", "sacks", "grain", "door"):
        assert word not in words_of(written)
    assert "Aldo Brenn" in written


def test_a_version_is_built_without_the_documents_and_holds_the_facts(layout):
    made = release.build(layout.root, version="0.1.0", **BUILD)
    rows = {row["doc_id"]: row for row in release.read_table(made.folder, "quotes")}
    row = rows["ulmark-2"]
    assert [row[name] for name in WITHHELD["quotes"]] == [None] * 5
    assert (row["speaker"], row["speaker_id"], row["n_words"], row["url"]) == (
        "Aldo Brenn", "aldo-brenn", 7, "https://ulmark.example/2",
    )  # fmt: skip
    assert row["stance"] == "neutral" or row["stance_score"] is not None
    documents = {row["doc_id"]: row for row in release.read_table(made.folder, "documents")}
    assert (documents["ulmark-1"]["text"], documents["ulmark-1"]["title"]) == (None, None)
    assert documents["ulmark-1"]["n_chars"] == len(FAR[0].text)
    assert [row["doc_id"] for row in release.read_table(made.folder, "ulmark")] == ["ulmark-1", "ulmark-2"]
    assert release.read_table(made.folder, "norvania") == [
        row for row in release.read_table(made.folder, "quotes") if row["doc_id"].startswith("norvania")
    ]


def test_verify_checks_what_it_can_and_everything_with_the_documents(layout):
    made = release.build(layout.root, version="0.1.0", **BUILD)
    options = {"root": layout.root, "extraction": Marks()}
    [note] = release.verify(made.folder, **options)
    assert (note.level, note.file) == ("note", "data/raw/ulmark")
    assert release.verify(made.folder, documents=FAR, **options) == []
    # Known by its text, whatever it is called.
    renamed = [replace(FAR[0], doc_id="x", url=None), FAR[1]]
    assert release.verify(made.folder, documents=renamed, **options) == []
    changed = [replace(FAR[0], text=FAR[0].text + " "), FAR[1]]
    found = release.verify(made.folder, documents=changed, **options)
    assert [(finding.level, finding.row) for finding in found] == [("fault", "ulmark-1"), ("note", None)]


def test_a_row_that_its_documents_do_not_give_is_found(layout):
    path = layout.raw / "ulmark" / "quotes.jsonl"
    path.write_text(path.read_text().replace('"speaker": "Aldo Brenn"', '"speaker": "Odo Venkar"'))
    sidecar = layout.raw / "ulmark" / standoff.SIDECAR
    meta = json.loads(sidecar.read_text())
    meta["files"]["quotes.jsonl"] = standoff.digest.of_file(path)
    sidecar.write_text(json.dumps(meta))
    made = release.build(layout.root, version="0.1.0", **BUILD)
    found = release.verify(made.folder, root=layout.root, extraction=Marks(), documents=FAR)
    assert [(finding.level, finding.file) for finding in found] == [("fault", "data/raw/ulmark/quotes.jsonl")]
    assert "speaker is 'Odo Venkar', the documents give 'Aldo Brenn'" in found[0].message


@pytest.mark.parametrize("name", ["documents.jsonl", "quotes.jsonl", "SOURCE.md"])
def test_a_collection_that_is_not_whole_is_refused(layout, name):
    (layout.raw / "ulmark" / name).unlink()
    with pytest.raises(ReleaseError, match=f"{name} is missing"):
        collections.read(layout.raw)


def test_a_changed_file_of_a_collection_is_refused(layout):
    with (layout.raw / "ulmark" / "stances.jsonl").open("ab") as file:
        file.write(b"\n")
    with pytest.raises(ReleaseError, match=r"stances.jsonl is not the file that collection.json describes"):
        collections.read(layout.raw)


def test_a_collection_may_not_be_called_as_a_table(layout):
    with pytest.raises(ReleaseError, match="a table has that name"):
        release.make_standoff(layout.root, "documents", FAR, scorer=None, extraction=Marks())


def test_words_are_put_back_and_what_does_not_fit_is_listed(layout, tmp_path):
    made = release.build(layout.root, version="0.1.0", **BUILD)
    done = release.hydrate(made.folder, [FAR[0], replace(FAR[1], text=FAR[1].text + "!")])
    assert (done.wanted, done.found, done.filled) == (2, 1, 1)
    rows = {row["doc_id"]: row for row in done.tables["quotes"]}
    assert rows["ulmark-1"]["quote"] == "The canal was never closed to anyone,"
    assert rows["ulmark-1"]["title"] == "Canal"
    assert rows["ulmark-1"]["context_after"].startswith("said Mira Tolk to NCNA.")
    assert rows["ulmark-2"]["quote"] is None
    [rejected] = [row for row in done.tables["rejected"] if row["doc_id"] == "ulmark-1"]
    assert rejected["text"] == "open door"
    [problem] = done.problems
    assert (problem["what"], problem["doc_id"]) == ("document", "ulmark-2")
    assert "another text than was read" in problem["reason"]
    release.write_hydrated(done, tmp_path / "out")
    assert json.loads((tmp_path / "out" / "problems.jsonl").read_text()) == problem
    assert release.verify(made.folder, root=layout.root, extraction=Marks())[0].level == "note"


def test_a_document_of_nobody_is_listed(layout):
    made = release.build(layout.root, version="0.1.0", **BUILD)
    [problem] = release.hydrate(made.folder, [Document("zzz", "Something else.")]).problems
    assert "no document of this version" in problem["reason"]


def test_hydrated_rows_are_those_of_a_version_that_prints_them(tmp_path):
    """The same documents, once published and once stand-off and hydrated, through the real pipeline."""
    documents = [Document(**{**row, "published": "2031-05-10"}) for row in REAL]
    printed = pipeline.build_tables(documents, scorer=None)
    layout = write_repository(tmp_path)
    for path in layout.raw.glob("norvania*"):
        path.unlink()
    prepare(layout)
    release.make_standoff(tmp_path, "ulmark", documents, scorer=None)
    made = release.build(tmp_path, version="0.1.0", date="2031-06-02", scorer=None)
    done = release.hydrate(made.folder, documents)
    columns = [*WITHHELD["quotes"], "speaker_mention", "start", "end"]
    assert [[row[name] for name in columns] for row in done.tables["quotes"]] == [
        [row[name] for name in columns] for row in printed["quotes"]
    ]
    assert [row["text"] for row in done.tables["rejected"]] == [row["text"] for row in printed["rejected"]]
    assert done.problems == ()


LEXICON = (
    {word for group in (*WORDS.values(), *MENTION_WORDS.values()) for word in group}
    | set(CUES)
    | set("of the for and on in de la del da di al el von van der ibn bin s ago early late mid days this a an".split())
)


def told_words(rows_of):
    """Each string of a stand-off row that could hold words of a document, with its column."""
    for table, rows in rows_of.items():
        for column in schema.table(table).columns:
            if column.labels is None and column.name not in FACTS:
                for row in rows:
                    value = row.get(column.name)
                    values = value if isinstance(value, list) else [value]
                    yield from ((column.name, one) for one in values if isinstance(one, str))


def assert_no_words(rows_of, texts):
    """Names and words of the lexicon only, and no stretch of four words that is not a name."""
    known = registry.load()
    runs = {tuple(words[k : k + 4]) for words in map(words_of, texts) for k in range(len(words) - 3)}
    for column, value in told_words(rows_of):
        if Pipeline().names([]).known(value):
            continue
        small = [word for word in re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", value) if word[0].islower()]
        assert all(word in LEXICON or word.isdecimal() for word in small), f"{column}: {value}"
        words = words_of(value) if len(value.split()) > 3 else []  # "the U.S. navy" is three
        for k in range(len(words) - 3):
            if tuple(words[k : k + 4]) in runs:
                capitals = sum(word[0].isupper() or word[0].isdecimal() for word in value.split())
                assert capitals >= 2, f"{column}: {value}"
    for table, rows in rows_of.items():
        for name in WITHHELD.get(table, ()):
            assert all(row.get(name) is None for row in rows)
        for row in rows:
            assert re.fullmatch(r"[\w=:./+ -]+", row.get("rule") or "x", re.ASCII), row["rule"]
    assert known


def test_no_row_of_the_year_of_state_speech_holds_words_of_a_document(shared_data):
    documents = [one for one in read([shared_data / "kcna2024_docs.jsonl"]) if isinstance(one, Document)]
    found = pipeline.build_tables(documents, scorer=None)
    texts = [document.text for document in documents]
    stripped = standoff.strip(found, Pipeline().names(texts))
    assert len(stripped["quotes"]) > 100
    assert_no_words(stripped, texts)


def test_no_committed_row_holds_words_of_a_document(shared_data):
    raw = pytest.importorskip("pathlib").Path(__file__).resolve().parent.parent / "data" / "raw"
    if not (raw / "kcna-2024" / "quotes.jsonl").is_file():
        pytest.skip("the rows of kcna-2024 are not made yet")
    documents = [one for one in read([shared_data / "kcna2024_docs.jsonl"]) if isinstance(one, Document)]
    [collection] = collections.read(raw, ["kcna-2024"])
    assert_no_words(collection.extracted, [document.text for document in documents])


TEXTS = [document.text for document in FAR]


@given(st.sampled_from(sorted(schema.NAMES)), st.data())
def test_a_run_of_small_words_never_passes(table, data):
    words = data.draw(st.lists(st.sampled_from(["grain", "canal", "sacks", "never"]), min_size=1, max_size=6))
    names = Pipeline().names(TEXTS)
    row = {
        column.name: " ".join(words)
        for column in schema.table(table).columns
        if column.type == "string" and column.labels is None and column.name not in FACTS
    }
    allowed = {"never"}
    for value in without_words(table, row, names).values():
        assert value is None or set(value.split()) <= allowed


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("Aldo Brenn", True),
        ("the Ministry of Fisheries and Lakes of Norvania", True),
        ("he", True),
        ("The message", True),
        ("a spokesman", True),
        ("Canal", False),  # written small elsewhere in these texts: a capital alone makes no name
        ("grain", False),
        ("the loyal youth of the harvest", False),
        ("said", True),
        ("turned the tables", False),
    ],
)
def test_names_and_words_of_the_lexicon_stay(value, kept):
    assert Pipeline().names(TEXTS).allows(value) is kept
