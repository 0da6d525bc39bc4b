"""The ranker's weights: a feature's name and its worth, learnt by ``training/train_attribution.py``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import as_file, files

from quotes.errors import ModelError


@cache
def weights() -> Mapping[str, float]:
    """Weight of each feature. Raises ModelError where the two files do not fit each other."""
    from safetensors.numpy import load_file

    folder = files(__package__)
    names = folder.joinpath("features.txt").read_text(encoding="utf-8").splitlines()
    with as_file(folder.joinpath("weights.safetensors")) as path:
        values = load_file(path)["weights"].tolist()
    if len(names) != len(values):
        raise ModelError(
            f"{folder}: {len(names)} features but {len(values)} weights. Install the package again, or run "
            "training/train_attribution.py."
        )
    return dict(zip(names, values, strict=True))
