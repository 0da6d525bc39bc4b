"""The recipe: the stages in order. The only module that knows it.

A document goes through `read`, and `extract_document` gives its rows; `build_tables` does so for many, on as many
processes as wanted, and puts the tables together. The same documents give the same tables in any order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from quotes import registry as registries
from quotes.engines import Failure, run
from quotes.errors import QuotesError
from quotes.models import attribution as ranker
from quotes.models.attribution import wording as network
from quotes.models.scorer import Scorer
from quotes.records import Article, Candidate, Document, Quotation, Rejection
from quotes.registry import Registry
from quotes.rows import Extraction, Found, Row, quote_rows, rejected_rows, stance_rows
from quotes.scoring import in_slabs, score_together
from quotes.stages import (
    attribute,
    block,
    clean,
    date,
    judge,
    link_statements,
    mark,
    rank,
    resolve,
    source,
    stance,
    target,
    wording,
)
from quotes.stages.options import Option
from quotes.stages.told import OF_A_STATE

SLAB = 512
"""Documents whose stance is scored together."""
SNEERING_PRESS = frozenset({"c:kp"})
"""Countries (ids of the registry) whose press sets most of its marks around opponents' words in its own sentences: in
KCNA's English copy 83 of 100 marked strings are no speech. TASS, Xinhua and IRNA mark what was said, as others do."""

Tables = Mapping[str, list[Row]]


def read(document: Document, registry: Registry) -> tuple[Article, list[Quotation], list[Rejection]]:
    """A document cleaned and cut, its quotations found and attributed, the rest rejected with reasons."""
    article = clean.read(document)
    candidates = mark.find(article)
    statements = block.find(article, candidates)
    if not candidates and not statements:
        return article, [], []
    voice = _is_state_voice(article, registry)
    attributions = attribute.attribute(article, candidates, _choose, _weigher(article, candidates), state_voice=voice)
    quotations, rejections = judge.judge(article, candidates, attributions, statements, state_voice=voice)
    return article, quotations, rejections


def _choose(_: int, options: Sequence[Option]) -> tuple[Option | None, float]:
    return rank.rank(options, ranker.weights("speaker"), ranker.weights("sure"))


def _weigher(article: Article, candidates: Sequence[Candidate]) -> attribute.Weigh:
    """Judges the marked words of an article: by their features, and in the network's language by the network too."""
    if article.lang != wording.LANGUAGE:
        return lambda _, features: rank.logistic(features, ranker.weights("said"))

    def weigh(index: int, features: Sequence[str]) -> float:
        domain = OF_A_STATE if features[0] == OF_A_STATE else ""
        logit = rank.total(features, ranker.said_of_a_state() if domain else ranker.weights("said"))

        def worded() -> float:
            return network.says(wording.window(article, candidates[index]), state=bool(domain))

        return rank.together(logit, worded, ranker.weights("together"), domain)

    return weigh


def extract_document(document: Document, registry: Registry, scorer: Scorer | None = None) -> Extraction:
    """Every row of one document; stance only where a ``scorer`` is given. Never raises on any text."""
    article, quotations, rejections = read(document, registry)
    speakers = resolve.resolve(article, quotations, registry)
    said = date.date(article, quotations)
    credits = source.credit(article, quotations, registry, speakers)
    targets = target.find(article, quotations, speakers, registry)
    found = [Found(*parts) for parts in zip(quotations, speakers, said, credits, targets, strict=True)]
    quotes = quote_rows(article, found)
    inputs = [stance.frames(article, one.quotation, about) for one in found for about in one.targets]
    extraction = Extraction(
        document.doc_id, quotes, stance_rows(article, quotes, found), rejected_rows(article, rejections), inputs
    )
    return extraction if scorer is None else score(extraction, scorer)


def score(extraction: Extraction, scorer: Scorer) -> Extraction:
    """The extraction with stance."""
    return score_together([extraction], scorer)[0]


def extractor(registry_folder: Path | None = None) -> Callable[[Document], Extraction]:
    """The work on one document, stance left out, for an engine: the registry is loaded once, where this is called."""
    return partial(extract_document, registry=registries.load(registry_folder))


