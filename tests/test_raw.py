"""The raw documents: sidecars fit, offsets hold, nobody real is given words, each phenomenon is exercised."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest

from quotes import edtf
from quotes.records import SpeakerType
from quotes.registry import Registry, fold, load

ROOT = Path(__file__).parent.parent
RAW = ROOT / "data" / "raw"
README = (RAW / "README.md").read_text(encoding="utf-8")
COLLECTIONS = sorted(path.stem for path in RAW.glob("*.jsonl"))

ROW_KEYS = frozenset(
    [
        "doc_id",
        "quote_start",
        "quote_end",
        "quote_text",
        "kind",
        "speaker_text",
        "speaker_start",
        "speaker_end",
        "speaker_name",
        "cue_text",
        "date",
        "date_edtf",
        "source_quoted",
        "target",
        "stance",
    ]
)
OPTIONAL_ROW_KEYS = frozenset(["reason", "source_chain", "speaker_type", "statement"])
DOCUMENT_KEYS = frozenset(["doc_id", "title", "published", "publisher", "url", "lang", "text", "gold"])
SIDECAR_KEYS = frozenset(
    [
        "title",
        "description",
        "authors",
        "created",
        "reason",
        "licence",
        "text_published",
        "language",
        "fictional",
        "documents",
        "sha256",
    ]
)

# The only words of real people in this project: six quotations and two scare-quoted terms of one article.
FOUNDING_WORDS = {
    "good list,": "scare",
    "Our participation in the conflict was just, "
    "and it falls within the sovereign rights of our Republic,": "direct",
    "I consider all the brave soldiers who participated in the Kursk operation "
    "to be heroes and the highest representatives of the nation’s honour,": "direct",
    "brother": "scare",
    "The Soviet Union took upon itself the most ferocious, merciless blows of the enemy,": "direct",
    "consolidate and develop the long tradition of the DPRK-Russia relations, "
    "the noble ideological foundation and the invincible alliance.": "mixed",
    "justifiable,": "mixed",
    "tacky defective munitions.": "mixed",
}
PUBLISHED = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


REGISTRY = RAW / "challenge.registry"


@cache
def invented_registry() -> Registry:
    return load(REGISTRY)


@cache
def documents(collection: str) -> tuple[dict[str, Any], ...]:
    # Not str.splitlines: damaged text may hold the odd characters that it takes for the end of a line.
    raw = (RAW / f"{collection}.jsonl").read_bytes()
    return tuple(json.loads(line) for line in raw.split(b"\n") if line)


@cache
def documented_tags() -> tuple[str, ...]:
    section = README.split("## Phenomena")[1].split("\n## ")[0]
    return tuple(re.findall(r"^- `([a-z-]+)`: ", section, re.MULTILINE))


def all_documents() -> list[Any]:
    return [pytest.param(doc, id=doc["doc_id"]) for name in COLLECTIONS for doc in documents(name)]


def test_both_collections_are_there():
    assert {"challenge", "russia-ukraine-2025"} <= set(COLLECTIONS)


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_sidecar_fits_its_file(collection: str):
    meta = json.loads((RAW / f"{collection}.meta.json").read_text(encoding="utf-8"))
    assert set(meta) >= SIDECAR_KEYS
    assert meta["sha256"] == hashlib.sha256((RAW / f"{collection}.jsonl").read_bytes()).hexdigest(), (
        "the file changed after its sidecar: refresh it as data/raw/README.md says"
    )
    assert meta["documents"] == len(documents(collection))
    assert meta["text_published"] is True
    assert date.fromisoformat(meta["created"])


def test_the_challenge_is_fiction_and_free_of_rights():
    meta = json.loads((RAW / "challenge.meta.json").read_text(encoding="utf-8"))
    assert meta["fictional"] is True
    assert meta["licence"] == "CC0-1.0"


def test_the_documented_refresh_repairs_a_stale_sidecar(tmp_path: Path):
    copy = tmp_path / "data" / "raw"
    shutil.copytree(RAW, copy)
    file, sidecar = copy / "challenge.jsonl", copy / "challenge.meta.json"
    file.write_bytes(b"\n".join(file.read_bytes().split(b"\n")[1:]))
    before = sidecar.read_text(encoding="utf-8")
    script = README.split("<<'PYTHON'\n")[1].split("\nPYTHON")[0]
    subprocess.run([sys.executable, "-c", script], cwd=tmp_path, check=True)
    old, new = json.loads(before), json.loads(sidecar.read_text(encoding="utf-8"))
    assert new["documents"] == old["documents"] - 1
    assert new["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert {k: v for k, v in new.items() if k not in ("documents", "sha256")} == {
        k: v for k, v in old.items() if k not in ("documents", "sha256")
    }
    untouched = "russia-ukraine-2025.meta.json"
    assert (copy / untouched).read_bytes() == (RAW / untouched).read_bytes()


def test_document_ids_are_unique():
    ids = Counter(doc["doc_id"] for name in COLLECTIONS for doc in documents(name))
    assert [key for key, count in ids.items() if count > 1] == []


@pytest.mark.parametrize("doc", all_documents())
def test_document_is_well_formed(doc: dict[str, Any]):
    assert set(doc) >= DOCUMENT_KEYS
    assert doc["text"].strip()
    assert doc["published"] is None or PUBLISHED.fullmatch(doc["published"])
    assert doc["url"] is None or doc["url"].startswith("https://example.org/")
    assert re.fullmatch(r"[a-z]{2}", doc["lang"])


@pytest.mark.parametrize("doc", all_documents())
def test_gold_offsets_hold(doc: dict[str, Any]):
    text = doc["text"]
    for row in doc["gold"]:
        assert set(row) - OPTIONAL_ROW_KEYS == ROW_KEYS
        assert row["doc_id"] == doc["doc_id"]
        assert text[row["quote_start"] : row["quote_end"]] == row["quote_text"]
        assert row["quote_text"]
        assert row["quote_text"] == row["quote_text"].strip()
        if row["speaker_text"] is None:
            assert row["speaker_start"] is None
            assert row["speaker_end"] is None
        else:
            assert text[row["speaker_start"] : row["speaker_end"]] == row["speaker_text"]
        assert row["cue_text"] is None or row["cue_text"] in text
    spans = [(row["quote_start"], -row["quote_end"]) for row in doc["gold"]]
    assert spans == sorted(set(spans))


@pytest.mark.parametrize("doc", all_documents())
def test_gold_values_are_of_the_vocabulary(doc: dict[str, Any]):
    for row in doc["gold"]:
        if row["kind"] == "scare":
            assert row["reason"] in {"scare", "title", "term", "slogan"}
            facts = ROW_KEYS - {"doc_id", "quote_start", "quote_end", "quote_text", "kind"}
            assert all(row[key] is None for key in facts)
            continue
        assert row["kind"] in {"direct", "mixed", "block"}
        assert "reason" not in row
        assert row["stance"] in {"against", "neutral", "favour", None}
        assert row["stance"] is None or row["target"] is not None
        assert row["speaker_name"] is None or row["speaker_text"] is not None
        if row["date"] is not None:
            assert date.fromisoformat(row["date"])
            assert row["date"] == row["date_edtf"]
        assert row["date_edtf"] is None or edtf.is_valid(row["date_edtf"])
        assert row.get("speaker_type", "person") in get_args(SpeakerType)


@pytest.mark.parametrize("doc", all_documents())
def test_quotations_nest_and_never_cross(doc: dict[str, Any]):
    spans = [(row["quote_start"], row["quote_end"]) for row in doc["gold"]]
    crossing = [(a, b) for a in spans for b in spans if a[0] < b[0] < a[1] < b[1]]
    assert crossing == []


@pytest.mark.parametrize("doc", all_documents())
def test_chains_run_from_the_credited_outlet_to_the_publisher(doc: dict[str, Any]):
    for row in doc["gold"]:
        chain = row.get("source_chain")
        if chain is None:
            continue
        assert len(chain) == len(set(chain))
        assert row["source_quoted"] is None or _same_outlet(chain[0], row["source_quoted"])
        if doc["publisher"] is not None:
            assert _same_outlet(chain[-1], doc["publisher"])


def _same_outlet(one: str, other: str) -> bool:
    rows = [invented_registry().outlet_named(name) for name in (one, other)]
    return one == other or (rows[0] is not None and rows[0] == rows[1])


def test_a_statement_is_printed_in_several_documents():
    prints: dict[str, set[str]] = {}
    for doc in documents("challenge"):
        for row in doc["gold"]:
            if row.get("statement") is not None:
                prints.setdefault(row["statement"], set()).add(doc["doc_id"])
    assert [label for label, places in prints.items() if len(places) < 2] == []


def test_the_registry_of_the_invented_world_says_that_it_is_invented():
    rows = [json.loads(line) for path in sorted(REGISTRY.glob("*.jsonl")) for line in path.read_bytes().splitlines()]
    assert len(rows) > 70
    assert {row["evidence"] for row in rows} == {"invented for the challenge"}
    assert [row["name"] for row in rows if row.get("wikidata") or row.get("domains")] == []


def test_real_people_say_only_the_founding_words_each_once():
    rows = [row for doc in documents("russia-ukraine-2025") for row in doc["gold"]]
    assert {row["quote_text"]: row["kind"] for row in rows} == FOUNDING_WORDS
    assert len(rows) == len(FOUNDING_WORDS)


def test_real_documents_hold_no_other_marked_words():
    for doc in documents("russia-ukraine-2025"):
        narration, end = "", 0
        for row in doc["gold"]:
            narration += doc["text"][end : row["quote_start"] - 1]
            end = row["quote_end"] + 1
        narration += doc["text"][end:]
        assert re.findall(r"[\"“”„«»‘]", narration) == [], doc["doc_id"]


def test_real_documents_say_what_they_are():
    for doc in documents("russia-ukraine-2025"):
        assert doc["publisher"] == "quotes project"
        assert doc["url"] is None
        assert doc["text"].startswith("This is a retelling by the quotes project of a press article")


def test_one_mark_of_the_article_stays_backwards():
    texts = [doc["text"] for doc in documents("russia-ukraine-2025")]
    assert sum("Fascism.”The Soviet Union" in text for text in texts) == 1


def test_provenance_covers_the_gold():
    for doc in documents("russia-ukraine-2025"):
        assert [entry["quote"] for entry in doc["provenance"]] == [row["quote_text"] for row in doc["gold"]]
        for entry in doc["provenance"]:
            assert entry["seed"] == "seed.txt"
            assert entry["end"] - entry["start"] == len(entry["quote"])


def test_provenance_points_into_the_article():
    seed = ROOT.parent / "shared" / "data" / "seed.txt"
    if not seed.is_file():
        pytest.skip("the article is not part of the project")
    article = seed.read_text(encoding="utf-8")
    for doc in documents("russia-ukraine-2025"):
        for entry in doc["provenance"]:
            assert article[entry["start"] : entry["end"]] == entry["quote"]


def test_tags_are_documented_and_each_has_a_document():
    assert len(documented_tags()) == len(set(documented_tags()))
    used = {tag for doc in documents("challenge") for tag in doc["phenomena"]}
    assert used == set(documented_tags())


def test_every_challenge_document_is_tagged():
    assert [doc["doc_id"] for doc in documents("challenge") if not doc["phenomena"]] == []


def test_challenge_is_large_enough():
    assert len(documents("challenge")) >= 150


THEMES = {
    "names of the registry": ("registry-",),
    "whom a mention means": ("epithets", "pronouns", "namesakes", "spokespeople"),
    "the day": ("date", "own-calendar", "published-"),
    "the way of the words": ("source-chains", "state-media-credit"),
    "many speakers and sources": ("speaker-types", "sources-several"),
    "reprints": ("reprint-",),
    "statements without marks": ("block-",),
    "nobody's words": ("no-quotation", "scare-quotes", "title-quotes", "slogans", "terms"),
    "damaged marks": ("opener", "closer", "marks-straight-curly", "marks-empty"),
}


@pytest.mark.parametrize("theme", THEMES)
def test_each_theme_has_documents_enough(theme: str):
    of_theme = [doc for doc in documents("challenge") if any(tag.startswith(THEMES[theme]) for tag in doc["phenomena"])]
    assert len(of_theme) >= 10


def test_documents_with_many_speakers_or_sources_are_tagged():
    for doc in documents("challenge"):
        types = {row.get("speaker_type") for row in doc["gold"]} - {None}
        outlets = {row["source_quoted"] for row in doc["gold"]} - {None}
        assert ("speaker-types" in doc["phenomena"]) == (len(types) >= 3), doc["doc_id"]
        assert ("sources-several" in doc["phenomena"]) == (len(outlets) >= 3), doc["doc_id"]


def test_documents_tagged_without_quotation_have_none():
    for doc in documents("challenge"):
        kinds = {row["kind"] for row in doc["gold"]}
        assert ("no-quotation" in doc["phenomena"]) == (not kinds - {"scare"}), doc["doc_id"]


def test_no_fictional_name_is_known_to_the_registry():
    registry = load()
    names = {doc["publisher"] for doc in documents("challenge") if doc["publisher"]}
    for doc in documents("challenge"):
        names.update(
            name for row in doc["gold"] for name in (row["speaker_name"], row["source_quoted"]) if name
        )
    known = [
        name
        for name in sorted(names)
        if registry.persons_named(name)
        or registry.outlet_named(name)
        or registry.organisation_named(name)
        or registry.country_named(name)
    ]
    assert known == []


def test_no_real_person_or_outlet_appears_in_fiction():
    registry = load()
    rows = (*registry.people, *registry.outlets)
    # One word is no name: "Time" and "the Sun" are words of the language too.
    real = {name for row in rows for name in (row.name, *row.aliases) if len(fold(name).split()) > 1}
    real = {name for name in real if not re.match("(?i)(the|le|la|el|der|die|das) \\w+$", name)}
    assert real
    pattern = re.compile(rf"\b({'|'.join(sorted(re.escape(fold(name)) for name in real))})\b")
    found = {
        doc["doc_id"]: match[0]
        for doc in documents("challenge")
        if (match := pattern.search(fold(doc["text"])))
    }
    assert found == {}


def test_the_calendar_of_tamrin_is_kept():
    dated = [
        (doc["doc_id"], founding, year)
        for doc in documents("challenge")
        for founding, year in re.findall(r"Founding (\d+) \((\d{4})\)", doc["text"])
    ]
    assert len(dated) >= 10
    assert [entry for entry in dated if int(entry[1]) != int(entry[2]) - 1940] == []
