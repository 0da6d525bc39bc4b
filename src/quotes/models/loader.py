"""Where a stance model comes from: the one shipped, a folder, or a repository on the Hugging Face Hub."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from quotes.errors import ModelError
from quotes.models.folder import FORM, MANIFEST, WEIGHTS, Precision, check
from quotes.models.scorer import TransformerScorer

SHIPPED = Path(__file__).with_name("stance")
_HUB_ID = re.compile(r"[\w-][\w.-]*/[\w-][\w.-]*")
_COMMIT = re.compile(r"[0-9a-f]{40}")
_FILES = [WEIGHTS, MANIFEST, FORM, "config.json", "tokenizer.json", "tokenizer_config.json", "vocab.txt"]


def load(
    path_or_hub_id: str | Path | None = None, revision: str | None = None, precision: Precision = "full"
) -> TransformerScorer:
    """The stance model at ``path_or_hub_id``; without it, the one that is shipped.

    ``revision``, or what stands behind an @ (``owner/name@commit``), pins a hub repository to a commit (40 hex
    digits) and is needed there: a branch can move, and the same input would no longer give the same table. Nothing
    but safetensors is read and no code of the repository is run. ``precision`` int8 is faster and changes the scores a
    little, and the scorer's revision with them; it is for models trained here. Raises ModelError where the model is
    missing, damaged or of another kind.
    """
    if path_or_hub_id is None:
        return _shipped(precision)
    if isinstance(path_or_hub_id, str) and revision is None and not Path(path_or_hub_id).is_dir():
        path_or_hub_id, _, pinned = path_or_hub_id.partition("@")
        revision = pinned or None
    folder = Path(path_or_hub_id)
    if folder.is_dir():
        return TransformerScorer(check(folder, sealed=False), precision)
    if isinstance(path_or_hub_id, str) and _HUB_ID.fullmatch(path_or_hub_id):
        return TransformerScorer(check(_fetch(path_or_hub_id, revision), sealed=False), precision)
    raise ModelError(
        f"{path_or_hub_id}: no such folder, and no hub id of the form owner/name. "
        "Give the folder of a model, or leave it out to use the one that is shipped."
    )


@cache
def _shipped(precision: Precision) -> TransformerScorer:
    if not SHIPPED.is_dir():
        raise ModelError(f"{SHIPPED}: the shipped stance model is missing. Install the package again.")
    return TransformerScorer(check(SHIPPED, sealed=True), precision)


def _fetch(hub_id: str, revision: str | None) -> Path:
    """The folder into which the repository's files are downloaded (once; the hub's own cache keeps them)."""
    if revision is None or not _COMMIT.fullmatch(revision):
        raise ModelError(
            f"{hub_id}: revision {revision!r} is no commit. Give the 40 hex digits of one, as the "
            "repository's history shows them."
        )
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError

    try:
        return Path(snapshot_download(hub_id, revision=revision, allow_patterns=_FILES))
    except (OSError, ValueError, HfHubHTTPError) as error:
        raise ModelError(
            f"{hub_id} at {revision}: cannot be fetched ({error}). Look at id, commit and connection, or "
            "give a folder that already holds the model."
        ) from error
