"""Verify: a version that was not touched holds; whatever is changed, it is found and placed."""

from __future__ import annotations

import json
import shutil

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotes import release, schema
from quotes.errors import ReleaseError
from quotes.release import assemble, digest, manifest, writer
from quotes.release.layout import Layout
from release_case import REAL, LengthScorer, Marks, write_collection, write_repository


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    root = tmp_path_factory.mktemp("repository")
    layout = write_repository(root)
    release.build(root, version="0.1.0", date="2031-06-02", scorer=LengthScorer(), extraction=Marks())
    return layout


@pytest.fixture
def layout(built, tmp_path):
    """A copy of the repository with its version, to be damaged."""
    shutil.copytree(built.root, tmp_path / "copy")
    return Layout(tmp_path / "copy")


def folder_of(layout):
    return layout.processed / "0.1.0"


def verify(layout, **options):
    return release.verify(folder_of(layout), root=layout.root, extraction=Marks(), **options)


def faults(layout, **options):
    return [finding for finding in verify(layout, **options) if finding.level == "fault"]


def moved(layout, **options):
    return [finding for finding in verify(layout, **options) if finding.level == "moved"]


def reseal(folder, table=None):
    """Make sums and manifest fit the files again, as a careful forger would."""
    if table:
        found = manifest.read(folder)
        entry = next(entry for entry in found["tables"] if entry["name"] == table)
        path = folder / entry["file"]
        rows = writer.read(path)
        entry.update(
            bytes=path.stat().st_size,
            sha256=digest.of_file(path),
            rows=len(rows),
            logical_sha256=digest.of_rows(rows, schema.table(table).key),
        )
        (folder / "manifest.json").write_text(manifest.text(found))
    (folder / "SHA256SUMS").unlink()
    (folder / "SHA256SUMS").write_text(assemble.sums(folder))


def test_an_untouched_version_holds_without_a_model(layout):
    before = {path: path.read_bytes() for path in layout.root.rglob("*") if path.is_file()}
    assert verify(layout) == []
    assert {path: path.read_bytes() for path in layout.root.rglob("*") if path.is_file()} == before


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_one_changed_byte_in_any_file_is_found_in_that_file(built, data):
    path = data.draw(st.sampled_from(sorted(folder_of(built).iterdir())))
    content = path.read_bytes()
    place = data.draw(st.integers(0, len(content) - 1))
    changed = bytearray(content)
    changed[place] ^= data.draw(st.integers(1, 255))
    path.write_bytes(changed)
    try:
        found = faults(built)
    finally:
        path.write_bytes(content)
    # A name in the list of sums is a file that is missing and one that is not listed.
    assert any(finding.file == path.name for finding in found) or (path.name == "SHA256SUMS" and found)


def test_a_changed_byte_is_placed_in_the_file(layout):
    path = folder_of(layout) / "DATASHEET.md"
    content = bytearray(path.read_bytes())
    content[1000] ^= 1
    path.write_bytes(content)
    assert any("first at byte 1000" in finding.message for finding in faults(layout))


@pytest.mark.parametrize("sealed", [False, True])
def test_a_changed_row_is_placed_in_table_row_and_column(layout, sealed):
    folder = folder_of(layout)
    rows = writer.read(folder / "quotes.parquet")
    rows[1]["speaker"] = "Aldo Brann"
    writer.write("quotes", rows, folder / "quotes.parquet")
    if sealed:
        reseal(folder, "quotes")
    found = [finding for finding in faults(layout) if finding.column]
    assert [(finding.file, finding.table, finding.row, finding.column) for finding in found] == [
        ("quotes.parquet", "quotes", rows[1]["quote_id"], "speaker")
    ]
    assert "'Aldo Brann' is published" in found[0].message


def test_a_changed_derived_value_is_a_fault_too(layout):
    folder = folder_of(layout)
    rows = writer.read(folder / "sources.parquet")
    rows[0]["n_quotes"] += 1
    writer.write("sources", rows, folder / "sources.parquet")
    reseal(folder, "sources")
    assert [finding.column for finding in faults(layout) if finding.column] == ["n_quotes"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda rows: rows.pop(), "the raw documents give this row, and it is missing"),
        (lambda rows: rows.append({**rows[0], "start": 0}), "the raw documents do not give this row"),
    ],
)
def test_rows_too_few_and_too_many_are_found(layout, change, message):
    folder = folder_of(layout)
    rows = writer.read(folder / "rejected.parquet")
    start = rows[0]["start"] if "missing" in message else 0
    end = rows[0]["end"]
    change(rows)
    writer.write("rejected", rows, folder / "rejected.parquet")
    reseal(folder, "rejected")
    found = [finding for finding in faults(layout) if finding.message == message]
    assert [(finding.table, finding.row) for finding in found] == [
        ("rejected", f"doc_id norvania-1, start {start}, end {end}")
    ]


