"""A folder that holds a stance model, checked before anything in it is used.

Beside ``model.safetensors``, ``config.json`` and the tokenizer lies ``manifest.json``:
``{"format": 1, "sha256": {"model.safetensors": "…", …}}``. A model that was not trained here needs no manifest;
`quotes.models.forms` says how it is asked.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from quotes.errors import ModelError
from quotes.models.encoding import KNOWN_VERSIONS
from quotes.models.forms import Form, other_form, temperature_of, threshold_of

Precision = Literal["full", "int8"]
"""How a network is computed: as it was trained, or faster and nearly the same (`quotes.models.eight_bits`)."""
WEIGHTS = "model.safetensors"
MANIFEST = "manifest.json"
FORM = "stance.json"
LABELS = frozenset({"against", "neutral", "favour"})
_NEEDED = ("config.json", WEIGHTS, "tokenizer.json", "tokenizer_config.json")


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A checked folder. ``input_version`` is that of a model trained here, 0 of any other."""

    path: Path
    revision: str
    form: Form
    input_version: int = 0


def check(path: Path, *, sealed: bool) -> ModelFolder:
    """Check the folder's files, checksums and configuration without importing torch.

    ``sealed``: the manifest must be there; otherwise it is checked where it is. Raises ModelError where a
    file is missing or differs from the manifest, or where it is not known what the model reads or its labels mean.
    """
    for name in _NEEDED:
        if not (path / name).is_file():
            raise ModelError(
                f"{path}: there is no {name}. A stance model is a folder with {', '.join(_NEEDED)}; "
                f"weights in other formats are not read, save them as safetensors."
            )
    sums = {name: _sha256(path / name) for name in _NEEDED}
    _check_manifest(path, sums, sealed=sealed)
    config = _read_json(path / "config.json")
    ours = config.get("quotes")
    if ours is None:
        given = _read_json(path / FORM) if (path / FORM).is_file() else {}
        form, version = other_form(config, given, str(path)), 0
    else:
        form, version = _our_form(path, config, ours)
    known = [*sums.values(), f"input {version}" if version else form.signature()]
    revision = sha256("\x1f".join(known).encode()).hexdigest()[:16]
    return ModelFolder(path, f"stance-{revision}", form, version)


def _our_form(path: Path, config: dict[str, Any], ours: object) -> tuple[Form, int]:
    place = str(path / "config.json")
    version = ours.get("input_version") if isinstance(ours, dict) else None
    if not isinstance(ours, dict) or version not in KNOWN_VERSIONS:
        raise ModelError(
            f'{place}: no model for input format {KNOWN_VERSIONS[-1]} ("quotes": {ours!r}). '
            "Train it with training/ship.py, which writes that entry."
        )
    max_tokens = ours.get("max_tokens")
    if not isinstance(max_tokens, int) or not 16 <= max_tokens <= config.get("max_position_embeddings", 512):
        raise ModelError(f"{place}: max_tokens {max_tokens!r} is no number the model can read.")
    temperature = temperature_of(ours.get("temperature"), place)
    threshold = threshold_of(ours.get("abstain_below"), place)
    return Form("ours", _labels(path, config), max_tokens, temperature, abstain_below=threshold), int(version)


def _check_manifest(path: Path, sums: dict[str, str], *, sealed: bool) -> None:
    if not (path / MANIFEST).is_file():
        if sealed:
            raise ModelError(f"{path}: {MANIFEST} is missing, the weights cannot be checked. Install again.")
        return
    listed = _read_json(path / MANIFEST).get("sha256")
    if not isinstance(listed, dict):
        raise ModelError(f'{path / MANIFEST}: no "sha256" entry. Install or fetch the model again.')
    for name, found in sums.items():
        if listed.get(name) != found:
            raise ModelError(
                f"{path / name}: damaged or exchanged, its sha256 is {found} and the manifest says "
                f"{listed.get(name)}. Install or fetch the model again."
            )


def _labels(path: Path, config: dict[str, Any]) -> tuple[str, ...]:
    mapping = config.get("id2label")
    found = tuple(mapping[key] for key in sorted(mapping, key=int)) if isinstance(mapping, dict) else ()
    if len(found) != len(LABELS) or set(found) != LABELS:
        raise ModelError(
            f"{path / 'config.json'}: its labels are {list(found)}, expected {sorted(LABELS)} in any order. "
            "Rename them in id2label if they mean the same."
        )
    return found


def _read_json(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ModelError(
            f"{path}: not readable as JSON ({error}). Install or fetch the model again."
        ) from error
    if not isinstance(value, dict):
        raise ModelError(f"{path}: holds no JSON object. Install or fetch the model again.")
    return value


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        digest = sha256()
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
