"""Push: end to end against a Hub and a Zenodo that run on this machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from hub_server import Hub
from loopback import serve
from quotes import release
from quotes.errors import ReleaseError
from quotes.push import push_to_hub, push_to_zenodo
from release_case import REAL, LengthScorer, Marks, write_collection, write_repository
from zenodo_server import Zenodo

OPTIONS = {"date": "2031-06-02", "scorer": LengthScorer(), "extraction": Marks()}
SECRET = "hf_nobody-may-see-this"
REPO = "harbour/quotes"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    root = tmp_path_factory.mktemp("repository")
    layout = write_repository(root)
    release.build(root, version="0.1.0", **OPTIONS)
    write_collection(layout, "more", [{**REAL[1], "doc_id": "norvania-3", "text": "“Rain came,” said Mira Tolk."}])
    release.build(root, version="0.2.0", **OPTIONS)
    return layout.processed


@pytest.fixture
def hub(monkeypatch):
    monkeypatch.setenv("HF_TOKEN", SECRET)
    service = Hub()
    with serve(service):
        yield service


PUSH = """
import json, sys
from pathlib import Path
from quotes.errors import ReleaseError
from quotes.push import push_to_hub
given = json.loads(sys.argv[1])
try:
    print(push_to_hub(Path(given.pop("folder")), given.pop("repository"), tell=print, **given))
except ReleaseError as error:
    print(error)
    sys.exit(2)
"""


def run_push(hub, folder, **options):
    """A push in a process of its own: the Hub's library reads its settings when it is first imported."""
    given = {"folder": str(folder), "repository": REPO, "endpoint": hub.address, **options}
    done = subprocess.run(
        [sys.executable, "-c", PUSH, json.dumps(given)], capture_output=True, text=True, check=False,
        env={**os.environ, "HF_TOKEN": SECRET, "HF_HUB_DISABLE_XET": "1", "HF_HUB_DISABLE_PROGRESS_BARS": "1",
             "HF_ENDPOINT": hub.address, "HF_HUB_OFFLINE": "0"},
    )  # fmt: skip
    assert SECRET not in done.stdout + done.stderr
    return done


