"""The page of a version in a headless Chromium: filters, search, rows, pictures; no script errors, no requests.

Where no Chromium is on the machine these tests are skipped; what the page holds is tested without one.
"""

from __future__ import annotations

import json
import re

import pytest

import browser
from quotes.release import page
from quotes.release.about import About
from quotes.release.citation import Cited
from release_page_case import NASTY, many

CITED = Cited(About(title="The <b>harvest</b> & more"), "0.2.0", "2031-06-02", "0" * 64)


def test_no_text_can_end_the_element_that_holds_it():
    text = page.text(CITED, many(30))
    assert "evil.example" in text
    data = re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)[1]
    assert "<" not in data
    assert "\u2028" not in data
    assert json.loads(data)["rows"]["quote"][7] == NASTY
    assert len(re.findall("<script", text)) == 2
    assert "<b>harvest</b>" not in text


def test_the_same_rows_in_any_order_give_the_same_page():
    tables = many(50)
    turned = {name: rows[::-1] for name, rows in tables.items()}
    assert page.text(CITED, tables) == page.text(CITED, turned)


def test_a_version_without_rows_has_a_page():
    assert '"id":[]' in page.text(CITED, {"quotes": [], "stances": [], "documents": []})


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """The page of 20,000 rows, open in a browser."""
    if browser.found() is None:
        pytest.skip("no Chromium is on this machine")
    folder = tmp_path_factory.mktemp("page")
    (folder / "index.html").write_text(page.text(CITED, many(20_000)), encoding="utf-8")
    with browser.browser(folder / "profile") as tab:
        tab.open((folder / "index.html").as_uri())
        yield tab


@pytest.fixture
def tab(opened):
    """The page with no filter set and no row open; afterwards nothing may have gone wrong."""
    opened.run("closeDetail(); document.getElementById('filters').reset(); update()")
    yield opened
    assert opened.errors == []
    assert [url for url in opened.requests if not url.startswith(("file:", "about:", "data:"))] == []
    assert opened.run("window.broken") is None


def count(tab):
    return int(tab.run("document.getElementById('count').textContent").split()[0].replace(",", ""))


def choose(tab, name, value):
    tab.run(f"document.getElementById({name!r}).value = {value!r}; update()")


def test_every_row_is_there_and_few_are_drawn(tab):
    assert count(tab) == 20_000
    assert tab.run("document.querySelectorAll('.row').length") < 40
    tab.run("document.getElementById('list').scrollTop = 84 * 19990; draw()")
    assert tab.run("document.querySelector('.row:last-child').dataset.row") == "19999"


def test_rows_that_can_be_read_come_first(tab):
    first = tab.run("ROWS.quote.indexOf(null)")
    assert first == tab.run("ROWS.quote.filter(words => words !== null).length")


@pytest.mark.parametrize(
    ("name", "column", "value"), [("stance", "stance", 2), ("kind", "kind", 1), ("speaker", "speaker", 3)]
)
def test_a_filter_shows_the_rows_that_have_its_value(tab, name, column, value):
    choose(tab, name, str(value))
    assert 0 < count(tab) == tab.run(f"ROWS.{column}.filter(v => v === {value}).length") < 20_000


def test_rows_without_a_speaker_can_be_chosen(tab):
    choose(tab, "speaker", "-1")
    assert 0 < count(tab) == tab.run("ROWS.speaker.filter(v => v === -1).length")


def test_search_finds_words_names_and_titles(tab):
    choose(tab, "search", "aldo brenn HARVEST")
    expected = "ROWS.quote.filter((q, r) => name(ROWS.speaker[r]) === 'Aldo Brenn' && /harvest/i.test(q || '')).length"
    assert 0 < count(tab) == tab.run(expected)
    choose(tab, "search", "nobody says this")
    assert count(tab) == 0


