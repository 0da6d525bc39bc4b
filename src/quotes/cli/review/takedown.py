"""``quotes review takedown``: a row that has to go."""

from __future__ import annotations

from typing import Annotated

import typer

from quotes import release, review
from quotes.cli.release.where import HERE, Root, folder_of
from quotes.cli.terminal import say
from quotes.errors import UsageError
from quotes.release.layout import Layout


def takedown(
    identifier: Annotated[str, typer.Argument(metavar="ID", help="A quote_id, or the doc_id of a document.")],
    reason: Annotated[str, typer.Option(help="Why; every later version tells it.")],
    when: Annotated[str, typer.Option("--date", help="The day of the decision, such as 2026-01-31.")],
    root: Root = HERE,
) -> None:
    """Take a quotation or a document out of all later versions.

    The ledger keeps its identifier, the reason, the day and a digest of the row, and no text. Of a document that
    holds the words of a quotation taken down, the text is not printed either. Older versions stay as they are.

    Example: quotes review takedown q1_0123456789abcdefghijklmn --reason "asked by the speaker" --date 2026-01-31
    """
    folder = folder_of(None, root)
    rows = {row["quote_id"]: row for row in release.read_table(folder, "quotes")}
    rows |= {row["doc_id"]: row for row in release.read_table(folder, "documents")}
    if identifier not in rows:
        raise UsageError(f"{identifier}: version {folder.name} has no such quotation or document")
    entry = review.take_down(Layout(root).ledgers, rows[identifier], identifier, reason=reason, when=when)
    say(f"{entry.id} leaves with the next version ({entry.reason})")
