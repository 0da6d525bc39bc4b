"""What a version says of itself to other programs: Croissant, citations, metadata of archives, changes."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from html.parser import HTMLParser

import pytest

from quotes import release, schema
from quotes.errors import ReleaseError
from release_case import REAL, LengthScorer, Marks, write_collection, write_repository

OPTIONS = {"date": "2031-06-02", "scorer": LengthScorer(), "extraction": Marks()}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    root = tmp_path_factory.mktemp("repository")
    layout = write_repository(root)
    release.build(root, version="0.1.0", **OPTIONS)
    third = {**REAL[1], "doc_id": "norvania-3", "text": "“<b>Rain</b> came,” said Mira Tolk."}
    write_collection(layout, "more", [third])
    release.build(root, version="0.2.0", **OPTIONS)
    return layout


READ = """
import json, sys, warnings
warnings.simplefilter("ignore")
import mlcroissant
dataset = mlcroissant.Dataset(sys.argv[1])
report = dataset.metadata.ctx.issues.report()
counts = {one.id: sum(1 for _ in dataset.records(one.id)) for one in dataset.metadata.record_sets}
first = next(iter(dataset.records("quotes")))
text = {key: value.decode() if isinstance(value, bytes) else value for key, value in first.items()}
print(json.dumps([report, counts, text], default=str))
"""


def test_croissant_is_valid_and_its_records_can_be_read(built, tmp_path):
    folder = built.processed / "0.2.0"
    command = [sys.executable, "-c", READ, str(folder / "croissant.json")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    report, counts, first = json.loads(done.stdout)
    assert report == ""
    names = [*schema.NAMES, "more", "norvania"]
    assert counts == {name: len(release.read_table(folder, name)) for name in names}
    row = release.read_table(folder, "quotes")[0]
    assert first["quotes/quote"] == row["quote"]
    assert first["quotes/start"] == row["start"]


@pytest.fixture(scope="module")
def cffconvert(tmp_path_factory):
    """cffconvert in an environment of its own: it needs older packages than ours."""
    folder = tmp_path_factory.mktemp("cffconvert")
    venv.create(folder)
    python = folder / "bin" / "python"
    command = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--retries", "1"]
    done = subprocess.run([*command, "cffconvert==2.0.0"], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"cffconvert cannot be installed here: {done.stderr.strip().splitlines()[-1:]}")
    return folder / "bin" / "cffconvert"


def test_cffconvert_takes_the_citation_for_valid(built, cffconvert):
    path = built.processed / "0.2.0" / "CITATION.cff"
    done = subprocess.run([cffconvert, "--validate", "-i", path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_each_style_cites_this_version(built):
    folder = built.processed / "0.2.0"
    digest = release.cite(folder, "text").strip().rpartition("sha256:")[2]
    for style in ("bibtex", "datacite", "csl", "cff"):
        assert digest in release.cite(folder, style)
    assert release.cite(folder, "apa") == (
        "quotes project. (2031). quotes: who said what, when, carried by whom, and with which stance "
        "(Version 0.2.0) [Data set].\n"
    )
    [item] = json.loads(release.cite(folder, "csl"))
    assert (item["type"], item["version"], item["issued"]) == ("dataset", "0.2.0", {"date-parts": [[2031, 6, 2]]})
    datacite = json.loads(release.cite(folder, "datacite"))
    assert (datacite["version"], datacite["publicationYear"]) == ("0.2.0", "2031")
    assert {"titles", "creators", "publisher", "types", "rightsList", "schemaVersion"} <= datacite.keys()
    assert release.cite(folder, "bibtex") == (folder / "citation.bib").read_text()


def test_zenodo_finds_the_metadata_of_a_deposit(built):
    entry = json.loads((built.processed / "0.2.0" / ".zenodo.json").read_text())
    assert (entry["upload_type"], entry["version"], entry["publication_date"]) == ("dataset", "0.2.0", "2031-06-02")
    assert entry["creators"] == [{"name": "quotes project"}]


def test_a_dataset_of_ones_own_says_whose_it_is(tmp_path):
    layout = write_repository(tmp_path)
    about = {"name": "harbour", "title": "The harbour", "authors": ["Mira Tolk", "Odo Venkar"]}
    layout.about.write_text(json.dumps(about))
    made = release.build(tmp_path, version="0.1.0", **OPTIONS)
    assert release.cite(made.folder, "bibtex").startswith("@misc{harbour-0.1.0,\n")
    assert "{{Mira Tolk} and {Odo Venkar}}" in release.cite(made.folder, "bibtex")
    assert release.cite(made.folder, "apa").startswith("Mira Tolk, & Odo Venkar. (2031). The harbour (Version 0.1.0)")
    assert release.verify(made.folder, root=tmp_path, extraction=Marks()) == []


@pytest.mark.parametrize(
    ("content", "message"),
    [("[]", "no JSON object"), ("{", "no JSON"), ('{"titel": "x"}', "not known"), ('{"authors": "x"}', "a list")],
)
def test_a_dataset_that_says_something_else_is_refused(tmp_path, content, message):
    write_repository(tmp_path).about.write_text(content)
    with pytest.raises(ReleaseError, match=message):
        release.build(tmp_path, version="0.1.0", **OPTIONS)


def test_the_first_version_has_no_changes_and_the_second_its_own(built):
    assert not (built.processed / "0.1.0" / "changes.jsonl").exists()
    folder = built.processed / "0.2.0"
    changes = [json.loads(line) for line in (folder / "changes.jsonl").read_text().splitlines()]
    added = {(change["table"], change["row"]) for change in changes if change["change"] == "added"}
    assert ("documents", "norvania-3") in added
    assert {change["change"] for change in changes} == {"added", "derived"}
    difference = release.difference(built.processed / "0.1.0", folder)
    assert release.diff_lines(difference) == (folder / "changes.jsonl").read_text()
    assert release.diff_page(difference, "0.1.0", "0.2.0") == (folder / "diff.html").read_text()


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.seen = []

    def handle_starttag(self, tag, attrs):
        self.seen.append(tag)
        assert not any(name.startswith("on") or str(value).startswith("http") for name, value in attrs)


def test_values_on_the_page_of_changes_are_escaped(built):
    text = (built.processed / "0.2.0" / "diff.html").read_text()
    page = Tags()
    page.feed(text)
    assert "b" in page.seen  # the heading's own
    assert "script" not in page.seen
    nasty = release.Diff((release_diff({"speaker": "<script>alert(1)</script>"}),))
    assert "<script" not in release.diff_page(nasty, "0.1.0", "<i>")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in release.diff_page(nasty, "0.1.0", "<i>")


def release_diff(new):
    from quotes.release.diff import Change, TableDiff

    changes = tuple(Change("q1_x", column, None, value) for column, value in new.items())
    return TableDiff("quotes", changed=changes)
