"""Raw data: read as its sidecars describe it, refused where it is something else."""

from __future__ import annotations

import json

import pytest

from quotes.errors import ReleaseError
from quotes.release import collections
from release_case import INVENTED, REAL, write_collection, write_repository


def edit_sidecar(layout, name, **changes):
    path = layout.raw / f"{name}.meta.json"
    meta = {**json.loads(path.read_text()), **changes}
    path.write_text(json.dumps({key: value for key, value in meta.items() if value is not ...}))


def test_collections_come_sorted_with_their_documents(tmp_path):
    read = collections.read(write_repository(tmp_path).raw)
    assert [(one.name, one.fictional, len(one.rows)) for one in read] == [
        ("challenge", True, len(INVENTED)),
        ("norvania", False, len(REAL)),
    ]
    assert [document.doc_id for document in read[1].documents()] == [row["doc_id"] for row in REAL]


def test_extra_keys_stay_with_the_rows_and_out_of_the_documents(tmp_path):
    challenge = collections.read(write_repository(tmp_path).raw)[0]
    assert challenge.rows[0]["phenomena"] == ["marks-curly"]
    assert challenge.documents()[0].text == INVENTED[0]["text"]


def test_a_changed_file_is_refused_with_file_and_advice(tmp_path):
    layout = write_repository(tmp_path)
    with (layout.raw / "norvania.jsonl").open("ab") as file:
        file.write(b"\n")
    with pytest.raises(
        ReleaseError, match=r"norvania.jsonl is not the file that norvania.meta.json describes.*Restore"
    ):
        collections.read(layout.raw)


@pytest.mark.parametrize("missing", ["norvania.jsonl", "norvania.meta.json"])
def test_documents_and_sidecar_need_each_other(tmp_path, missing):
    layout = write_repository(tmp_path)
    (layout.raw / missing).unlink()
    with pytest.raises(ReleaseError, match=f"{missing} is missing"):
        collections.read(layout.raw)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"documents": 3}, "holds 2 documents, norvania.meta.json says 3"),
        ({"licence": ...}, "'licence' is missing"),
        ({"fictional": "no"}, "'fictional' is 'no'. Write it there, a bool"),
    ],
)
def test_a_sidecar_that_does_not_answer_is_refused(tmp_path, changes, message):
    layout = write_repository(tmp_path)
    edit_sidecar(layout, "norvania", **changes)
    with pytest.raises(ReleaseError, match=message):
        collections.read(layout.raw)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"text": "Rain in Ulmark."}, "'doc_id' is missing or empty"),
        ({"doc_id": "ulmark-1", "text": ""}, "'text' is missing or empty"),
        (
            {"doc_id": "ulmark-1", "text": "Rain.", "published": 2031},
            "'published' is 2031, and needs a string",
        ),
        (["ulmark-1"], "no JSON object"),
    ],
)
def test_a_line_that_is_no_document_is_refused_with_its_line(tmp_path, row, message):
    layout = write_repository(tmp_path)
    write_collection(layout, "ulmark", [{"doc_id": "ulmark-0", "text": "Sun."}, row])
    with pytest.raises(ReleaseError, match=f"ulmark.jsonl:2 is no document: .*{message}"):
        collections.read(layout.raw)


def test_two_documents_may_not_share_an_identifier(tmp_path):
    layout = write_repository(tmp_path)
    write_collection(layout, "ulmark", REAL[:1])
    with pytest.raises(
        ReleaseError, match=r"two documents are called 'norvania-1', in .*norvania.* and in .*ulmark"
    ):
        collections.read(layout.raw)


def test_a_folder_without_collections_is_refused(tmp_path):
    with pytest.raises(ReleaseError, match="holds no collection"):
        collections.read(tmp_path)
    with pytest.raises(ReleaseError, match="is no folder"):
        collections.read(tmp_path / "absent")
