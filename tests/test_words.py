"""What the files of the project say and how they hang together."""

from __future__ import annotations

import ast
import json
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "quotes"
TEXTS = re.compile(r"\.(py|md|jsonl?|tsv|csv|txt|toml|ya?ml|html|cff|sh)$|^[^.]+$")
MAX_LINES = 400
DRAWERS = {"utils", "helpers", "misc", "common"}

STAGE_IMPORTS: dict[str, set[str]] = {
    # The modules that a stage keeps to itself carry its name (resolve_names) and are not listed.
    "clean": {"segment"},
    "mark": {"single_marks"},
    "single_marks": {"mark_ends"},
    "source_scan": {"squeezed"},
    # The narrator's voice: tokens, then clauses, then sentences; speakers and statements are read off them.
    "tokens": {"kept", "stops"},
    "noun_phrases": {"tokens"},
    "clauses": {"noun_phrases", "tokens"},
    "clauses_appositions": {"noun_phrases", "tokens"},
    "clauses_control": {"noun_phrases", "tokens"},
    "clauses_groups": {"tokens"},
    "clauses_heads": {"noun_phrases", "tokens"},
    "clauses_nouns": {"noun_phrases", "tokens"},
    "clauses_shapes": {"noun_phrases", "tokens"},
    "clauses_views": {"noun_phrases", "tokens"},
    "sentences": {"clauses", "tokens"},
    "options": {"clauses", "clauses_shapes", "noun_phrases", "quoted_words", "sentences", "tokens"},
    "options_agents": {"clauses", "clauses_shapes", "noun_phrases", "tokens"},
    "rank": {"options"},
    # Whether anybody said the words is asked where they are attributed, with the patterns of the judge.
    "told": {"attribution", "judge_patterns", "judge_reported", "quoted_words", "sentences", "tokens"},
    "attribute_inner": {"clauses", "sentences", "tokens"},
    "attribute_answers": {"attribution", "noun_phrases", "options", "sentences", "tokens"},
    "attribute_turns": {"attribution"},
    "attribute_plain": {
        "attribution",
        "clauses",
        "clauses_nouns",
        "clauses_shapes",
        "noun_phrases",
        "options",
        "options_agents",
        "sentences",
        "tokens",
    },
    "attribute_remarks": {"attribution", "noun_phrases", "options", "sentences", "tokens"},
    "headline": {"attribution", "sentences", "tokens"},
    "attribute": {
        "attribution",
        "east_asian",
        "headline",
        "judge_patterns",
        "noun_phrases",
        "options",
        "sentences",
        "tokens",
        "told",
    },
    "east_asian": {"attribution"},
    "block_interviews": {"clauses", "noun_phrases", "tokens"},
    "block_introductions": {"clauses", "noun_phrases", "tokens"},
    "block_narrator": {"tokens"},
    "block_reports": {"clauses", "noun_phrases", "tokens"},
    "block_speakers": {"clauses", "noun_phrases", "tokens"},
    # Expressions for text in any letters, which every stage may use.
    "date_patterns": {"small_letters"},
    "date_speakers": {"small_words"},
    "judge_patterns": {"small_letters"},
    # Judging weighs the records of attribution and of statements without marks.
    "kinds": {"attribution", "quoted_words"},
    "judge": {"attribution", "block", "kinds", "quoted_words"},
    "judge_inside": {"attribution", "block", "quoted_words"},
    "judge_reported": {"attribution"},
    "judge_works": {"attribution", "quoted_words", "small_letters"},
    "link": {"quoted_words"},
    "resolve_context": {"small_words"},
    "resolve_mention": {"kept"},
    "resolve_people": {"kept"},
    "resolve_names": {"small_words"},
    "resolve_sequences": {"kept"},
    "target_phrases": {"kept"},
}
"""Which modules of `quotes.stages` may read which."""


@cache
def tracked() -> tuple[Path, ...]:
    """Files that git knows of or would take in; every file that looks like a text where there is no git."""
    git = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    result = subprocess.run(git, capture_output=True, text=True, check=False)
    if result.returncode:
        pytest.skip("not a git checkout")
    paths = (ROOT / name for name in result.stdout.split("\0") if name)
    return tuple(sorted(path for path in paths if path.is_file()))


def texts() -> Iterator[tuple[str, str]]:
    for path in tracked():
        if TEXTS.search(path.name):
            try:
                yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue


