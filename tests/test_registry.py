"""The registry: its tables hold together, names find their rows, and a contradiction names both of them."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest

from quotes.errors import RegistryError
from quotes.registry import fold, load
from quotes.registry.check import check, collisions
from quotes.registry.fold import bounds
from quotes.registry.load import _tables
from quotes.registry.rows import OutletForm, OutletType

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
    for row in (*registry.people, *registry.organisations, *registry.outlets, *registry.countries, *registry.places):
        assert row.evidence.strip()


def test_the_tables_are_as_large_as_they_are_said_to_be() -> None:
    registry = load()
    assert len(registry.people) >= 450
    assert len(registry.organisations) >= 150
    assert len(registry.outlets) >= 150
    assert len(registry.places) >= 150
    assert len({row.country for row in registry.outlets if row.type == "state_media"}) >= 20


def test_every_outlet_has_a_type_a_form_and_a_country() -> None:
    """Whose country nobody could tell, the evidence says so."""
    assert all("not known" in row.evidence for row in load().outlets if row.country is None)
    assert all(row.type in get_args(OutletType) and row.form in get_args(OutletForm) for row in load().outlets)


def test_a_name_that_two_rows_bear_is_a_namesake_and_nothing_else() -> None:
    """Of the other names each belongs to one row, whatever its table, unless the rows are a place and who it is."""
    registry = load()
    assert all(ids[0].startswith("p:") for _, ids in registry.collisions), registry.collisions
    bearers: dict[str, set[str]] = defaultdict(set)
    for row in (*registry.people, *registry.organisations, *registry.outlets, *registry.countries):
        for name in (row.name, *row.aliases):
            bearers[fold(name)].add(row.id)
    for place in registry.places:
        for name in (place.name, *place.aliases):
            bearers[fold(name)].add(place.speaks_for or place.id)
    namesakes = {name for name, _ in registry.collisions}
    assert {name: ids for name, ids in bearers.items() if len(ids) > 1 and name not in namesakes} == {}


ONE_HOLDER = frozenset(
    {
        "president", "vice president", "acting president", "prime minister", "leader", "supreme leader", "chancellor",
        "foreign minister", "defence minister", "general secretary", "supreme commander", "secretary of state",
        "secretary of defense", "unification minister", "monarch", "pope", "secretary general", "un ambassador",
    }
)


def test_an_office_of_one_holder_has_one_on_each_day() -> None:
    terms: dict[tuple[str, str], list[tuple[str, str, str]]] = defaultdict(list)
    for person in load().people:
        for office in person.offices:
            if office.title in ONE_HOLDER:
                term = bounds(office.start)[0], bounds(office.end)[1], person.name
                terms[office.title, office.of].append(term)
    assert len(terms) > 60
    for office_of, held in terms.items():
        for (_, end, one), (start, _, other) in pairwise(sorted(held)):
            handed_over = start[:4] == end[:4]  # the same day, or a year where no more is known
            assert start >= end or handed_over or one == other, (office_of, one, other)


MAIN = ("c:kp", "c:kr", "c:ru", "c:ua", "c:cn", "c:jp", "c:ir", "c:gb", "c:de", "c:fr")


@pytest.mark.parametrize("country", MAIN)
def test_the_main_actors_have_their_names_in_other_scripts(country: str) -> None:
    people = [row for row in load().people if row.country == country]
    written = [row for row in people if any(not alias.isascii() for alias in row.aliases)]
    assert len(written) >= 0.85 * len(people), [row.name for row in people if row not in written]


@pytest.mark.parametrize(
    ("name", "identifier"),
    [
        ("Kim Chŏng-ŭn", "p:kim-jong-un"),
        ("Volodymyr Zelensky", "p:volodymyr-zelenskyy"),
        ("Volodymyr Zelenskyy", "p:volodymyr-zelenskyy"),
        ("Volodymyr Zelenskiy", "p:volodymyr-zelenskyy"),
        ("Владимир Зеленский", "p:volodymyr-zelenskyy"),
        ("Володимир Зеленський", "p:volodymyr-zelenskyy"),
        ("도널드 트럼프", "p:donald-trump"),
        ("习近平", "p:xi-jinping"),
        ("Си Цзиньпин", "p:xi-jinping"),
        ("Антониу Гутерриш", "p:antonio-guterres"),
    ],
)
def test_other_spellings_find_the_same_person(name: str, identifier: str) -> None:
    assert [person.id for person in load().persons_named(name)] == [identifier]


def test_people_have_a_gender() -> None:
    assert all(row.gender is not None for row in load().people)


def test_wikidata_items_have_the_form_of_one() -> None:
    registry = load()
    rows = (*registry.people, *registry.organisations, *registry.outlets)
    assert all(row.wikidata is None or re.fullmatch(r"Q[1-9]\d*", row.wikidata) for row in rows)


@pytest.mark.parametrize(
    ("place", "body"),
    [("the Kremlin", "Kremlin"), ("White House", "White House"), ("Cheong Wa Dae", "South Korean Presidential Office")],
)
def test_a_seat_is_a_name_of_who_sits_there(place: str, body: str) -> None:
    registry = load()
    found = registry.organisation_named(place)
    located = registry.place_named(place)
    assert found is not None
    assert found.name == body
    assert located is not None
    assert located.speaks_for == found.id


def test_a_capital_is_a_name_of_its_government_and_a_village_is_only_a_place() -> None:
    registry = load()
    moscow, village = registry.country_named("Moscow"), registry.place_named("판문점")
    assert moscow is not None
    assert moscow.name == "Russia"
    assert village is not None
    assert (village.name, village.speaks_for) == ("Panmunjom", None)
    assert registry.named("Panmunjom") is None


def test_users_places_are_added_and_checked(tmp_path: Path) -> None:
    row = {"id": "l:ulmark", "name": "Ulmark", "aliases": ["Old Ulmark"], "country": "c:fi", "speaks_for": "c:fi"}
    found = load(write(tmp_path, "places.jsonl", row)).country_named("Old Ulmark")
    assert found is not None
    assert found.id == "c:fi"
    with pytest.raises(RegistryError, match=r"places\.jsonl:1: 'Ulmark' speaks for 'c:nowhere'"):
        load(write(tmp_path, "places.jsonl", {**row, "speaks_for": "c:nowhere"}))
    with pytest.raises(RegistryError, match=r"places\.jsonl:1 \('Moscow'\) and data/places\.jsonl:\d+ \('Moscow'\)"):
        load(write(tmp_path, "places.jsonl", {**row, "name": "Moscow"}))


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
