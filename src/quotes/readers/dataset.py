"""A dataset of the library `datasets`: a folder that it saved or can read, or a repository on the Hub.

``dataset:FOLDER``, or ``dataset:owner/name@COMMIT``, and behind either ``?split=train&config=NAME``. A repository
is fetched because it was asked for, and only at a commit: a branch moves, and the same command would no longer
give the same table. No code of a repository is run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs

from quotes.errors import DocumentError, UsageError
from quotes.readers.check import FIELDS
from quotes.readers.discover import DATASET, Source
from quotes.readers.raw import Raw

_HUB = re.compile(r"([\w-][\w.-]*/[\w-][\w.-]*)(?:@(.*))?")
_COMMIT = re.compile(r"[0-9a-f]{40}")


def rows(source: Source) -> Iterator[Raw | DocumentError]:
    """Each row as ``dataset:…:row``, rows counted from 1. Raises `UsageError` for a name that cannot be."""
    where = source.name
    try:
        table = _loaded(source)
        columns = list(table.column_names or ())
        lacking = [source.column(name) for name in ("doc_id", "text") if source.lacks(name, columns)]
        if lacking:
            reason = f"no column {' and '.join(lacking)}"
            advice = f"Say which columns hold them, as in --column text=NAME: {', '.join(columns)}"
            yield DocumentError(where, reason, advice)
            return
        wanted = [name for name in dict.fromkeys(source.column(name) for name in FIELDS) if name in columns]
        for number, row in enumerate(table.select_columns(wanted), start=1):
            where = f"{source.name}:{number}"
            yield Raw(where, dict(row))
    except UsageError:
        raise
    except Exception as error:  # the library reads a dozen formats, and raises what each of their readers does
        reason = f"the dataset cannot be read: {type(error).__name__}: {str(error)[:200]}"
        yield DocumentError(where, reason, "Try datasets.load_dataset on it, and save it with save_to_disk")


def _loaded(source: Source) -> Any:  # noqa: ANN401
    import datasets

    name, _, query = source.name.removeprefix(DATASET).partition("?")
    options = {key: values[-1] for key, values in parse_qs(query).items()}
    split = options.get("split", "train")
    from pathlib import Path

    folder = Path(name)
    if folder.is_dir():
        if (folder / "state.json").is_file():
            return datasets.load_from_disk(name)
        if (folder / "dataset_dict.json").is_file():
            return datasets.load_from_disk(str(folder / split))
        return datasets.load_dataset(name, options.get("config"), split=split, streaming=True)
    hub_id, commit = _hub_name(name)
    return datasets.load_dataset(hub_id, options.get("config"), split=split, revision=commit, streaming=True)


def _hub_name(name: str) -> tuple[str, str]:
    match = _HUB.fullmatch(name)
    if match is None:
        raise UsageError(f"{DATASET}{name}: no such folder, and no name of the form owner/name@COMMIT")
    if not _COMMIT.fullmatch(match[2] or ""):
        raise UsageError(
            f"{DATASET}{name}: say which commit, as in {DATASET}{match[1]}@ and 40 hex digits; "
            "the history of the repository shows them"
        )
    return match[1], match[2]
