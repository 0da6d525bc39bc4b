"""The command line, as a person or a script meets it."""

from __future__ import annotations

import csv
import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import typer
from typer.testing import CliRunner

import quotes
from conftest import ROOT
from quotes import schema
from quotes.cli import app
from quotes.engines.local import CHUNK

PEOPLE = ("President Aldo Brenn", "Foreign Minister Mira Solveg", "General Edo Vask", "spokesman Ivo Renn")
SAYINGS = ("The harvest is safe,", "We shall never yield,", "There is nothing to fear,")


def article(number: int) -> dict[str, str]:
    who, what = PEOPLE[number % 4], SAYINGS[number % 3]
    text = f"Vell, March 5 (NCNA) -- “{what}” {who} said on Tuesday.\nHe called it “a gift of Norvania.”"
    return {"doc_id": f"ncna-{number:03}", "text": text, "published": "2024-03-05", "publisher": "NCNA"}


def run(*arguments: object, stdin: str = "", cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """The real program, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "quotes.cli", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        cwd=cwd,
        env=os.environ | {"COLUMNS": "100", "PYTHONIOENCODING": "utf-8"},
        check=False,
    )


def invoke(*arguments: object, code: int = 0, stdin: str | None = None):
    """The program within this process, which is quicker."""
    done = CliRunner().invoke(app, [str(one) for one in arguments], input=stdin)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == code, done.output
    return done


def lines(text: str) -> list[dict]:
    return [json.loads(line) for line in text.split("\n") if line]


@pytest.fixture
def articles(write_lines) -> Path:
    return write_lines("articles.jsonl", [article(number) for number in range(3)])


# The program


def test_version():
    done = run("--version")
    assert (done.returncode, done.stdout) == (0, f"quotes {quotes.__version__}\n")


def commands() -> list[list[str]]:
    group = typer.main.get_command(app)
    below = {name: getattr(command, "commands", {}) for name, command in group.commands.items()}
    return [[], *([name] for name in below), *([name, sub] for name, subs in below.items() for sub in subs)]


@pytest.mark.parametrize("command", commands(), ids=" ".join)
def test_every_command_helps(command):
    output = invoke(*command, "--help").output
    assert "Usage" in output
    if command and command not in (["release"], ["review"]):
        assert "Example: quotes" in " ".join(output.split())


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["no-such-command"],
        ["extract"],
        ["extract", "x.jsonl"],
        ["extract", "x.jsonl", "-o", "x.csv", "--engine"],
    ],
)
def test_wrong_words_are_wrong_use(arguments):
    invoke(*arguments, code=2)


# extract


def test_extract_writes_the_same_rows_in_every_format(articles, tmp_path):
    rows = {}
    for ending in ("jsonl", "parquet", "csv"):
        output = tmp_path / f"out.{ending}"
        done = invoke("extract", articles, "--output", output, "--no-stance", "--workers", 1)
        assert done.stdout == ""
        assert "3 documents read" in done.stderr
        assert not Path(f"{output}.errors.jsonl").exists()
    rows = lines((tmp_path / "out.jsonl").read_text(encoding="utf-8"))
    assert len(rows) >= 3
    assert {row["doc_id"] for row in rows} == {"ncna-000", "ncna-001", "ncna-002"}
    assert all(tuple(row) == schema.columns("quotes") for row in rows)
    assert pq.read_table(tmp_path / "out.parquet").to_pylist() == rows
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        cells = list(csv.DictReader(file))
    assert [cell["quote"] for cell in cells] == [row["quote"] for row in rows]
    assert [cell["start"] for cell in cells] == [str(row["start"]) for row in rows]
    chains = [json.loads(cell["source_chain"]) if cell["source_chain"] else None for cell in cells]
    assert chains == [row["source_chain"] for row in rows]
    assert any(chains)


def test_offsets_are_those_of_the_file(articles, tmp_path):
    invoke("extract", articles, "-o", tmp_path / "out.jsonl", "--no-stance")
    texts = {row["doc_id"]: row["text"] for row in lines(articles.read_text(encoding="utf-8"))}
    for row in lines((tmp_path / "out.jsonl").read_text(encoding="utf-8")):
        assert texts[row["doc_id"]][row["start"] : row["end"]] == row["quote"]


def test_standard_input_and_output(articles):
    done = run(
        "extract",
        "-",
        "--output",
        "-",
        "--no-stance",
        stdin=articles.read_text(encoding="utf-8") + "broken\n",
    )
    assert done.returncode == 1
    assert {row["doc_id"] for row in lines(done.stdout)} == {"ncna-000", "ncna-001", "ncna-002"}
    assert "stdin:4: not JSON" in done.stderr
    assert "\x1b" not in done.stderr


def test_the_same_bytes_with_any_number_of_processes_and_in_any_order(write_lines, tmp_path):
    rows = [article(number) for number in range(3 * CHUNK)]
    random.Random(0).shuffle(rows)
    whole = write_lines("whole.jsonl", rows)
    half = [write_lines("b.jsonl", rows[::2]), write_lines("a.jsonl", rows[1::2])]
    ways = ([whole, "-w", 1], [*half, "-w", 2], [whole, "-w", 2], [whole, "-w", 1])
    for ending, of_ways in (("parquet", ways), ("jsonl", ways[:2]), ("csv", ways[:2])):
        outputs = []
        for number, arguments in enumerate(of_ways):
            outputs.append(tmp_path / f"{number}.{ending}")
            done = run("extract", *arguments, "-o", outputs[-1], "--no-stance")
            assert done.returncode == 0, done.stderr
        assert len({output.read_bytes() for output in outputs}) == 1
        if ending == "parquet":
            order = [
                (row["doc_id"], row["start"], row["end"]) for row in pq.read_table(outputs[0]).to_pylist()
            ]
            assert order == sorted(order)


def test_documents_that_fail_are_listed_beside_the_output(write_lines, tmp_path):
    source = write_lines("in.jsonl", [article(0), "broken", article(1), {"doc_id": "x", "text": ""}])
    output, beside = tmp_path / "out.jsonl", tmp_path / "out.jsonl.errors.jsonl"
    done = invoke("extract", source, "-o", output, "--no-stance", code=1)
    assert "2 documents failed" in done.stderr
    assert str(beside) in done.stderr
    first, second = lines(beside.read_text(encoding="utf-8"))
    assert first["where"] == f"{source.as_posix()}:2"
    assert (second["doc_id"], second["where"]) == ("x", f"{source.as_posix()}:4")
    assert set(first) == {"where", "doc_id", "reason", "advice"}
    assert {row["doc_id"] for row in lines(output.read_text(encoding="utf-8"))} == {"ncna-000", "ncna-001"}
    write_lines("in.jsonl", [article(0)])
    invoke("extract", source, "-o", output, "--no-stance")
    assert not beside.exists(), "the list of an earlier run"


def test_the_list_of_failures_can_have_a_name(write_lines, tmp_path):
    source = write_lines("in.jsonl", [article(0), "broken"])
    invoke(
        "extract",
        source,
        "-o",
        tmp_path / "out.csv",
        "--no-stance",
        "--errors",
        tmp_path / "bad.jsonl",
        code=1,
    )
    assert len(lines((tmp_path / "bad.jsonl").read_text(encoding="utf-8"))) == 1
    assert not (tmp_path / "out.csv.errors.jsonl").exists()


def test_documents_that_hold_nothing_give_a_table_without_rows(write_lines, tmp_path):
    source = write_lines("in.jsonl", [{"doc_id": "a", "text": "It rained in Vell."}])
    for ending in ("parquet", "jsonl", "csv"):
        invoke("extract", source, "-o", tmp_path / f"out.{ending}", "--no-stance")
    assert pq.read_table(tmp_path / "out.parquet").schema.names == list(schema.columns("quotes"))
    assert (tmp_path / "out.jsonl").read_bytes() == b""
    assert (tmp_path / "out.csv").read_text() == ",".join(schema.columns("quotes")) + "\n"


@pytest.mark.parametrize(
    ("inputs", "output", "message"),
    [
        (["missing.jsonl"], "out.jsonl", "no such file"),
        (["articles.jsonl"], "out.xlsx", "must end in"),
        (["articles.jsonl"], "nowhere/out.jsonl", "no folder"),
        (["articles.jsonl"], "articles.jsonl", "read as input"),
        (["articles.jsonl", "notes.docx"], "out.jsonl", "not a kind of file"),
        (["empty"], "out.jsonl", "nothing to read"),
    ],
)
@pytest.mark.usefixtures("articles")
def test_wrong_use_writes_nothing(tmp_path, monkeypatch, inputs, output, message):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notes.docx").write_text("x")
    (tmp_path / "empty").mkdir()
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    done = invoke("extract", *inputs, "-o", output, "--no-stance", code=2)
    assert message in done.stderr
    assert done.stderr.startswith("Error: ")
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_an_output_that_was_there_is_replaced_whole(articles, tmp_path):
    output = tmp_path / "out.jsonl"
    output.write_text("old\n" * 1000)
    invoke("extract", articles, "-o", output, "--no-stance")
    assert "old" not in output.read_text(encoding="utf-8")
    assert {path.name for path in tmp_path.iterdir()} == {"articles.jsonl", "out.jsonl"}


def test_cells_that_a_spreadsheet_would_run_are_made_harmless(write_lines, tmp_path):
    text = "“=SUM(A1:A9) will feed us all,” President Aldo Brenn of Norvania said on Tuesday."
    source = write_lines("in.jsonl", [{"doc_id": "@a", "text": text}])
    invoke("extract", source, "-o", tmp_path / "out.csv", "--no-stance")
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        [row] = csv.DictReader(file)
    assert (row["doc_id"], row["quote"]) == ("'@a", "'=SUM(A1:A9) will feed us all,")


def test_a_reader_that_leaves_early_is_no_fault(write_lines):
    source = write_lines("in.jsonl", [article(number) for number in range(400)])
    command = f'"{sys.executable}" -m quotes.cli extract "{source}" -o - --no-stance -w 1 | head -n 1'
    done = subprocess.run(["bash", "-c", command], capture_output=True, encoding="utf-8", check=False)
    assert len(lines(done.stdout)) == 1
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


def test_stance_is_there_unless_it_is_left_out(articles, tmp_path):
    invoke("extract", articles, "-o", tmp_path / "with.jsonl", "-w", 1)
    invoke("extract", articles, "-o", tmp_path / "without.jsonl", "-w", 1, "--no-stance")
    scored = lines((tmp_path / "with.jsonl").read_text(encoding="utf-8"))
    bare = lines((tmp_path / "without.jsonl").read_text(encoding="utf-8"))
    assert {row["stance"] for row in scored if row["target"]} <= {"against", "neutral", "favour"}
    assert {row["stance"] for row in bare} == {None}
    of_stance = ("stance", "stance_score", "stance_confidence", "abstained")
    assert [row | dict.fromkeys(of_stance) for row in scored] == bare


# build


def test_build_makes_every_table(write_lines, tmp_path):
    write_lines("raw/one.jsonl", [article(0), article(1), "broken"])
    write_lines("raw/more/two.jsonl", [article(2), article(0)])
    done = invoke("build", tmp_path / "raw", "--output", tmp_path / "tables", "--no-stance", code=1)
    assert "3 documents read" in done.stderr
    tables = {path.stem: pq.read_table(path) for path in (tmp_path / "tables").glob("*.parquet")}
    assert set(tables) == {"quotes", "stances", "statements", "documents", "speakers", "sources", "rejected"}
    for name, table in tables.items():
        assert tuple(table.column_names) == schema.columns(name)
    assert tables["documents"].column("doc_id").to_pylist() == ["ncna-000", "ncna-001", "ncna-002"]
    assert sum(tables["documents"].column("n_quotes").to_pylist()) == tables["quotes"].num_rows
    assert len(lines((tmp_path / "tables" / "errors.jsonl").read_text(encoding="utf-8"))) == 2


OWN = {"id": "p:aldo-brenn", "name": "Aldo Brenn", "gender": "male", "evidence": "invented"}


@pytest.fixture
def own_registry(tmp_path):
    folder = tmp_path / "own"
    folder.mkdir()
    folder.joinpath("people.jsonl").write_text(json.dumps(OWN) + "\n", encoding="utf-8")
    return folder


def test_tables_of_ones_own_are_added_to_the_registry(articles, own_registry, tmp_path):
    invoke("extract", articles, "--no-stance", "-o", tmp_path / "q.parquet", "--registry", own_registry)
    invoke("build", articles, "--no-stance", "-o", tmp_path / "tables", "--registry", own_registry)
    for path in (tmp_path / "q.parquet", tmp_path / "tables" / "quotes.parquet"):
        ids = {row["speaker"]: row["speaker_id"] for row in pq.read_table(path).to_pylist()}
        assert ids["Aldo Brenn"] == "p:aldo-brenn"
    speakers = pq.read_table(tmp_path / "tables" / "speakers.parquet").to_pylist()
    told = {row["speaker"]: (row["speaker_id"], row["type"], row["evidence"]) for row in speakers}
    assert told["Aldo Brenn"] == ("p:aldo-brenn", "person", "invented")


@pytest.mark.parametrize("command", ["extract", "build"])
def test_tables_that_contradict_the_registry_write_nothing(command, articles, own_registry, tmp_path):
    own_registry.joinpath("people.jsonl").write_text(json.dumps({**OWN, "id": "p:kim-jong-un"}), encoding="utf-8")
    output = tmp_path / ("q.parquet" if command == "extract" else "tables")
    done = run(command, articles, "--no-stance", "-o", output, "--registry", own_registry)
    assert done.returncode == 2
    told = " ".join(done.stderr.split())
    assert "own/people.jsonl:1 ('Aldo Brenn') and data/people.jsonl:" in told
    assert not output.exists()


def test_build_gives_the_same_bytes_with_any_number_of_processes(write_lines, tmp_path):
    write_lines("raw/a.jsonl", [article(number) for number in range(2 * CHUNK)])
    for workers in (1, 2):
        done = run("build", tmp_path / "raw", "-o", tmp_path / f"{workers}", "--no-stance", "-w", workers)
        assert done.returncode == 0, done.stderr
    assert [path.name for path in sorted((tmp_path / "1").iterdir())] == [
        path.name for path in sorted((tmp_path / "2").iterdir())
    ]
    for path in (tmp_path / "1").iterdir():
        assert path.read_bytes() == (tmp_path / "2" / path.name).read_bytes()


def test_build_never_touches_a_folder_that_is_there(articles, tmp_path):
    (tmp_path / "tables").mkdir()
    assert (
        "there already" in invoke("build", articles, "-o", tmp_path / "tables", "--no-stance", code=2).stderr
    )
    assert list((tmp_path / "tables").iterdir()) == []
    assert "no folder" in invoke("build", articles, "-o", tmp_path / "a" / "b", "--no-stance", code=2).stderr


# score


def test_score(write_lines, tmp_path):
    text = "President Brenn praised Norvania as the finest country on earth."
    rows = [
        {"id": "1", "text": text, "target": "Norvania", "target_start": 24, "target_end": 32},
        {"id": "2", "text": text, "target": "Ostrava", "target_start": 24, "target_end": 32},
        {"id": "3", "text": text},
        "broken",
    ]
    done = invoke("score", write_lines("in.jsonl", rows), "--output", tmp_path / "out.jsonl", code=1)
    [row] = lines((tmp_path / "out.jsonl").read_text(encoding="utf-8"))
    assert row["id"] == "1"
    assert row["against"] + row["neutral"] + row["favour"] == pytest.approx(1, abs=2e-4)
    assert row["score"] == pytest.approx(row["favour"] - row["against"], abs=2e-4)
    assert row["label"] == max(("against", "neutral", "favour"), key=lambda label: row[label])
    for place in ("in.jsonl:2", "in.jsonl:3", "in.jsonl:4"):
        assert place in done.stderr


def test_score_refuses_other_formats_and_missing_files(tmp_path):
    assert "JSON Lines" in invoke("score", tmp_path / "in.jsonl", "-o", tmp_path / "out.csv", code=2).stderr
    assert (
        "no such file" in invoke("score", tmp_path / "in.jsonl", "-o", tmp_path / "out.jsonl", code=2).stderr
    )


# evaluate


@pytest.fixture
def judged(articles, tmp_path, write_lines) -> tuple[Path, Path]:
    """What extract finds, and gold that agrees with it."""
    output = tmp_path / "predicted.csv"
    invoke("extract", articles, "-o", tmp_path / "out.jsonl", "--no-stance")
    invoke("extract", articles, "-o", output, "--no-stance")
    rows = lines((tmp_path / "out.jsonl").read_text(encoding="utf-8"))
    gold = [
        {
            "doc_id": row["doc_id"],
            "quote_start": row["start"],
            "quote_end": row["end"],
            "kind": row["kind"],
            "speaker_text": row["speaker_mention"],
            "speaker_name": row["speaker"],
        }
        for row in rows
    ]
    return write_lines("gold.jsonl", gold), output


def test_evaluate_prints_a_table(judged):
    output = invoke("evaluate", *judged).output
    assert "span_F1" in output
    assert "1.0000" in output


def test_evaluate_as_json(judged):
    figures = json.loads(invoke("evaluate", *judged, "--json").stdout)
    assert figures["span_F1"] == pytest.approx(1)
    assert figures["docs"] == 3


def test_evaluate_says_when_gold_holds_kinds_that_are_left_out(judged):
    done = invoke("evaluate", *judged, "--only", "block", "--json")
    assert json.loads(done.stdout)["pred"] == 0
    assert "count as not found" in done.stderr


def test_evaluate_takes_ignored_spans_and_documents_without_a_quotation(judged, write_lines):
    none = write_lines("none.jsonl", [{"doc_id": "empty"}])
    ignore = write_lines("ignore.jsonl", [{"doc_id": "ncna-000", "quote_start": 0, "quote_end": 5}])
    done = invoke("evaluate", *judged, "--ignore", ignore, "--none", none, "--json")
    assert json.loads(done.stdout)["docs"] == 4


def test_evaluate_refuses_what_it_cannot_read(judged, tmp_path):
    gold, predicted = judged
    assert "no such file" in invoke("evaluate", tmp_path / "x.jsonl", predicted, code=2).stderr
    assert "gold.jsonl:1" in invoke("evaluate", gold, gold, code=2).stderr


# release


def test_release_commands_refuse_what_is_not_there(tmp_path):
    for arguments in (["verify"], ["verify", "9.9.9"], ["cite"], ["diff", "1.0.0", "2.0.0"]):
        done = invoke("release", *arguments, "--root", tmp_path, code=2)
        assert done.stderr.startswith("Error: ")


@pytest.mark.parametrize("numbers", [[], ["0.3.0", "--version", "0.3.1"]])
def test_a_release_is_built_under_one_number(tmp_path, numbers):
    done = invoke("release", "build", *numbers, "--date", "2031-01-01", "--root", tmp_path, code=2)
    assert "version" in done.stderr


def test_a_release_takes_its_number_as_an_option_too(tmp_path):
    done = invoke("release", "build", "--version", "0.3.0", "--date", "2031-01-01", "--root", tmp_path, code=2)
    assert "data/raw" in done.stderr.replace("\n", "")


def test_release_cite_and_diff_speak_of_the_published_versions():
    cited = invoke("release", "cite", "--root", ROOT, "--style", "bibtex").stdout
    assert cited.startswith("@")
    version = sorted(path.name for path in (ROOT / "data" / "processed").iterdir() if path.is_dir())[-1]
    assert "Every table says the same." in invoke("release", "diff", version, version, "--root", ROOT).stdout


def test_a_registry_of_ones_own_gives_names_and_identifiers(tmp_path):
    source = tmp_path / "in.jsonl"
    text = "Vensara, May 9 -- Marshal Odo Wenkar opened a cannery. “A tin is a small thing,” Wenkar said."
    source.write_text(json.dumps({"doc_id": "tamrin-1", "text": text, "published": "2024-05-09"}), encoding="utf-8")
    extra = ROOT / "data" / "raw" / "challenge.registry"
    ids = {}
    for name, options in {"without": (), "with": ("--registry", extra)}.items():
        output = tmp_path / f"{name}.jsonl"
        invoke("extract", source, "-o", output, "--no-stance", "-w", 1, *options)
        ids[name] = [json.loads(line)["speaker_id"] for line in output.read_text(encoding="utf-8").splitlines()]
    assert ids == {"without": [None], "with": ["p:odo-venkar"]}
    invoke("build", source, "-o", tmp_path / "tables", "--no-stance", "-w", 1, "--registry", extra)
    assert pq.read_table(tmp_path / "tables" / "speakers.parquet")["speaker_id"].to_pylist() == ["p:odo-venkar"]


def test_a_registry_that_contradicts_ours_is_refused_before_anything_is_read(tmp_path):
    extra = tmp_path / "mine"
    extra.mkdir()
    row = {"id": "m:kcna", "name": "Ostrel Wire", "aliases": [], "type": "independent", "country": None,
           "lang": "en", "domains": [], "form": "agency", "evidence": "invented"}  # fmt: skip
    (extra / "outlets.jsonl").write_text(json.dumps(row), encoding="utf-8")
    source = tmp_path / "in.jsonl"
    source.write_text(json.dumps({"doc_id": "a", "text": "Rain."}), encoding="utf-8")
    output = tmp_path / "out.jsonl"
    done = invoke("extract", source, "-o", output, "--no-stance", "--registry", extra, code=2)
    assert "Ostrel Wire" in done.stderr
    assert "KCNA" in done.stderr
    assert not output.exists()
