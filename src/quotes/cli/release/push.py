"""``quotes release push``: a version to where others find it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from quotes import push as pushing
from quotes.cli.release.where import HERE, Root, folder_of
from quotes.cli.terminal import say
from quotes.errors import UsageError
from quotes.push.zenodo import ENDPOINT


class Place(StrEnum):
    """Where to."""

    hub = "hub"
    zenodo = "zenodo"


def push(
    version: Annotated[str, typer.Argument(metavar="VERSION", help="A version, such as 0.1.0, or its folder.")],
    to: Annotated[Place, typer.Option(help="The Hugging Face Hub, or Zenodo.")],
    root: Root = HERE,
    repository: Annotated[
        str | None, typer.Option("--repository", metavar="OWNER/NAME", help="Hub: the dataset repository.")
    ] = None,
    private: Annotated[bool, typer.Option("--private", help="Hub: make a new repository a private one.")] = False,
    publish: Annotated[
        bool, typer.Option("--publish", help="Zenodo: publish the deposit; without it, it stays a draft.")
    ] = False,
    concept: Annotated[
        int | None, typer.Option(metavar="NUMBER", help="Zenodo: the deposit of an earlier version of this work.")
    ] = None,
    endpoint: Annotated[str | None, typer.Option(metavar="URL", help="Another address of the service.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say every operation, and do none.")] = False,
) -> None:
    """Push a version to the Hugging Face Hub, where it gets the tag vX.Y.Z, or to Zenodo.

    It appears whole or not at all; a push that broke off is run again and goes on. The Hub's token is that of its
    own login, or HF_TOKEN; Zenodo's is ZENODO_TOKEN. Neither is ever shown.

    Example: quotes release push 0.2.0 --to hub --repository owner/quotes --dry-run
    """
    folder = folder_of(version, root)
    if to is Place.hub:
        if not repository:
            raise UsageError("--to hub needs --repository OWNER/NAME")
        tag = pushing.push_to_hub(
            folder, repository, tell=typer.echo, dry_run=dry_run, private=private, endpoint=endpoint
        )
        say(f'load_dataset("{repository}", revision="{tag}") gives this version')
        return
    told = pushing.push_to_zenodo(
        folder, tell=typer.echo, publish=publish, dry_run=dry_run, endpoint=endpoint or ENDPOINT, concept=concept
    )
    if told:
        say(f"{'published' if publish else 'a draft'}: {told}")