def test_the_same_rows_in_other_bytes_are_found(layout):
    folder = folder_of(layout)
    rows = writer.read(folder / "quotes.parquet")
    pq.write_table(schema.to_arrow("quotes", rows), folder / "quotes.parquet", compression="none")
    reseal(folder, "quotes")
    found = faults(layout)
    assert not [finding for finding in found if finding.row]
    assert any(finding.file == "quotes.parquet" and "first at byte" in finding.message for finding in found)


@pytest.mark.parametrize("name", ["notes.txt", ".hidden", "quotes.py", "more"])
def test_an_unlisted_file_is_found(layout, name):
    path = folder_of(layout) / name
    path.mkdir() if name == "more" else path.write_text("")
    assert {finding.file for finding in faults(layout)} == {name}


def test_a_file_smuggled_into_the_list_is_found_by_the_rebuild(layout):
    folder = folder_of(layout)
    (folder / "notes.txt").write_text("")
    reseal(folder)
    assert {finding.file for finding in faults(layout)} == {"SHA256SUMS", "notes.txt"}


@pytest.mark.parametrize("name", [f"{name}.parquet" for name in schema.NAMES] + [
    "README.md", "CHANGELOG.md", "CITATION.cff", "citation.bib", "DATASHEET.md", "manifest.json",
    "schema.json", "SHA256SUMS", "validation.json", "croissant.json", "datacite.json", ".zenodo.json", "index.html",
])  # fmt: skip
def test_a_removed_file_is_found(layout, name):
    (folder_of(layout) / name).unlink()
    assert name in {finding.file for finding in faults(layout)}


@pytest.mark.parametrize("name", ["quotes.parquet", "manifest.json", "index.html", ".zenodo.json", "SHA256SUMS"])
def test_a_renamed_file_is_found(layout, name):
    folder = folder_of(layout)
    (folder / name).rename(folder / f"{name}.1")
    assert {name, f"{name}.1"} <= {finding.file for finding in faults(layout)} | {"SHA256SUMS.1"}


def test_a_link_in_place_of_a_file_is_found(layout):
    path = folder_of(layout) / "citation.bib"
    path.rename(layout.root / "moved")
    path.symlink_to(layout.root / "moved")
    assert [(finding.file, finding.message.split(".")[0]) for finding in faults(layout)] == [
        ("citation.bib", "it is no plain file")
    ]


def test_a_changed_raw_file_is_named_and_no_damage(layout):
    with (layout.raw / "norvania.jsonl").open("ab") as file:
        file.write(b"\n")
    found = moved(layout)
    assert "data/raw/norvania.jsonl" in {finding.file for finding in found}
    assert any("cannot be built anew" in finding.message for finding in found)
    assert all("check out the commit that added data/processed/0.1.0" in finding.message for finding in found)
    assert faults(layout) == []


def test_a_changed_raw_text_moves_rows_even_where_its_sidecar_agrees(layout):
    text = REAL[0]["text"].replace("harvest", "barley")
    write_collection(layout, "norvania", [{**REAL[0], "text": text}, REAL[1]])
    found = moved(layout, scorer=LengthScorer())
    assert {"data/raw/norvania.jsonl", "data/raw/norvania.meta.json"} <= {finding.file for finding in found}
    [documents] = [finding for finding in found if finding.table == "documents" and finding.file != "manifest.json"]
    assert documents.message.startswith("3 differences")  # the text, its length and its digest
    assert found[-1].message.startswith("built anew here, tables come out differently")
    assert "data/raw/norvania.jsonl is not as it was" in found[-1].message


def test_a_collection_that_was_added_later_does_not_matter(layout):
    write_collection(layout, "more", [{**REAL[0], "doc_id": "more-1"}])
    assert verify(layout) == []


def test_a_collection_that_is_gone_is_named(layout):
    (layout.raw / "challenge.jsonl").unlink()
    messages = {finding.file: finding.message for finding in moved(layout)}
    assert "it is missing" in messages["data/raw/challenge.jsonl"]


def test_rows_made_by_other_code_are_counted_and_no_fault(layout):
    folder = folder_of(layout)
    rows = writer.read(folder / "quotes.parquet")
    rows[0]["rule"] = rows[1]["rule"] = "another rule"
    writer.write("quotes", rows, folder / "quotes.parquet")
    reseal(folder, "quotes")
    found = manifest.read(folder)
    found["code"]["sha256"], found["checkout"] = "0", {"commit": "abc", "changed": ["src/x.py"]}
    (folder / "manifest.json").write_text(manifest.text(found))
    reseal(folder)
    assert faults(layout) == []
    messages = [str(finding) for finding in moved(layout)]
    assert "moved: quotes.parquet, table quotes: 2 differences" in messages[0]
    assert "code (sha256) was 0, here it is" in messages[-1]
    assert "made from commit abc; 1 files were not committed then: src/x.py" in messages[-1]


