"""The way from a release to the pipeline: the one place here that knows it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from quotes.models.scorer import Scorer
from quotes.records import Document
from quotes.release.progress import Progress
from quotes.release.tables import Register, Tables


class Extraction(Protocol):
    """What a release needs done to its documents, and whom it knows."""

    def register(self) -> Register:
        """The people, bodies and outlets that the identifiers of the tables mean."""
        ...

    def tables(
        self, documents: Sequence[Document], *, scorer: Scorer | None, workers: int, progress: Progress
    ) -> Tables:
        """The tables quotes, stances, statements and rejected of these documents, in any order."""
        ...


class Pipeline:
    """The pipeline of this package."""

    def register(self) -> Register:
        """The registry that is shipped."""
        from quotes import registry

        register: Register = registry.load()
        return register

    def tables(
        self, documents: Sequence[Document], *, scorer: Scorer | None, workers: int, progress: Progress
    ) -> Tables:
        """What the pipeline finds in the documents."""
        from quotes import pipeline

        return pipeline.build_tables(documents, scorer=scorer, workers=workers, progress=progress)
