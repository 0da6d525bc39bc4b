"""Names in Chinese, Japanese and Korean mentions, with the registry of the invented world."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from challenge_case import invented
from quotes.stages import resolve_scripts as scripts


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("오도 벤카르 원수", "Odo Venkar"),
        ("탐린의 오도 벤카르동지께서는", "Odo Venkar"),
        ("대변인 이보 라스커", "Ivo Lasker"),
        ("アルド・ブレン大統領", "Aldo Brenn"),
        ("塔姆林领导人奥多·文卡尔", "Odo Venkar"),
        ("한 노인", None),
        ("国防大臣", None),
        ("", None),
    ],
)
def test_whoever_the_registry_knows_is_found_beside_a_title(written: str, name: str | None) -> None:
    person = scripts.person(written, invented())
    assert (person.name if person else None) == name


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("소 하넬 의원", "소 하넬"),
        ("의원 하로 세타로", "하로 세타로"),
        ("ヨルン・アッテルさん", "ヨルン・アッテル"),
        ("ヨルン・アッテル", "ヨルン・アッテル"),
        ("대통령실 관계자", None),
        ("方の漁師", None),
        ("亡き父", None),
        ("他想了很久", None),
        ("专栏作者", None),
    ],
)
def test_titles_are_no_part_of_a_name_and_nouns_are_none(written: str, name: str | None) -> None:
    assert scripts.bare(written) == name


def test_a_paper_stands_in_title_brackets() -> None:
    paper = scripts.outlet("执政党机关报《奥斯特雷尔旗帜报》", invented())
    assert paper is not None
    assert paper.name == "Ostrel Banner"
    assert scripts.outlet("奥斯特雷尔", invented()) is None


@given(st.text(alphabet="벤카르원수 대통령오도ア・ブ奥多·文《》은는", max_size=200))
def test_no_mention_raises_or_loses_its_name(written: str) -> None:
    scripts.person(written, invented())
    scripts.outlet(written, invented())
    bare = scripts.bare(written)
    assert bare is None or bool(bare) == bool(written.strip())
