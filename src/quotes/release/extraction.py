"""The way from a release to the pipeline: the one place here that knows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from quotes.models.scorer import Scorer
from quotes.records import Document
from quotes.release.progress import Progress
from quotes.release.standoff_words import Names, common_words
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


    def statements(self, quotes: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """The table statements of these rows of quotes."""
        ...

    def names(self, texts: Sequence[str]) -> Names:
        """What counts as a name in these texts."""
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

    def statements(self, quotes: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """One row for each ``statement_id``; words are not looked at."""
        from quotes import pipeline

        return pipeline.statements(quotes)

    def names(self, texts: Sequence[str]) -> Names:
        """Names of the registry, and the closed word classes of lexicon and registry."""
        from quotes import registry
        from quotes.lexicon import CUES, WORDS
        from quotes.registry.words import MENTION_WORDS

        register = registry.load()
        words = {word for classes in (WORDS, MENTION_WORDS) for group in classes.values() for word in group}
        return Names(
            known=lambda name: _known(register, name),
            lexicon=frozenset(words | set(CUES)),
            dates=frozenset({"on", "of", "the", "in", "early", "late", "mid", "ago", "days", "this"} | WORDS["time"]),
            common=common_words(texts),
        )


def _known(register: Any, name: str) -> bool:  # noqa: ANN401
    """Whether the registry has this name: in full, or one that the press uses without introduction."""
    return bool(
        register.named(name) or register.persons_named(name) or register.persons_known_as(name)
        or register.outlet_named(name) or register.organisation_named(name) or register.country_named(name)
    )  # fmt: skip