def content_of(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def files_at(hub, tag):
    return {name: content for name, content in hub.commits[hub.tags[tag]].items() if name != ".gitattributes"}


LOAD = """
import sys
from datasets import load_dataset
repo, cache, *revisions = sys.argv[1:]
for revision in revisions:
    rows = load_dataset(repo, split="train", revision=revision, cache_dir=cache)
    stream = load_dataset(repo, split="train", revision=revision, streaming=True)
    print(revision, rows.num_rows, sum(1 for _ in stream), rows[0]["quote_id"])
"""


def test_two_versions_are_pushed_tagged_and_loaded_by_revision(hub, built, tmp_path):
    for number in ("0.1.0", "0.2.0"):
        done = run_push(hub, built / number)
        assert done.returncode == 0, done.stdout + done.stderr
        assert files_at(hub, f"v{number}") == content_of(built / number)
    environment = {
        **os.environ, "HF_ENDPOINT": hub.address, "HF_HOME": str(tmp_path), "HF_HUB_DISABLE_XET": "1",
        "HF_HUB_OFFLINE": "0", "HF_HUB_DISABLE_TELEMETRY": "1",
    }  # fmt: skip
    command = [sys.executable, "-c", LOAD, REPO, str(tmp_path / "cache"), "v0.1.0", "v0.2.0"]
    loaded = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert loaded.returncode == 0, loaded.stderr[-3000:]
    first = release.read_table(built / "0.1.0", "quotes")[0]["quote_id"]
    assert loaded.stdout.splitlines() == [f"v0.1.0 3 3 {first}", f"v0.2.0 4 4 {first}"]


def test_a_tag_never_moves(hub, built, tmp_path):
    assert run_push(hub, built / "0.1.0").returncode == 0
    again = run_push(hub, built / "0.1.0")
    assert again.returncode == 0
    assert "v0.1.0 is there already, with these files" in again.stdout
    commits = list(hub.order)
    write_repository(tmp_path, real=REAL[:1])
    other = release.build(tmp_path, version="0.1.0", **OPTIONS)
    refused = run_push(hub, other.folder)
    assert refused.returncode == 2
    assert "has a tag v0.1.0 with other files, and a published version never changes" in refused.stdout
    assert hub.order == commits


def test_a_push_that_broke_off_leaves_nothing_and_goes_on(hub, built):
    hub.fail = 3
    broken = run_push(hub, built / "0.1.0")
    assert broken.returncode == 2
    assert hub.tags == {}
    assert [files.keys() - {".gitattributes"} for files in hub.commits.values()] == [set()]
    arrived = list(hub.uploaded)
    assert len(arrived) == 3
    hub.fail = None
    assert run_push(hub, built / "0.1.0").returncode == 0
    assert len(hub.uploaded) == len(set(hub.uploaded))  # nothing was sent twice
    assert files_at(hub, "v0.1.0") == content_of(built / "0.1.0")


def test_a_commit_that_lacks_its_tag_gets_it(hub, built):
    hub.refuse_tags = True
    assert run_push(hub, built / "0.1.0").returncode == 2
    assert hub.tags == {}
    commits = list(hub.order)
    hub.refuse_tags = False
    assert run_push(hub, built / "0.1.0").returncode == 0
    assert hub.order == commits
    assert files_at(hub, "v0.1.0") == content_of(built / "0.1.0")


def test_a_dry_run_tells_every_operation_and_does_none(hub, built):
    told = []
    assert push_to_hub(built / "0.1.0", REPO, tell=told.append, dry_run=True, endpoint=hub.address) == "v0.1.0"
    assert {line.split()[1] for line in told if line.startswith("upload ")} == content_of(built / "0.1.0").keys()
    assert told[-1] == "tag the commit v0.1.0"
    assert hub.seen == []


def test_a_damaged_version_is_not_pushed(hub, built, tmp_path):
    damaged = tmp_path / "0.1.0"
    damaged.mkdir()
    for name, content in content_of(built / "0.1.0").items():
        (damaged / name).write_bytes(content)
    (damaged / "notes.txt").write_text("")
    with pytest.raises(ReleaseError, match=r"is not pushed: fault: notes.txt"):
        push_to_hub(damaged, REPO, tell=print, endpoint=hub.address)
    with pytest.raises(ReleaseError, match=r"is not pushed: fault: notes.txt"):
        push_to_zenodo(damaged, tell=print, endpoint=hub.address)
    assert hub.seen == []


@pytest.fixture
def zenodo(monkeypatch):
    monkeypatch.setenv("ZENODO_TOKEN", SECRET)
    service = Zenodo(SECRET)
    with serve(service):
        yield service


def deposit(zenodo, folder, **options):
    told = []
    try:
        return push_to_zenodo(folder, tell=told.append, endpoint=zenodo.address, **options), told
    finally:
        assert not any(SECRET in line for line in told)


def test_a_deposit_stays_a_draft_until_it_is_published(zenodo, built):
    address, _ = deposit(zenodo, built / "0.1.0")
    assert address == f"{zenodo.address}/deposit/1"
    assert zenodo.deposits[1]["submitted"] is False
    assert zenodo.files[1] == content_of(built / "0.1.0")
    assert zenodo.deposits[1]["metadata"] == json.loads((built / "0.1.0" / ".zenodo.json").read_text())
    doi, told = deposit(zenodo, built / "0.1.0", publish=True)
    assert (doi, list(zenodo.deposits)) == ("10.5072/zenodo.1", [1])
    assert "take up the draft 1" in told
    assert not any(line.startswith("upload") for line in told)
    with pytest.raises(ReleaseError, match=r"is published already: 10\.5072"):
        deposit(zenodo, built / "0.1.0", publish=True)


def test_a_deposit_that_broke_off_goes_on_and_nothing_is_sent_twice(zenodo, built):
    zenodo.fail = 4
    with pytest.raises(ReleaseError, match=r"Zenodo says 500.*\*\*\*") as caught:
        deposit(zenodo, built / "0.1.0", publish=True)
    assert SECRET not in str(caught.value)
    assert zenodo.deposits[1]["submitted"] is False
    zenodo.fail = None
    doi, _ = deposit(zenodo, built / "0.1.0", publish=True)
    assert doi == "10.5072/zenodo.1"
    assert sorted(zenodo.uploads) == sorted(content_of(built / "0.1.0"))


def test_a_later_version_is_filed_under_the_same_work(zenodo, built):
    deposit(zenodo, built / "0.1.0", publish=True)
    zenodo.files[1]["old-notes.txt"] = b""
    doi, told = deposit(zenodo, built / "0.2.0", publish=True, concept=1)
    assert doi == "10.5072/zenodo.2"
    assert zenodo.files[2] == content_of(built / "0.2.0")
    assert "delete old-notes.txt, which is no file of this version" in told


def test_a_draft_that_is_not_whole_is_not_published(zenodo, built, monkeypatch):
    def lose(*, number, name, body, **_):
        zenodo.files[number][name] = body[:-1] if name == "index.html" else body
        return 201, {}, {}

    monkeypatch.setattr(zenodo, "_upload", lose)
    with pytest.raises(ReleaseError, match=r"does not hold the files of 0\.1\.0; it is not published"):
        deposit(zenodo, built / "0.1.0", publish=True)
    assert zenodo.deposits[1]["submitted"] is False


def test_the_token_goes_nowhere_else(zenodo, built, monkeypatch):
    made = Zenodo._make

    def elsewhere(self, **options):
        status, headers, entry = made(self, **options)
        return status, headers, {**entry, "links": {**entry["links"], "bucket": "http://127.0.0.1:1/files"}}

    monkeypatch.setattr(Zenodo, "_make", elsewhere)
    with pytest.raises(ReleaseError, match="the token is not sent there"):
        deposit(zenodo, built / "0.1.0")


def test_without_a_token_it_is_said_where_to_get_one(built, monkeypatch):
    monkeypatch.delenv("ZENODO_TOKEN", raising=False)
    with pytest.raises(ReleaseError, match="ZENODO_TOKEN is not set"):
        push_to_zenodo(built / "0.1.0", tell=print)


def test_a_dry_run_of_a_deposit_tells_every_operation_and_does_none(zenodo, built):
    _, told = deposit(zenodo, built / "0.1.0", dry_run=True, publish=True)
    assert {line.split()[1] for line in told if line.startswith("upload ")} == content_of(built / "0.1.0").keys()
    assert told[-1] == "publish, when all files are there"
    assert zenodo.seen == []
