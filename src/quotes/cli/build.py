"""``quotes build``: every table of a folder of raw documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from quotes import pipeline, readers, registry, schema, writers
from quotes.cli.gather import gather
from quotes.cli.options import NoStance, Workers, processes
from quotes.cli.terminal import number, progress, say, say_failed
from quotes.errors import UsageError
from quotes.records import Document
from quotes.release.collection import Collection
from quotes.release.tables import complete
from quotes.rows import Extraction, Row


def build(
    raw: Annotated[
        Path, typer.Argument(metavar="RAW", help="A folder of documents, or a single file of them.")
    ],
    output: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="FOLDER", help="The folder to make; it must not exist yet."),
    ],
    no_stance: NoStance = False,
    workers: Workers = 0,
) -> None:
    """Make every table of a folder of documents.

    The tables are quotes, stances, statements, documents, speakers, sources and rejected.
    Each becomes a Parquet file in the output folder; errors.jsonl beside them lists the documents that
    failed. The files are read as by quotes extract. The folder appears when all is done, or not at all.

    Example: quotes build articles/ --output tables/
    """
    found = readers.discover([raw])
    _refuse(output)
    documents: list[Document] = []
    with progress() as advance:
        gathered = gather(
            found.sources,
            stance=not no_stance,
            workers=processes(workers),
            advance=advance,
            seen=documents.append,
        )
    tables = _tables(gathered.extractions, documents, name=raw.resolve().name)
    with writers.replacing(output) as part:
        part.mkdir()
        for name, rows in tables.items():
            writers.write_parquet(name, rows, part / f"{name}.parquet")
        writers.write_errors(gathered.failed, part / "errors.jsonl")
    say(f"{number(gathered.documents, 'document')} read → {output}")
    for name, rows in tables.items():
        say(f"  {name}.parquet: {number(len(rows), 'row')}")
    if gathered.failed:
        say(f"{number(len(gathered.failed), 'document')} failed:")
        say_failed(gathered.failed, output / "errors.jsonl")
    raise typer.Exit(1 if gathered.failed else 0)


def _refuse(output: Path) -> None:
    if output.exists():
        raise UsageError(
            f"{output}: this folder is there already; choose another name, or take it away first"
        )
    if not output.parent.is_dir():
        raise UsageError(
            f"{output}: there is no folder {output.parent}; make it first (mkdir -p {output.parent})"
        )


def _tables(
    extractions: Sequence[Extraction], documents: Sequence[Document], *, name: str
) -> dict[str, list[Row]]:
    done = {extraction.doc_id for extraction in extractions}
    rows = tuple(asdict(document) for document in documents if document.doc_id in done)
    # To a release these documents are one collection, of which nobody has yet said whose it is.
    collection = Collection(
        name=name,
        path=Path(name),
        sidecar=Path(name),
        title=name,
        description="",
        licence="",
        text_published=True,
        fictional=False,
        rows=rows,
    )
    tables = complete(pipeline.tables(extractions), [collection], registry.load())
    tables["documents"] = [{**row, "licence": None} for row in tables["documents"]]
    return {table: tables[table] for table in schema.NAMES if table != "challenge"}
