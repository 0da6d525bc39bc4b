"""The registry: its tables hold together, names find their rows, and a contradiction names both of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quotes.errors import RegistryError
from quotes.registry import fold, load
from quotes.registry.check import check, collisions
from quotes.registry.load import _tables

INVENTED = Path(__file__).with_name("cases") / "resolve_registry"


def write(folder: Path, table: str, *rows: dict[str, object]) -> Path:
    lines = (json.dumps({"evidence": "invented for the tests", **row}) for row in rows)
    folder.joinpath(table).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_the_shipped_tables_contradict_neither_themselves_nor_each_other() -> None:
    check(_tables())


def test_identifiers_are_unique_and_say_of_what_kind_they_are() -> None:
    registry = load()
    for prefix, rows in (("p:", registry.people), ("o:", registry.organisations), ("m:", registry.outlets)):
        assert all(row.id.startswith(prefix) for row in rows)
        assert len({row.id for row in rows}) == len(rows)


def test_every_row_names_its_evidence() -> None:
    registry = load()
    for row in (*registry.people, *registry.organisations, *registry.outlets, *registry.countries):
        assert row.evidence.strip()


@pytest.mark.parametrize("name", ["Kim Jong Un", "Kim Jong-un", "kim jong un", "김정은", "Ким Чен Ын", "金正恩"])
def test_transliterations_find_the_same_person(name: str) -> None:
    assert [person.id for person in load().persons_named(name)] == ["p:kim-jong-un"]


def test_a_name_of_two_people_finds_neither_alone() -> None:
    shared = collisions(load().people)
    assert shared, "namesakes are expected among so many people"
    name, bearers = shared[0]
    assert {person.id for person in load().persons_named(name)} >= set(bearers[:1])


def test_an_office_has_the_holder_of_the_day() -> None:
    registry = load(INVENTED)
    assert [person.name for person in registry.holders("leader", "c:tamrin", "2005-01-01")] == ["Ruo Venkar"]
    assert [person.name for person in registry.holders("leader", "c:tamrin", "2020-01-01")] == ["Odo Venkar"]


def test_outlets_are_known_by_name_and_by_address() -> None:
    registry = load(INVENTED)
    by_name = registry.outlet_named("the Norvanian Central News Agency")
    by_address = registry.outlet_of_publisher(None, "https://www.nocna.example/a/1")
    assert by_name is not None
    assert by_name == by_address
    assert registry.outlet_of_publisher("An unknown paper", None) is None


def test_users_tables_are_added_and_ours_stay(tmp_path: Path) -> None:
    row = {"id": "m:quay-post", "name": "Quay Post", "aliases": [], "type": "independent", "country": None,
           "lang": "en", "domains": ["quay.example"], "form": "newspaper"}  # fmt: skip
    registry = load(write(tmp_path, "outlets.jsonl", row))
    assert registry.outlet_named("Quay Post") is not None
    assert registry.outlet_named("KCNA") == load().outlet_named("KCNA")


def test_a_contradiction_names_both_rows(tmp_path: Path) -> None:
    row = {"id": "m:kcna", "name": "Another Agency", "aliases": [], "type": "independent", "country": None,
           "lang": "en", "domains": ["another.example"], "form": "agency"}  # fmt: skip
    both = r"outlets\.jsonl:1 \('Another Agency'\) and data/outlets\.jsonl:\d+ \('KCNA'\)"
    with pytest.raises(RegistryError, match=both):
        load(write(tmp_path, "outlets.jsonl", row))


@pytest.mark.parametrize("line", ["no json", "[]", '{"id": "m:x"}'])
def test_a_row_that_cannot_be_read_is_named(tmp_path: Path, line: str) -> None:
    tmp_path.joinpath("outlets.jsonl").write_text(line + "\n", encoding="utf-8")
    with pytest.raises(RegistryError, match=r"outlets\.jsonl:1"):
        load(tmp_path)


def test_a_folder_without_tables_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match="holds no table"):
        load(tmp_path)
    with pytest.raises(RegistryError, match="no folder"):
        load(tmp_path / "nowhere")


def test_folding_forgets_what_the_press_varies() -> None:
    assert fold("Kim Jong-un’s") == fold("KIM JONG UN")
    assert fold("Chŏng-ŭn") == fold("Chong un")
