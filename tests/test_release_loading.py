"""What readers do with a version: 🤗 Datasets in batch and streaming, pandas, SQL, all on the same files."""

from __future__ import annotations

import duckdb
import pandas as pd
import pytest
import yaml

from quotes import release, schema
from release_case import REAL, LengthScorer, Marks, write_collection, write_repository

LABELS = {
    name: {column.name: column.labels for column in schema.table(name).columns if column.labels}
    for name in schema.NAMES
}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    root = tmp_path_factory.mktemp("repository")
    options = {"date": "2031-06-02", "scorer": LengthScorer(), "extraction": Marks()}
    layout = write_repository(root)
    release.build(root, version="0.1.0", **options)
    third = {**REAL[1], "doc_id": "norvania-3", "text": "“Rain is coming,” said Mira Tolk."}
    write_collection(layout, "more", [third])
    release.build(root, version="0.2.0", **options)
    return layout


@pytest.fixture(scope="module")
def load(tmp_path_factory):
    """``datasets.load_dataset`` without network, its cache in a folder of the test."""
    with pytest.MonkeyPatch.context() as patch:
        cache = tmp_path_factory.mktemp("cache")
        for name, value in (
            ("HF_HUB_OFFLINE", "1"),
            ("HF_HOME", str(cache)),
            ("HF_DATASETS_CACHE", str(cache / "datasets")),
            ("HF_DATASETS_DISABLE_PROGRESS_BARS", "1"),
        ):
            patch.setenv(name, value)
        import datasets

        def loaded(path, *arguments, **options):
            return datasets.load_dataset(str(path), *arguments, cache_dir=str(cache / "datasets"), **options)

        yield loaded


def words(name, rows):
    """Rows of Datasets with the numbers of class labels turned back into words."""
    labels = LABELS[name]
    return [
        {
            column: labels[column][value] if column in labels and value is not None else value
            for column, value in row.items()
        }
        for row in rows
    ]


def test_the_default_is_quotes(built, load):
    loaded = load(built.processed / "0.1.0")
    assert list(loaded) == ["train"]
    assert loaded["train"].column_names == list(schema.columns("quotes"))
    assert loaded["train"].num_rows == 3


@pytest.mark.parametrize("name", schema.NAMES)
@pytest.mark.parametrize("streaming", [False, True])
def test_every_table_loads_by_name_with_class_labels(built, load, name, streaming):
    from datasets import ClassLabel

    folder = built.processed / "0.1.0"
    loaded = load(folder, name, split="train", streaming=streaming)
    rows = list(loaded)
    for column, labels in LABELS[name].items():
        assert loaded.features[column] == ClassLabel(names=list(labels))
        assert all(row[column] is None or isinstance(row[column], int) for row in rows)
    assert words(name, rows) == release.read_table(folder, name)


def test_the_card_over_all_versions_names_each_of_them(built, load):
    assert load(built.processed, split="train").num_rows == 4
    assert load(built.processed, "quotes-0.1.0", split="train").num_rows == 3
    assert load(built.processed, "documents-0.2.0", split="train").num_rows == 3
    head = yaml.safe_load((built.processed / "README.md").read_text().split("---\n")[1])
    assert [entry["config_name"] for entry in head["configs"] if entry.get("default")] == ["quotes"]
    assert {entry["data_files"][0]["path"] for entry in head["configs"]} == {
        f"{version}/{name}.parquet" for version in ("0.1.0", "0.2.0") for name in schema.NAMES
    } | {"0.2.0/more.parquet", "0.2.0/norvania.parquet"}


def test_pandas_reads_words(built):
    folder = built.processed / "0.1.0"
    frame = pd.read_parquet(folder / "quotes.parquet")
    assert set(frame["source_type"]) == {"state_media", "unknown"}
    expected = release.read_table(folder, "quotes")
    found = frame.astype(object).where(frame.notna(), None).to_dict("records")
    chains = [row.pop("source_chain") for row in found]
    assert [None if chain is None else list(chain) for chain in chains] == [
        row.pop("source_chain") for row in expected
    ]
    assert found == expected


def test_sql_reads_the_same_files(built):
    folder = built.processed / "0.1.0"
    query = f"""SELECT speaker, count(*) FROM '{folder}/quotes.parquet' q
        JOIN '{folder}/stances.parquet' s USING (quote_id) GROUP BY speaker ORDER BY speaker"""
    assert duckdb.sql(query).fetchall() == [("Aldo Brenn", 2), ("Mira Tolk", 1)]


def test_offsets_hold_in_the_published_files(built):
    folder = built.processed / "0.1.0"
    texts = pd.read_parquet(folder / "documents.parquet").set_index("doc_id")["text"]
    for row in release.read_table(folder, "quotes"):
        assert texts[row["doc_id"]][row["start"] : row["end"]] == row["quote"]


def test_a_table_without_rows_is_a_file_and_no_configuration(tmp_path, load):
    layout = write_repository(tmp_path, real=[{**REAL[1], "text": "“We doubt it,” said Mira Tolk."}])
    made = release.build(
        tmp_path, version="0.1.0", date="2031-06-02", scorer=LengthScorer(), extraction=Marks()
    )
    assert (made.counts["rejected"], made.counts["sources"]) == (0, 0)
    assert pd.read_parquet(made.folder / "rejected.parquet").columns.tolist() == list(
        schema.columns("rejected")
    )
    card = (made.folder / "README.md").read_text()
    head = yaml.safe_load(card.split("---\n")[1])
    assert not {"rejected", "sources"} & {entry["config_name"] for entry in head["configs"]}
    assert "no configurations: `sources`, `rejected`." in card
    assert load(made.folder, split="train").num_rows == 1
    assert release.verify(made.folder, root=layout.root, extraction=Marks()) == []
