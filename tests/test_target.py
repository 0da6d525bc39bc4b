"""Target: whom or what a quotation is about, by the narrator's frame and by the words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.records import Article, Document, Quotation, Span, Speaker
from quotes.registry import Country, Organisation, Person, Registry
from quotes.stages import clean, target

CASES = json.loads((Path(__file__).parent / "cases" / "target.json").read_text(encoding="utf-8"))


def country(name: str, adjective: str, *metonyms: str) -> Country:
    return Country(f"c:{name.lower()}", name, (), (adjective,), metonyms, name, "invented")


def person(name: str, country_id: str) -> Person:
    family = name.split()[-1]
    return Person(f"p:{family.lower()}", name, None, (), family, (), None, country_id, (), False, "invented")


REGISTRY = Registry(
    (
        person("Odo Venkar", "c:tamrin"),
        person("Yarek Dolvish", "c:keldonia"),
        person("Harro Setarro", "c:lorrica"),
    ),
    (Organisation("o:pact", "Western Pact", None, (), "body", None, "invented"),),
    (),
    (
        country("Tamrin", "Tamrinese", "Vensara"),
        country("Keldonia", "Keldonian"),
        country("Ulmark", "Ulmarkish", "Kestelby"),
        country("Lorrica", "Lorrim"),
        Country("c:upper-norra", "Upper Norra", ("Free People's Republic of Norra",), (), (), "Norra", "invented"),
        Country("c:norra", "Norra", ("Republic of Norra",), (), (), "Norra", "invented"),
    ),
    (),
    (),
)
INTRODUCTION = "Odo Venkar of Tamrin met Yarek Dolvish while Harro Setarro looked on.\n"
VENKAR = Speaker("Odo Venkar", "p:venkar", "person", "Tamrin", "given")


def quotation(article: Article, words: str, kind: str, mention: str | None) -> Quotation:
    start = article.text.index(words, len(INTRODUCTION))
    span = Span(start, start + len(words))
    named = None
    if mention is not None:
        at = article.text.index(mention, len(INTRODUCTION))
        named = Span(at, at + len(mention))
    outer = span if kind == "block" else Span(span.start - 1, span.end + 1)
    return Quotation(span, outer, kind, None, named, 1.0, "given")


def found(case: dict) -> tuple[Article, list[list]]:
    article = clean.read(Document("case", INTRODUCTION + case["text"], lang=case.get("lang")))
    kind, mention = case.get("kind", "mixed"), case.get("mention")
    words = [*case.get("before", []), case["quote"]]
    quotations = [quotation(article, each, kind, mention) for each in words]
    name = case.get("speaker")
    speaker = VENKAR if name is None else Speaker(name, None, None, None, "given")
    return article, target.find(article, quotations, [speaker] * len(quotations), REGISTRY)


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case,
            id=case["label"],
            marks=[pytest.mark.xfail(reason=case["because"], strict=True)] if "because" in case else [],
        )
        for case in CASES
    ],
)
def test_case(case: dict) -> None:
    article, targets = found(case)
    if case["target"] is None:
        assert targets[-1] == []
        return
    main = targets[-1][0]
    assert main.name == case["target"]
    if "rule" in case:
        assert main.rule == case["rule"]
    if "id" in case:
        assert main.id == case["id"]
    assert not set(case.get("not", [])) & {each.name for each in targets[-1]}
    assert set(case.get("others", [])) <= {other.name for other in targets[-1][1:]}
    assert all(article.text[slice(*each.span)].strip() for each in targets[-1])


def test_no_quotations() -> None:
    assert target.find(clean.read(Document("d", "Nothing was said.")), [], [], REGISTRY) == []


def test_no_target_comes_twice() -> None:
    case = {
        "text": "“Ulmark, Ulmark and again Kestelby,” he said.",
        "quote": "Ulmark, Ulmark and again Kestelby,",
    }
    _, targets = found({**case, "kind": "direct", "mention": "he"})
    ids = [each.id for each in targets[0]]
    assert ids.count("c:ulmark") == 1


def _letter(text: str, words: str) -> list[str]:
    """What stands at each further place of the main target."""
    article, targets = found({"text": text, "quote": words, "kind": "block", "mention": "The message"})
    return [article.text[slice(*place)] for place in targets[0][0].places]


def test_what_a_letter_says_of_you_it_says_of_whom_it_is_written_to() -> None:
    words = "I thank you for the boats.\nYour harbour is full."
    text = f"Odo Venkar sent a message to Yarek Dolvish, duke of Keldonia, on May 4. The message said:\n{words}"
    assert _letter(text, words) == ["you", "Your"]


def test_a_salutation_names_whom_a_letter_is_written_to() -> None:
    words = "My dear friend Yarek Dolvish,\nI thank you for the boats."
    assert _letter(f"The message said:\n{words}", words) == ["you"]


def test_you_is_not_whom_a_letter_only_mentions() -> None:
    words = "I thank you for the boats.\nUlmark has none."
    assert "you" not in _letter(f"The message said:\n{words}", words)


def test_at_most_five() -> None:
    names = " and ".join(f"Port {letter}ra" for letter in "ABCDEFGH")
    _, targets = found({"text": f"“We saw {names},” he said.", "quote": f"We saw {names},", "kind": "direct"})
    assert 1 <= len(targets[0]) <= target.MOST


PIECES = st.lists(
    st.sampled_from(
        [
            "Venkar",
            "described",
            "as",
            "the",
            "Ulmark",
            "’s",
            "for",
            "its",
            "“",
            "”",
            ",",
            ".",
            "\n",
            "and",
            "of",
            "who",
            "blasted",
            "our",
            "I",
            "thank",
            "you",
            "in particular",
            "was",
            "2024",
            "if",
            "(",
            "—",
            "to",
            "warned",
            "x" * 50,
        ]
    ),
    max_size=40,
).map(" ".join)


@given(PIECES, PIECES, PIECES, st.sampled_from(["direct", "mixed", "block"]))
def test_any_words_give_places_in_the_text(before: str, inside: str, after: str, kind: str) -> None:
    text = f"{before}“{inside}x”{after}"
    article = clean.read(Document("d", text))
    span = Span(len(before) + 1, len(before) + 2 + len(inside))
    outer = Span(span.start - 1, span.end + 1)
    one = Quotation(span, outer, kind, None, None, 1.0, "given")
    targets = target.find(article, [one, one], [VENKAR, VENKAR], REGISTRY)
    assert len(targets) == 2
    for each in (*targets[0], *targets[1]):
        assert 0 <= each.span.start < each.span.end <= len(article.text)
        assert each.name.strip()
        assert each.rule.startswith("target.")


def test_far_text_changes_nothing() -> None:
    """Targets depend on the surroundings only, so that time grows with the text and no faster."""
    text = "Venkar described the blockade as “robbery.”"
    short = clean.read(Document("d", INTRODUCTION + text))
    long = clean.read(Document("d", INTRODUCTION + text + "\n" + "The sea was calm. " * 2000))
    one = quotation(short, "robbery.", "mixed", "Venkar")
    assert target.find(short, [one], [VENKAR], REGISTRY) == target.find(long, [one], [VENKAR], REGISTRY)


STATEMENT = (
    "A hollow drum is loud, and the drums were out again on Monday. "
    "The river is high this year, and the mills on its banks have been turning since the thaw without a day of rest. "
    "Kestelby sent two ships to look at them. Nobody had asked it to look at mills, at rivers or at anything of ours. "
    "If Ulmark believes that a mill is a weapon, it should look at its own. "
    "We have counted the ships of Kestelby for thirty years, and have ground our corn all the while, in any weather, "
    "and sold it to whoever came with a sack; Lorrica came, and went home content. "
    "Tamrin keeps its river, Tamrin keeps its mills, Tamrin keeps its corn, and Tamrin will keep its temper."
)


def about_statement(statement: str) -> list[target.Target]:
    text = f"{INTRODUCTION}Odo Venkar released the following statement:\n{statement}"
    article = clean.read(Document("d", text))
    block = quotation(article, statement, "block", "Odo Venkar released")
    [targets] = target.find(article, [block], [VENKAR], REGISTRY)
    return targets


def test_a_long_statement_is_about_whom_it_names_most_often_his_own_side_apart():
    main = about_statement(STATEMENT)[0]
    assert (main.name, main.id, main.rule) == ("Ulmark", "c:ulmark", "target.often")
    assert len(main.places) == 2


def test_whom_it_speaks_to_comes_first():
    spoken = STATEMENT.replace("A hollow drum is loud", "You know Lorrica: a hollow drum is loud there")
    assert all(one.rule != "target.often" for one in about_statement(spoken))


def test_a_short_quotation_has_no_further_places():
    short = about_statement("Kestelby sent two ships. Kestelby sent three. Ulmark sent a letter.")
    assert short
    assert all(one.rule != "target.often" and one.places == () for one in short)
