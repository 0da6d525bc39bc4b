"""The standard input, kept in a file while it is read: finding repeated ids takes two looks at every line."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from quotes.readers.discover import STANDARD_INPUT, Source, moved
from quotes.readers.sniff import sniffed


@contextmanager
def spooled(sources: Sequence[Source]) -> Iterator[tuple[Source, ...]]:
    """These sources, with the standard input copied to a file that is gone afterwards.

    What it holds is told by its first bytes; where they tell nothing, it is taken for JSON Lines.
    """
    if all(str(source.path) != STANDARD_INPUT for source in sources):
        yield tuple(sources)
        return
    with tempfile.TemporaryDirectory(prefix="quotes-") as folder:
        kept = Path(folder, "stdin")
        with kept.open("wb") as file:
            shutil.copyfileobj(sys.stdin.buffer, file)
        kind = sniffed(kept) or "json_lines"
        yield tuple(moved(s, kept, kind) if str(s.path) == STANDARD_INPUT else s for s in sources)
