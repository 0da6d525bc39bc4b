"""Shards: cut, worked on, merged; together they say what the same documents say when all are in memory."""

from __future__ import annotations

import json
import random
import socket
from dataclasses import asdict
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import strategies
from quotes import pipeline, readers, registry, schema, writers
from quotes.errors import DocumentError, QuotesError, UsageError
from quotes.readers.raw import PassedOver
from quotes.records import Document
from quotes.release.collection import Collection
from quotes.release.tables import complete
from quotes.shards import cut as cutting
from quotes.shards import linked, runs
from quotes.shards.cut import cut
from quotes.shards.plan import Plan, finished_shards, workplace
from quotes.shards.tables import TABLES, counts, errors, table_rows, write_tables
from quotes.shards.whole import extract_shards, local_engine

PEOPLE = ("President Aldo Brenn of Norvania", "Foreign Minister Mira Solveg", "General Edo Vask", "Dace Harrow")
SAYINGS = ("The harvest is safe,", "We shall never yield,", "There is nothing to fear,", "Go home!")


SPEECH = (
    "We have built this harbour with our own hands, and no storm, no blockade and no threat from abroad shall ever "
    "take it from the people of Norvania, who will defend every stone of it until the last of them has fallen"
)
"""Long enough to be known again when it is cut, or put in other words."""


def reprint(number: int) -> dict[str, str]:
    """The speech whole, cut at either end, with a word changed; by two speakers, on two days."""
    words = SPEECH.split()
    forms = (words, words[: 12 + number % 9], words[9 + number % 9 :], [*words[:3], "this port", *words[5:]])
    said = " ".join(forms[number % 4])
    who = PEOPLE[0] if number % 5 else PEOPLE[2]
    text = f"VELL -- “{said},” {who} said on {('Monday', 'Tuesday')[number % 2]}."
    day = f"2024-03-{5 + number % 3:02}"
    return {"doc_id": f"reprint-{number}", "text": text, "published": day, "publisher": "NCNA"}


def article(number: int) -> dict[str, str]:
    who, what = PEOPLE[number % 4], SAYINGS[number % 3]
    said = f"“{what}” {who} said on Tuesday.\nHe praised “peace {number % 5}” there."
    text = f"Vell, March {1 + number % 28} (NCNA) -- {said}"
    return {"doc_id": f"ncna-{number * 7919 % 1000:03}", "text": text, "published": "2024-03", "publisher": "NCNA"}


def quiet(doing: str, done: int, total: int) -> None:
    del doing, done, total


@pytest.fixture
def small_shards(monkeypatch):
    """Shards of a few documents, so that a small corpus has many."""
    monkeypatch.setattr(cutting, "FIRST", 4_000)
    monkeypatch.setattr(cutting, "MOST", 4_000)


def planned(source: Path, output: Path) -> Plan:
    return Plan(readers.discover([source]).sources, output, "raw", stance=False)


def built(source: Path, output: Path, workers: int = 1) -> dict[str, list[dict]]:
    plan = planned(source, output)
    with workplace(plan) as folder:
        extract_shards(plan, folder, local_engine(workers), quiet, [])
        return {name: list(table_rows(folder, name)) for name in TABLES}


def in_memory(documents: list[Document]) -> dict[str, list[dict]]:
    documents = sorted(documents, key=lambda document: document.doc_id)
    collection = Collection(
        "raw", Path("raw"), Path("raw"), "", "", "", True, False, tuple(asdict(document) for document in documents)
    )
    tables = complete(pipeline.build_tables(documents, scorer=None), [collection], registry.load())
    tables["documents"] = [{**row, "licence": None} for row in tables["documents"]]
    return {name: writers.arrange(name, tables[name]) for name in TABLES}


@pytest.mark.usefixtures("small_shards")
def test_shards_together_say_what_all_documents_say_in_memory(write_lines, tmp_path):
    rows = [article(number) for number in range(100)]
    source = write_lines("raw.jsonl", rows)
    assert built(source, tmp_path / "out") == in_memory([Document(**row) for row in rows])


