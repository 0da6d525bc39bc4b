"""Hypothesis strategies: documents put together from everything that makes quotations hard to find."""

from __future__ import annotations

from hypothesis import strategies as st

from quotes.records import Document

MARKS = [
    *"\"“”„‟«»‹›‘’‚'「」『』《》＂`",
    *("''", "``", "‘‘", "’’", "”“", '""', "'\"", "“‘", "’”", "&quot;", "&ldquo;", "&#8221;"),
]
NAMES = [
    *(
        "Aldo Brenn",
        "President Brenn",
        "Vera Indrel",
        "Dace Harrow, 43, a farmer,",
        "he",
        "She",
        "the dictator",
    ),
    *(
        "a spokesman for the Foreign Ministry",
        "NOCNA",
        "The Ostrel Banner",
        "Brenn and Venkar",
        "O’Venkar",
        "布伦",
    ),
]
REPORTS = [
    *(
        "said",
        "said that",
        "told reporters",
        "told",
        "asked",
        "went on:",
        "goes on to say:",
        "described it as",
        "continued to blast",
    ),
    *(
        "was quoted as saying",
        "according to",
        "released the following press statement:",
        "says, and goes on:",
        "said, adding:",
    ),
    *(
        "the so-called",
        "a song titled",
        "under the slogan",
        "called",
        "who",
        "which",
        "It goes on:",
        "dit",
        "сказал",
        "说：",
    ),
]
WORDS = [
    *(
        "We shall rebuild the port",
        "the port stays open",
        "free port",
        "never",
        "I",
        "our people",
        "Iron Lantern",
        "U.S.",
        "Gen.",
    ),
    *(
        "6'2\"",
        "the '90s",
        "rock 'n' roll",
        "the sailors’ hall",
        "港口开放",
        "порт открыт",
        "항구",
        "مرفأ",
        "e\u0301",
        "\U0001f469\u200d\U0001f4bb",
    ),
    *(
        "in May 2025",
        "on Monday",
        "on May 9th",
        "yesterday",
        "Juche 114",
        "last week",
        "31.12.1999",
        "@brenn",
        "#port",
        "R&D",
    ),
]
STOPS = [*",.:;!?…。！？，：—–-()[]*|", " ", " ", " ", " ", ", ", ". ", ": ", " - ", "...", "-0-", " -0-"]
LINES = [
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\t",
    "\u2028",
    "\u0085",
    "\x0b",
    "\u3000",
    "\u00a0",
    "\n- ",
    "\n1. ",
    "\nBRENN: ",
    "\nINDREL: ",
]
FAULTS = [
    *(
        "\x00",
        "\ud800",
        "\udfff",
        "\ufffd",
        "\ufeff",
        "\u200b",
        "\u00ad",
        "\u202e",
        "\x1b[0m",
        "&nbsp;",
        "&amp;quot;",
        "&#0;",
        "&#xD800;",
    ),
    *(
        "\u00e2\u20ac\u0153",
        "\u00e2\u20ac\u009d",
        "\u00e2\u20ac\u2122",
        "\u00c3\u00a9",
        "\u00c2\u00a0",
        "\u00f0\u0178\u02dc\u20ac",
        "\u00e2",
    ),
    *(
        "MarshalOdo Venkarsaid",
        "ComradeSera Venkar",
        "PresidentAldo Brenntold",
        "<b>",
        "</p>",
        "=1+1",
        "\\",
        "%s",
        "{}",
    ),
]
DATELINES = [
    "",
    "",
    "",
    "Vensara, August 20 (TAMCA) -- ",
    "OSTREL, May 9, 2025 (NOCNA) - ",
    "DRAVNIK, 31 Feb /KETA/. ",
    "(NOCNA) ",
]

characters = st.characters()
"""Any character at all, lone surrogates included."""
pieces = st.one_of(
    *map(st.sampled_from, (MARKS, MARKS, NAMES, REPORTS, WORDS, WORDS, STOPS, STOPS, LINES, FAULTS)),
    characters,
)
texts = st.builds(
    lambda line, parts: line + "".join(parts), st.sampled_from(DATELINES), st.lists(pieces, max_size=60)
)
"""Texts of marks, reports, names, line ends and damage in any order."""


def _sentence(speaker: str, report: str, words: str, mark: tuple[str, str], before: bool) -> str:
    quoted = f"{mark[0]}{words}{mark[1]}"
    return f"{speaker} {report} {quoted}. " if before else f"{quoted} {speaker} {report}. "


sentences = st.builds(
    _sentence,
    st.sampled_from(NAMES),
    st.sampled_from(REPORTS),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join),
    st.sampled_from(
        [("“", ",”"), ('"', ',"'), ("‘", "’"), ("'", ",'"), ("«", "»"), ("„", "“"), ("「", "」"), ("", "")]
    ),
    st.booleans(),
)
articles = st.builds(
    lambda line, parts: line + "".join(parts),
    st.sampled_from(DATELINES),
    st.lists(st.one_of(sentences, sentences, st.sampled_from(LINES), st.sampled_from(FAULTS)), max_size=15),
)
"""Texts that hold quotations well enough set to be found."""

fields = st.one_of(
    st.none(), st.sampled_from(["Harbour Post", "NOCNA", "Tamrin Central Agency", "x\x00\ud800", ""])
)
days = st.sampled_from([None, "2025", "2025-05", "2025-05-09", "XXXX-05-09", "2025-02-30", "yesterday", ""])


def documents() -> st.SearchStrategy[Document]:
    """Whole documents, their other fields as odd as their texts."""
    urls = st.sampled_from([None, "https://harbour-post.example/1", "http://[", "", "\ud800"])
    langs = st.sampled_from([None, "en", "ko", "xx", ""])
    return st.builds(
        Document, st.just("document"), st.one_of(texts, articles), fields, days, fields, urls, langs
    )
