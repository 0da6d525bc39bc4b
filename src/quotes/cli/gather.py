"""Documents read and extracted, the failed ones set aside."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from quotes import models, pipeline
from quotes.cli.terminal import Advance
from quotes.engines import Failure, run
from quotes.errors import DocumentError
from quotes.readers import Source, read_sources
from quotes.records import Document
from quotes.rows import Extraction


@dataclass(slots=True)
class Gathered:
    """What came of documents. ``failed``: those that could not be read, then those that broke the work."""

    documents: int = 0
    extractions: list[Extraction] = field(default_factory=list)
    failed: list[DocumentError] = field(default_factory=list)


def gather(
    sources: Sequence[Source],
    *,
    stance: bool,
    workers: int,
    advance: Advance,
    seen: Callable[[Document], None] | None = None,
) -> Gathered:
    """Reads and extracts all documents; ``seen`` is told of each one before it is worked on.

    Raises `ModelError` before anything is read when the stance model is not there.
    """
    if stance:
        models.load()
    make_work = partial(pipeline.extractor, None, models.load if stance else None)
    gathered, broken, total = Gathered(), list[DocumentError](), 0

    def counted(count: int) -> None:
        nonlocal total
        total = count

    def documents() -> Iterator[Document]:
        for item in read_sources(sources, counted=counted):
            if isinstance(item, DocumentError):
                gathered.failed.append(item)
                continue
            if seen:
                seen(item)
            yield item

    for result in run(documents(), make_work, workers=workers):
        gathered.documents += 1
        if isinstance(result, Failure):
            broken.append(_broken(result))
        else:
            gathered.extractions.append(result)
        advance("extracting", gathered.documents, total)
    gathered.failed += broken
    return gathered


def _broken(failure: Failure[Document]) -> DocumentError:
    advice = "This is a fault of the program: please report it, if you can with the document"
    return DocumentError(failure.item.doc_id, failure.reason, advice, doc_id=failure.item.doc_id)