def modules() -> dict[str, Path]:
    """Every module of the package by its dotted name; a package by that of its ``__init__``."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


@cache
def imports() -> dict[str, set[str]]:
    """For each module the modules of the package that it imports when it is itself imported."""
    known = modules()
    graph: dict[str, set[str]] = {}
    for name, path in known.items():
        graph[name] = set()
        for node in _at_import(ast.parse(path.read_text(encoding="utf-8"))):
            for module in _imported(node):
                graph[name].add(next(m for m in _prefixes(module) if m in known or "." not in m))
        graph[name] -= {name}
    return graph


def _at_import(tree: ast.AST) -> Iterator[ast.AST]:
    """Statements that run at import: not those inside functions."""
    for node in ast.iter_child_nodes(tree):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield node
            yield from _at_import(node)


def _imported(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names if alias.name.startswith("quotes"))
    elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("quotes"):
        yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _prefixes(module: str) -> Iterator[str]:
    while module:
        yield module
        module = module.rpartition(".")[0]


def test_no_import_cycles() -> None:
    graph, done, path = imports(), set[str](), list[str]()

    def walk(name: str) -> None:
        assert name not in path, f"import cycle: {' → '.join([*path[path.index(name) :], name])}"
        if name in done:
            return
        path.append(name)
        for other in sorted(graph.get(name, ())):
            walk(other)
        path.pop()
        done.add(name)

    for name in sorted(graph):
        walk(name)


def test_stages_do_not_import_each_other() -> None:
    prefix = "quotes.stages."
    for name, others in imports().items():
        if not name.startswith(prefix):
            continue
        stage = name.removeprefix(prefix)
        read = {other.removeprefix(prefix) for other in others if other.startswith(prefix)}
        own = {other for other in read if other.split("_")[0] == stage.split("_")[0]}
        assert read - own <= STAGE_IMPORTS.get(stage, set()), f"{stage} imports {read - own}"


def test_the_stated_imports_exist() -> None:
    for stage, others in STAGE_IMPORTS.items():
        read = {other.rpartition(".")[2] for other in imports()[f"quotes.stages.{stage}"]}
        assert others <= read, f"{stage} does not import {others - read} any more"


def test_stages_meet_no_files_models_or_engines() -> None:
    names = ("models", "engines", "readers", "writers", "pipeline", "release", "cli")
    outside = tuple(f"quotes.{name}" for name in names)
    for name, others in imports().items():
        if name.startswith("quotes.stages."):
            assert not [other for other in others if other.startswith(outside)], name


def test_source_files_are_short() -> None:
    lengths = {name: len(path.read_text(encoding="utf-8").splitlines()) for name, path in modules().items()}
    assert {name: length for name, length in lengths.items() if length > MAX_LINES} == {}


def test_no_drawer_without_a_name() -> None:
    assert [path.name for path in tracked() if path.suffix == ".py" and path.stem in DRAWERS] == []


def test_no_path_of_a_machine_and_no_address_of_a_package_index() -> None:
    folders = sorted({"/" + "root", "/" + "home", ROOT.parent.as_posix()} - {"/"})
    paths = "|".join(re.escape(folder) + "/[A-Za-z0-9.]" for folder in folders)
    machine = re.compile(rf"(?<![\w.])(?:{paths})|--(?:extra-)?index-" + "url|registry" + "=http")
    found = [name for name, text in texts() if not name.endswith(".lock") and machine.search(text)]
    assert found == []


def windows(text: str, width: int = 60) -> Iterator[int]:
    """Hashes of the stretches of ``width`` characters that begin with a word."""
    text = re.sub(r"\s+", " ", text)
    for match in re.finditer(r"(?<!\w)\w", text):
        piece = text[match.start() : match.start() + width]
        if len(piece) == width:
            yield hash(piece)


def test_no_text_of_the_development_data_is_in_the_project(shared_data: Path) -> None:
    known: set[int] = set()
    for path in sorted(shared_data.glob("*_docs.jsonl")):
        if path.name != "seed_docs.jsonl":  # its six quotations and two terms may be told
            for line in path.read_text(encoding="utf-8").splitlines():
                known.update(windows(json.loads(line)["text"]))
    assert known
    # The registry holds names of bodies alone, some of them longer than a window.
    ours = ((name, text) for name, text in texts() if not name.startswith("src/quotes/registry/data/"))
    shared = {name: sum(window in known for window in windows(text)) for name, text in ours}
    assert {name: count for name, count in shared.items() if count > 2} == {}
