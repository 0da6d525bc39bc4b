"""Cards, datasheets and their figures: escaped, exact, up to date."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from quotes import release, schema
from quotes.release import collections, datasheet, figures, front_matter, index, markdown, template
from release_case import LengthScorer, Marks, write_repository

ROOT = Path(__file__).parent.parent
SECTIONS = [
    "Motivation",
    "Composition",
    "Collection process",
    "Preprocessing, cleaning, labelling",
    "Uses",
    "Distribution",
    "Maintenance",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    root = tmp_path_factory.mktemp("repository")
    write_repository(root)
    options = {"scorer": LengthScorer(), "extraction": Marks()}
    return release.build(root, version="0.1.0", date="2031-06-02", **options).folder


def test_the_card_declares_files_features_and_exact_numbers(folder):
    head = yaml.safe_load((folder / "README.md").read_text().split("---\n")[1])
    assert head["version"] == "0.1.0"
    assert head["language"] == ["en"]
    assert head["size_categories"] == ["n<1K"]
    assert [entry["config_name"] for entry in head["configs"]] == list(schema.NAMES)
    for entry, info in zip(head["configs"], head["dataset_info"], strict=True):
        name = entry["config_name"]
        assert entry["data_files"] == [{"split": "train", "path": f"{name}.parquet"}]
        assert entry.get("default", False) == (name == "quotes")
        assert [feature["name"] for feature in info["features"]] == list(schema.columns(name))
        assert info["splits"][0]["num_examples"] == len(release.read_table(folder, name))
        assert info["download_size"] == (folder / f"{name}.parquet").stat().st_size


def test_titles_of_collections_cannot_break_the_card(folder):
    assert "The norvania &lt;collection&gt;" in (folder / "README.md").read_text()


@given(st.text())
def test_escaped_words_stay_on_their_line_and_in_their_cell(words):
    escaped = markdown.escape(words)
    assert len(escaped.splitlines()) <= 1
    assert "<" not in escaped
    assert not re.search(r"(?<!\\)(?:\\\\)*\|", escaped)


@given(st.lists(st.tuples(st.text(), st.integers() | st.text()), min_size=1, max_size=4))
def test_a_table_has_a_line_for_each_row_and_cells_for_each_column(rows):
    lines = markdown.table(["a", "b"], rows).split("\n")
    assert len(lines) == len(rows) + 2
    assert {len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) for line in lines} == {3}


@given(st.lists(st.fixed_dictionaries({"kind": st.none() | st.sampled_from("abc")})))
def test_counts_add_up_the_most_frequent_first(rows):
    found = figures.counted(rows, "kind")
    counts = [count for _, count in found]
    assert sum(counts) == len(rows)
    assert counts == sorted(counts, reverse=True)
    assert figures.counted(rows[::-1], "kind") == found


def test_the_rest_of_a_long_column_is_summed():
    rows = [{"speaker": str(number)} for number in range(30)]
    shown = figures.of_column({"quotes": rows}, "quotes", "speaker", shown=5)
    assert shown.endswith("| *25 others* | 25 |")


def test_a_template_takes_its_values_and_no_others():
    with pytest.raises(KeyError):
        template.fill("index.md", {"newest": "0.1.0"})
    with pytest.raises(ValueError, match="no place for more"):
        template.fill("index.md", {"newest": "0.1.0", "versions": "", "more": ""})


def test_a_value_that_looks_like_a_place_is_left_as_it_is():
    assert "{{newest}}" in template.fill("index.md", {"newest": "0.1.0", "versions": "{{newest}}"})


@given(st.dictionaries(st.text("abc", min_size=1), st.lists(st.text() | st.integers())))
def test_front_matter_reads_as_it_was_put(data):
    assert dict(front_matter.read(front_matter.put(data, "body\n---\n"))) == data


def test_the_datasheet_has_the_seven_sections_in_order(folder):
    text = (folder / "DATASHEET.md").read_text()
    assert re.findall(r"^## (.+)$", text, re.M) == SECTIONS
    assert text.count("<!-- figures: ") == text.count("<!-- end of figures -->") > 0


def test_the_figures_of_the_datasheet_are_those_of_the_tables(folder):
    tables = {name: release.read_table(folder, name) for name in schema.NAMES}
    text = (folder / "DATASHEET.md").read_text()
    read = collections.read(folder.parents[1] / "raw")
    assert text == datasheet.text(version="0.1.0", date="2031-06-02", tables=tables, collections=read)
    assert "| Aldo Brenn | 2 |" in text
    assert "| `speaker_id` | 1 | 3 |" in text
    assert "| marks-curly | 1 |" in text


def test_a_dataset_of_ones_own_has_a_datasheet_of_its_own(tmp_path):
    layout = write_repository(tmp_path)
    layout.about.write_text('{"name": "harbour"}')
    options = {"scorer": LengthScorer(), "extraction": Marks()}
    plain = release.build(tmp_path, version="0.1.0", date="2031-06-02", **options)
    assert "Gebru" not in (plain.folder / "DATASHEET.md").read_text()
    layout.datasheet.write_text("# Harbour {{version}}\n\n{{stances}}\n")
    own = release.build(tmp_path, version="0.1.1", date="2031-06-02", **options)
    assert (own.folder / "DATASHEET.md").read_text().startswith("# Harbour 0.1.1\n\n| stance | rows |")
    assert release.verify(own.folder, root=tmp_path, extraction=Marks()) == []


EXAMPLE = re.compile(r"^```(python|sql)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_examples_of_the_card_run(folder, tmp_path, monkeypatch):
    monkeypatch.chdir(folder.parents[2])
    for name, value in (("HF_HUB_OFFLINE", "1"), ("HF_HOME", str(tmp_path))):
        monkeypatch.setenv(name, value)
    script = ""
    for language, code in EXAMPLE.findall((folder / "README.md").read_text()):
        script += code if language == "python" else f"import duckdb\nprint(duckdb.sql({code!r}))\n"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Norvania will bring in the harvest," in done.stdout


def test_what_stands_outside_the_versions_is_up_to_date():
    if not release.versions(ROOT):
        pytest.skip("no version is published yet")
    newest = release.newest(ROOT)
    for name in ("DATASHEET.md", "CITATION.cff"):
        assert (ROOT / name).read_text("utf-8") == (newest / name).read_text("utf-8"), name
    processed = ROOT / "data" / "processed"
    assert (processed / "README.md").read_text("utf-8") == index.text(processed)
