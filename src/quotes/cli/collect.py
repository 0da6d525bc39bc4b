"""``quotes collect``: pages from feeds, sitemaps and lists of addresses, kept as they were sent."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quotes import writers
from quotes.cli.terminal import number, progress, say, say_failed
from quotes.errors import UsageError


def collect(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE...", help="Addresses of RSS or Atom feeds, sitemaps or lists; files of addresses."
        ),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FOLDER", help="Where pages are kept, as in data/raw/pages.")
    ],
    contact: Annotated[
        str, typer.Option(help="An address of mail or web: servers are told whom to turn to. Needed.")
    ],
    wait: Annotated[float, typer.Option(min=0.0, help="Seconds between two requests to one server, at least.")] = 2.0,
    again: Annotated[
        bool, typer.Option("--again", help="Ask for pages that are kept too, where they changed.")
    ] = False,
    most: Annotated[int | None, typer.Option(min=1, help="Ask for so many pages at most.")] = None,
) -> None:
    """Fetch and keep the pages that feeds, sitemaps and lists of addresses name.

    robots.txt is obeyed, a server is asked one thing at a time, and a page that is kept is not fetched again. Beside
    each page lies its sidecar: address, checksum, time of access. quotes build reads the folder as it is. Whether
    pages may be fetched, kept and published is for you to find out.

    Example: quotes collect https://agency.example/feed.xml --output data/raw/pages --contact me@lab.example
    """
    try:
        import feedparser  # noqa: F401
        import protego  # noqa: F401
    except ImportError as error:
        raise UsageError(f"{error.name} is not here. Install it with: pip install 'quotes[collect]'") from None
    from quotes.collect import Fetcher, Store
    from quotes.collect import collect as collected

    with progress() as show:
        outcome = collected(
            sources, Store(output), Fetcher(contact, wait), again=again, most=most,
            advance=lambda done: show("fetching", done, 0),
        )  # fmt: skip
    say(f"{number(outcome.new, 'page')} fetched, {outcome.unchanged:,} already kept → {output}")
    if outcome.failed:
        output.mkdir(parents=True, exist_ok=True)
        listed = output / ".errors.jsonl"
        writers.write_errors(outcome.failed, listed)
        say(f"{number(len(outcome.failed), 'source')} could not be fetched:")
        say_failed(outcome.failed, len(outcome.failed), listed)
    raise typer.Exit(1 if outcome.failed else 0)
