"""The weights of the log-linear models of attribution, learnt by ``training/train_attribution.py``.

``speaker`` weighs the options of one quotation against one another, ``sure`` tells how often such a choice is right,
``said`` whether anybody said the words, and ``together`` weighs that beside what the network (`wording`) says of them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from typing import Literal

from quotes.errors import ModelError
from quotes.stages.told import OF_A_STATE

Head = Literal["speaker", "sure", "said", "together"]


@cache
def weights(head: Head) -> Mapping[str, float]:
    """Weight of each feature of one model. Raises ModelError where the files are damaged or do not fit each other."""
    from safetensors.numpy import load_file

    folder = files(__package__)
    _check(folder)
    lines = folder.joinpath("features.txt").read_text(encoding="utf-8").splitlines()
    names = [line.partition("\t")[2] for line in lines if line.partition("\t")[0] == head]
    with as_file(folder.joinpath("weights.safetensors")) as path:
        values = load_file(path)[head].tolist()
    if len(names) != len(values):
        raise ModelError(
            f"{folder}: {len(names)} features of {head!r} but {len(values)} weights. Install the package again, or run "
            "training/train_attribution.py."
        )
    return dict(zip(names, values, strict=True))


@cache
def said_of_a_state() -> Mapping[str, float]:
    """Weight of each feature of ``said`` in a state's copy: what it counts in any, and by itself there."""
    return of_a_state(weights("said"))


def of_a_state(said: Mapping[str, float]) -> Mapping[str, float]:
    """The same of any weights of ``said``."""
    own = {name.removeprefix(OF_A_STATE): value for name, value in said.items() if name.startswith(OF_A_STATE)}
    both = dict.fromkeys([*(name for name in said if not name.startswith(OF_A_STATE)), *own])
    return {name: said.get(name, 0.0) + own.get(name, 0.0) for name in both}


def _check(folder: Traversable) -> None:
    """Raises ModelError where a file is not the one that training wrote."""
    sums = json.loads(folder.joinpath("record.json").read_text(encoding="utf-8")).get("sha256", {})
    for name, wanted in sums.items():
        found = sha256(folder.joinpath(name).read_bytes()).hexdigest()
        if found != wanted:
            raise ModelError(
                f"{folder}/{name}: damaged or exchanged, its sha256 is {found} and the record says {wanted}. "
                "Install the package again."
            )