@pytest.mark.usefixtures("small_shards")
@pytest.mark.parametrize("in_part", [50, 500_000])
def test_reprints_in_many_shards_are_linked_as_those_in_memory(write_lines, tmp_path, monkeypatch, in_part):
    monkeypatch.setattr(linked, "_PART", in_part)
    rows = [one for number in range(40) for one in (reprint(number), article(number))]
    found = built(write_lines("raw.jsonl", rows), tmp_path / "out", workers=2)
    expected = in_memory([Document(**row) for row in rows])
    assert found["statements"] == expected["statements"]
    assert found == expected
    assert any(row["n_quotes"] > 10 and len(row["variants"]) > 3 for row in found["statements"])


@settings(max_examples=12, deadline=None, derandomize=True)
@given(st.lists(strategies.documents(), min_size=1, max_size=12))
def test_any_documents_give_the_rows_that_they_give_in_memory(tmp_path_factory, documents):
    folder = tmp_path_factory.mktemp("any")
    lines = (json.dumps(asdict(one) | {"doc_id": f"d{k}"}) for k, one in enumerate(documents))
    (folder / "raw.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="ascii")
    read = [item for item in readers.read([folder / "raw.jsonl"]) if isinstance(item, Document)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cutting, "FIRST", 1)
        assert built(folder / "raw.jsonl", folder / "out") == in_memory(read)


@pytest.mark.usefixtures("small_shards")
def test_a_document_that_gets_lost_on_the_way_is_noticed(write_lines, tmp_path):
    plan = planned(write_lines("raw.jsonl", [article(number) for number in range(60)]), tmp_path / "out")

    def forgetful(shards, plan, folder):
        return local_engine(1)((shard for shard in shards if shard.number != 1), plan, folder)

    with pytest.raises(QuotesError, match="do not add up: 60 documents were read"), workplace(plan) as folder:
        extract_shards(plan, folder, forgetful, quiet, [])


def test_a_build_asks_nothing_of_any_network(write_lines, tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("nothing is fetched unless it is asked for")

    page = "<html><body><p>“It is so,” Brenn said.</p><script src='https://ncna.example/x.js'></script></body></html>"
    raw = write_lines("raw/a.jsonl", [article(1) | {"url": "https://ncna.example/1"}]).parent
    (raw / "b.html").write_text(page, encoding="utf-8")
    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert len(built(raw, tmp_path / "out")["documents"]) == 2


def encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


@pytest.mark.usefixtures("small_shards")
def test_files_have_the_bytes_of_tables_written_at_once(write_lines, tmp_path):
    rows = [article(number) for number in range(60)]
    source = write_lines("raw.jsonl", rows)
    plan = planned(source, tmp_path / "out")
    (tmp_path / "streamed").mkdir()
    with workplace(plan) as folder:
        extract_shards(plan, folder, local_engine(1), quiet, [])
        assert len(finished_shards(folder)) >= 10
        write_tables(folder, tmp_path / "streamed", quiet)
    for name, table in in_memory([Document(**row) for row in rows]).items():
        writers.write_parquet(name, table, tmp_path / f"{name}.parquet")
        assert (tmp_path / "streamed" / f"{name}.parquet").read_bytes() == (tmp_path / f"{name}.parquet").read_bytes()
    assert not plan.folder.exists()


@pytest.mark.usefixtures("small_shards")
def test_a_shard_that_is_done_is_not_done_again(write_lines, tmp_path):
    source = write_lines("raw.jsonl", [article(number) for number in range(40)])
    plan = planned(source, tmp_path / "out")
    with pytest.raises(RuntimeError, match="stopped here"), workplace(plan) as folder:
        extract_shards(plan, folder, stopping(after=3), quiet, [])
    left = {path: path.stat().st_mtime_ns for path in plan.folder.rglob("*.arrow")}
    assert len(finished_shards(plan.folder)) == 3
    with workplace(plan) as folder:
        again = extract_shards(plan, folder, local_engine(1), quiet, [])
        assert again.kept == 3
        assert {path: path.stat().st_mtime_ns for path in left} == left
        rows = list(table_rows(folder, "quotes"))
    assert rows == built(source, tmp_path / "other")["quotes"]


def stopping(*, after: int):
    whole = local_engine(1)

    def engine(shards, plan, folder):
        for number, done in enumerate(whole(shards, plan, folder), start=1):
            yield done
            if number == after:
                raise RuntimeError("stopped here")

    return engine


@pytest.mark.usefixtures("small_shards")
@pytest.mark.parametrize("change", ["input", "options"])
def test_shards_of_another_plan_are_not_used(write_lines, tmp_path, change):
    source = write_lines("raw.jsonl", [article(number) for number in range(20)])
    plan = planned(source, tmp_path / "out")
    with pytest.raises(RuntimeError), workplace(plan) as folder:
        extract_shards(plan, folder, stopping(after=2), quiet, [])
    if change == "input":
        write_lines("raw.jsonl", [article(number) for number in range(21)])
        other = planned(source, tmp_path / "out")
    else:
        other = Plan(plan.sources, plan.output, "another", stance=False)
    with workplace(other) as folder:
        assert finished_shards(folder) == frozenset()


def test_two_at_one_place_the_second_is_refused(write_lines, tmp_path):
    plan = planned(write_lines("raw.jsonl", [article(1)]), tmp_path / "out")
    with workplace(plan), pytest.raises(UsageError, match="another process"), workplace(plan):
        pass
    with workplace(plan):  # and once the first is done, there is room
        pass


@pytest.mark.usefixtures("small_shards")
def test_every_document_is_in_the_tables_or_in_the_list(write_lines, tmp_path):
    rows = [article(number) if number % 7 else "broken" for number in range(50)]
    rows += [article(3), {"doc_id": "x", "text": ""}, {"doc_id": "y", "text": 5}]
    plan = planned(write_lines("raw.jsonl", rows), tmp_path / "out")
    with workplace(plan) as folder:
        found = extract_shards(plan, folder, local_engine(2), quiet, [DocumentError("a", "shut", "open it")])
        listed = list(errors(folder))
        assert (found.count, found.failed) == (len(rows) + 1, len(listed))
        assert found.documents == len(list(table_rows(folder, "documents")))
        assert [one.where for one in listed][:2] == ["a", f"{plan.sources[0].name}:1"]
        assert sum(one["count"] for one in counts(folder)) == len(rows) + 1


# Cutting and merging


@given(st.lists(st.integers(0, 4000), max_size=60))
def test_cutting_loses_nothing_and_keeps_the_order(lengths):
    items = [Document("d", "x" * (50 * n)) if n % 5 else DocumentError(f"{n}", "r", "a") for n in lengths]
    shards = list(cut([*items, PassedOver("w", "r")]))
    assert [shard.number for shard in shards] == list(range(len(shards)))
    assert [one for shard in shards for one in shard.items] == [one for one in items if isinstance(one, Document)]
    assert [one for shard in shards for one in shard.errors] == [one for one in items if not isinstance(one, Document)]
    assert sum(shard.passed for shard in shards) == 1
    assert all(shard.count <= 2_000 for shard in shards)


KEYS = st.tuples(st.none() | st.text(max_size=3), st.integers(-3, 3))


@settings(deadline=None)
@given(st.lists(st.lists(KEYS, max_size=30), min_size=1, max_size=9), st.integers(1, 5), st.integers(2, 4))
def test_merged_runs_are_sorted_and_whole(tmp_path_factory, contents, in_batch, fan_in):
    folder = tmp_path_factory.mktemp("runs")
    shape = pa.schema([("name", pa.string()), ("number", pa.int64()), ("place", pa.int64())])
    paths, every = [], []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runs, "_BATCH_ROWS", in_batch)
        patch.setattr(runs, "FAN_IN", fan_in)
        for number, content in enumerate(contents):
            rows = [{"name": encodable(name) if name else name, "number": n, "place": number} for name, n in content]
            every += (ordered := sorted(rows, key=place))
            paths.append(folder / f"{number}.arrow")
            runs.write_run([pa.Table.from_pylist(ordered, schema=shape)], shape, paths[-1])
        found = [row for batch in runs.merged(paths, ("name", "number"), shape, folder) for row in batch.to_pylist()]
    assert [place(row) for row in found] == sorted(map(place, every))
    assert sorted(map(str, found)) == sorted(map(str, every))


def place(row):
    return (row["name"] is not None, row["name"], row["number"])


def test_a_shuffled_corpus_gives_the_same_tables(write_lines, tmp_path, monkeypatch):
    monkeypatch.setattr(cutting, "FIRST", 6_000)
    rows = [article(number) for number in range(60)]
    straight = built(write_lines("a.jsonl", rows), tmp_path / "one")
    random.Random(3).shuffle(rows)
    assert built(write_lines("b.jsonl", rows), tmp_path / "two", workers=2) == straight
    assert all(tuple(row) == schema.columns(name) for name in TABLES for row in straight[name])