def test_a_manifest_that_the_next_version_knew_otherwise_is_found(layout):
    release.build(layout.root, version="0.1.1", date="2031-07-01", scorer=LengthScorer(), extraction=Marks())
    folder = folder_of(layout)
    found = manifest.read(folder)
    found["weights"] = []
    (folder / "manifest.json").write_text(manifest.text(found))
    reseal(folder)
    assert any("version 0.1.1 was made after one whose manifest" in finding.message for finding in faults(layout))


def test_a_score_that_the_ledger_lost_is_a_fault(layout):
    layout.ledger.write_text("".join(layout.ledger.read_text().splitlines(keepends=True)[1:]))
    assert any("1 scores of revision length-1 are not in the ledger" in f.message for f in faults(layout))


def test_a_ledger_that_grew_does_not_matter(layout):
    before = layout.ledger.read_bytes()
    third = {**REAL[1], "doc_id": "norvania-3", "text": "“Rain is coming,” said Mira Tolk."}
    write_collection(layout, "more", [third])
    options = {"date": "2031-07-01", "scorer": LengthScorer(), "extraction": Marks()}
    later = release.build(layout.root, version="0.2.0", **options)
    assert release.verify(later.folder, root=layout.root, extraction=Marks()) == []
    assert layout.ledger.read_bytes().startswith(before)
    assert len(layout.ledger.read_bytes()) > len(before)
    assert verify(layout) == []


def test_a_ledger_in_another_order_is_noted_and_no_fault(layout):
    lines = layout.ledger.read_text().splitlines(keepends=True)
    layout.ledger.write_text("".join(lines[::-1]))
    found = verify(layout)
    assert [(finding.level, finding.file) for finding in found] == [
        ("note", "data/ledger/scores.jsonl"),
        ("note", "manifest.json"),
    ]
    assert "the texts are not comparable: the raw data or the ledger changed" in found[1].message


def test_a_changed_score_moves_the_stance(layout):
    lines = layout.ledger.read_text().splitlines()
    entry = json.loads(lines[0])
    lines[0] = json.dumps({**entry, "against": entry["favour"], "favour": entry["against"]})
    layout.ledger.write_text("\n".join(lines) + "\n")
    assert {"p_against", "p_favour", "stance_score"} <= {finding.column for finding in faults(layout)}


@pytest.mark.parametrize(
    ("part", "value", "what"),
    [
        ("writer", {"pyarrow": "1.0.0"}, ["tables", "texts"]),
        ("lock", {"file": "requirements.lock", "bytes": 0, "sha256": "0"}, ["texts"]),
        ("code", {"package": "quotes", "version": "0.0.1", "sha256": "0"}, ["texts"]),
    ],
)
def test_bytes_are_not_compared_where_they_cannot_be_the_same(layout, part, value, what):
    folder = folder_of(layout)
    found = manifest.read(folder)
    found[part] = value
    (folder / "manifest.json").write_text(manifest.text(found))
    reseal(folder)
    findings = verify(layout)
    assert [finding.level for finding in findings] == ["note"] * len(what)
    for finding, name in zip(findings, what, strict=True):
        assert f"the bytes of the {name} are not comparable: {part}" in finding.message
        assert str(next(iter(value.values() if part == "writer" else [value["sha256"]]))) in finding.message


def test_rows_are_compared_even_where_bytes_cannot_be(layout):
    folder = folder_of(layout)
    rows = writer.read(folder / "quotes.parquet")
    rows[0]["rule"] = "guess"
    writer.write("quotes", rows, folder / "quotes.parquet")
    found = manifest.read(folder)
    found["writer"] = {"pyarrow": "1.0.0"}
    (folder / "manifest.json").write_text(manifest.text(found))
    reseal(folder, "quotes")
    assert [finding.column for finding in faults(layout) if finding.column] == ["rule"]


def test_later_versions_verify_too(layout):
    options = {"date": "2031-07-01", "scorer": LengthScorer(), "extraction": Marks()}
    later = release.build(layout.root, version="0.1.1", **options)
    assert release.verify(later.folder, root=layout.root, extraction=Marks()) == []
    assert verify(layout) == []


def test_what_is_no_version_is_refused_or_reported(tmp_path, layout):
    with pytest.raises(ReleaseError, match="is no folder"):
        release.verify(tmp_path / "absent", root=layout.root)
    (folder_of(layout) / "manifest.json").write_text("[]")
    assert any("no manifest of a version" in finding.message for finding in faults(layout))


def test_a_finding_reads_as_one_line(layout):
    (folder_of(layout) / "notes.txt").write_text("")
    lines = [str(finding) for finding in faults(layout)]
    assert lines[0].startswith("fault: notes.txt: it is not listed in SHA256SUMS")
