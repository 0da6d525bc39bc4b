"""``quotes release standoff``: a collection without its words."""

from __future__ import annotations

from typing import Annotated

import typer

from quotes import models, release
from quotes.cli.options import NoStance, Workers, processes
from quotes.cli.release.where import HERE, Documents, Root
from quotes.cli.terminal import number, progress, say


def standoff(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The collection: a folder of data/raw.")],
    documents: Documents,
    root: Root = HERE,
    no_stance: NoStance = False,
    workers: Workers = 0,
) -> None:
    """Read documents that may not be reprinted, and write what may be told of them into data/raw/NAME.

    The folder must hold SOURCE.md (where the documents are to be had, on which terms) and collection.json
    (title, licence, origin). Written are the list of documents and the rows of quotes, stances and rejected,
    everything but anyone's words. A release is then built from these files alone.

    Example: quotes release standoff kcna-2024 --documents kcna.jsonl
    """
    with progress() as advance:
        made = release.make_standoff(
            root,
            name,
            release.read_documents(documents),
            scorer=None if no_stance else models.load(),
            workers=processes(workers),
            progress=advance,
        )
    say(f"{made.folder}: {', '.join(f'{count:,} {table}' for table, count in made.counts.items())}")
    for column, count in made.withheld.items():
        say(f"  {number(count, 'value')} of {column} withheld: words of a document, and no name")
    if made.scored:
        say(f"{number(made.scored, 'new score')} put into the ledger")