def build_tables(
    documents: Iterable[Document],
    *,
    scorer: Scorer | None,
    registry: Registry | None = None,
    workers: int = 1,
    progress: Callable[[str, int, int], None] | None = None,
) -> Tables:
    """The tables ``quotes``, ``stances``, ``statements`` and ``rejected`` of many documents, each sorted.

    Documents are read by ``workers`` processes; stance is scored here, so that the ledger sees every score. Raises
    QuotesError where the work on a document fails, which no text should bring about.
    """
    articles = sorted(documents, key=lambda document: document.doc_id)
    make_work = extractor if registry is None else partial(_with_registry, registry)
    extractions: list[Extraction] = []
    for done, result in enumerate(run(articles, make_work, workers=workers), 1):
        if isinstance(result, Failure):
            raise QuotesError(f"document {result.item.doc_id!r} could not be read: {result.reason}. Please report it.")
        extractions.append(result)
        if progress:
            progress("reading documents", done, len(articles))
    return tables(extractions if scorer is None else _scored(extractions, scorer, progress))


def _scored(
    extractions: Sequence[Extraction], scorer: Scorer, progress: Callable[[str, int, int], None] | None
) -> Iterator[Extraction]:
    """The extractions with stance, some hundreds at a time: many are scored faster together."""
    done = 0
    for slab in in_slabs(extractions, SLAB):
        yield from score_together(slab, scorer)
        done += len(slab)
        if progress:
            progress("scoring stance", done, len(extractions))


def _with_registry(registry: Registry) -> Callable[[Document], Extraction]:
    return partial(extract_document, registry=registry)


def tables(extractions: Iterable[Extraction], *, link: bool = True) -> dict[str, list[Row]]:
    """The rows of many documents as tables, sorted, with the `statements` that link them.

    Without ``link`` only quotations of the same words have one ``statement_id``, as of a part of a whole that is
    linked when all parts are there.
    """
    ordered = sorted(extractions, key=lambda extraction: extraction.doc_id)
    rows = [row for extraction in ordered for row in extraction.quotes]
    quotes = link_statements.link(rows) if link else rows
    return {
        "quotes": quotes,
        "stances": [row for extraction in ordered for row in extraction.stances],
        "statements": statements(quotes),
        "rejected": [row for extraction in ordered for row in extraction.rejected],
    }


def statements(quotes: Iterable[Mapping[str, Any]]) -> list[Row]:
    """One row for each utterance: how often it was printed, first by whom and when, and in which wordings."""
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for row in quotes:
        groups.setdefault(row["statement_id"], []).append(row)
    return [_statement(name, sorted(groups[name], key=link_statements.printed)) for name in sorted(groups)]


def _statement(name: str, group: Sequence[Mapping[str, Any]]) -> Row:
    first = group[0]
    speaker = next((row for row in group if row["speaker"]), first)
    variants: dict[str, str] = {}
    for row in group:
        variants.setdefault(row["quote_sha256"], row["quote_id"])
    documents = len({row["doc_id"] for row in group})
    return {
        "statement_id": name,
        "quote": first["quote"],
        "n_quotes": len(group),
        "n_documents": documents,
        "first_date": min((row["date"] for row in group if row["date"]), default=None),
        "first_source": first["source"],
        "first_quote_id": first["quote_id"],
        "first_published": min((row["published"] for row in group if row["published"]), default=None),
        "speaker": speaker["speaker"],
        "speaker_id": speaker["speaker_id"],
        "n_reprints": documents - 1,
        "variants": list(variants.values()),
    }


def _is_state_voice(article: Article, registry: Registry) -> bool:
    """Whether a sneering organ narrates: by publisher and address, else by the agency of the dateline."""
    document = article.document
    outlet = registry.outlet_of_publisher(document.publisher, document.url)
    if outlet is None and article.dateline is not None and article.dateline.agency:
        outlet = registry.outlet_named(article.dateline.agency)
    return outlet is not None and outlet.country in SNEERING_PRESS