def test_days_are_filtered_by_day_month_and_year(tab):
    choose(tab, "from", "2031")
    choose(tab, "to", "2031-06")
    months = tab.run("[...new Set(visible.map(row => when(row).slice(0, 7)))].sort()")
    assert months == ["2031-02", "2031-05"]


def test_a_row_opens_by_click_and_by_its_address(tab):
    tab.run("document.querySelectorAll('.row')[3].click()")
    assert tab.run("location.hash") == "#" + tab.run("ROWS.id[visible[3]]")
    assert tab.run("document.querySelector('#detail mark').textContent") == tab.run("ROWS.quote[visible[3]]")
    choose(tab, "stance", "0")
    tab.run("location.hash = '#q1_15000'")
    tab.wait("document.querySelector('.row.chosen')?.dataset.row === String(BY_ID.get('q1_15000'))")
    assert "q1_15000" in tab.run("document.getElementById('detail').textContent")


def test_the_keyboard_moves_from_row_to_row(tab):
    tab.run("document.getElementById('list').focus()")
    for key in ("ArrowDown", "ArrowDown"):
        tab.send("Input.dispatchKeyEvent", type="keyDown", key=key)
    assert tab.run("visible.indexOf(chosen)") == 1
    tab.send("Input.dispatchKeyEvent", type="keyDown", key="Escape")
    assert tab.run("document.getElementById('detail').hidden")


def test_markup_in_a_text_shows_as_text(tab):
    tab.run("choose(BY_ID.get('q1_00007'))")
    assert tab.run("document.querySelector('#detail mark').textContent") == NASTY
    assert tab.run("document.querySelectorAll('#detail img, #list img, #detail script').length") == 0
    tab.run("choose(BY_ID.get('q1_00003'))")  # its document has a script for an address
    assert tab.run("[...document.querySelectorAll('#detail a')].every(a => /^(https?:|file:)/.test(a.href))")
    assert "javascript:window.broken" in tab.run("document.getElementById('detail').textContent")


def test_words_that_are_withheld_are_told_as_such(tab):
    tab.run("choose(BY_ID.get('q1_00010'))")
    told = tab.run("document.querySelector('#detail blockquote').textContent")
    assert "The 12 words may not be reprinted. They stand at characters 10 to 90" in told


def test_pictures_follow_the_filters(tab):
    def bars():
        return tab.run("document.querySelectorAll('#timeline .bar').length")

    def cells():
        return tab.run("[...document.querySelectorAll('#matrix td button')].map(b => parseInt(b.textContent))")

    assert bars() > 10
    every = sum(cells())
    choose(tab, "stance", "2")
    assert 0 < sum(cells()) < every
    tab.run("document.querySelector('#matrix td button').click()")
    assert count(tab) == cells()[0]
    tab.run("document.querySelector('#timeline .bar').dispatchEvent(new Event('click'))")
    assert bars() == 1


def test_citation_and_version_are_told(tab):
    text = tab.run("document.querySelector('header').textContent")
    assert "0.2.0" in text
    assert "The <b>harvest</b> & more (Version 0.2.0) [Data set]" in text


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(("width", "height"), [(1400, 900), (390, 844)])
def test_nothing_sticks_out_and_everything_can_be_read(opened, dark, width, height):
    narrow = width < 500
    opened.send("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=narrow)
    scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
    opened.send("Emulation.setEmulatedMedia", features=[scheme])
    assert opened.run("document.documentElement.scrollWidth") <= width
    paper, ink = opened.run("[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]")
    assert contrast(paper, ink) > 7
    for name in ("against", "neutral", "favour"):
        colours = "[getComputedStyle(e).backgroundColor, getComputedStyle(e).color]"
        for back, front in opened.run(f"[...document.querySelectorAll('.stance.{name}')].map(e => {colours})"):
            assert contrast(back, front) > 2.5


def contrast(one, other):
    """The contrast of two colours (WCAG 2)."""

    def light(colour):
        parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)
