"""The network of a folder, opened: tokenizer, and logits of rows of one length."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from quotes.errors import ModelError
from quotes.models import bert, eight_bits
from quotes.models.encoding import Encoded
from quotes.models.folder import WEIGHTS, ModelFolder, Precision

if TYPE_CHECKING:
    from torch import Tensor

_ADVICE = "Fetch or train the model again, or leave the argument out to use the one that is shipped."


class Network(NamedTuple):
    """``logits`` takes rows and gives shape (rows, outputs); of one number of tokens each, unless it is ``packed``."""

    tokenizer: Any
    logits: Callable[[Sequence[Encoded]], Tensor]
    packed: bool = False


def open_network(folder: ModelFolder, precision: Precision = "full") -> Network:
    """Read weights and tokenizer. Raises ModelError where they cannot be read or do not belong together, or where
    the network is none that can be computed in ``precision``.
    """
    import transformers
    from safetensors import SafetensorError

    place = str(folder.path)
    with _quiet(transformers.utils.logging):
        try:
            tokenizer = transformers.AutoTokenizer.from_pretrained(place, local_files_only=True)
            logits = _bert(folder, precision) or _any(folder)
            width = logits([Encoded(*_shortest(tokenizer))]).shape[-1]
        except ModelError:
            raise
        except (OSError, ValueError, RuntimeError, KeyError, IndexError, TypeError, SafetensorError) as error:
            raise ModelError(f"{place}: the stance model cannot be read ({error}). {_ADVICE}") from error
    if width != len(folder.form.labels):
        raise ModelError(f"{place}: the network has {width} outputs and {len(folder.form.labels)} labels. {_ADVICE}")
    return Network(tokenizer, logits, precision == "int8")


def _shortest(tokenizer: Any) -> tuple[list[int], list[int]]:  # noqa: ANN401
    ids: list[int] = tokenizer("a")["input_ids"]
    return ids, [0] * len(ids)


def _bert(folder: ModelFolder, precision: Precision) -> Callable[[Sequence[Encoded]], Tensor] | None:
    """Our own forward pass, where the network is one that it knows and its weights are all there."""
    import torch
    from safetensors.torch import load_file

    config = json.loads((folder.path / "config.json").read_text(encoding="utf-8"))
    if folder.form.name != "ours" or not bert.fits(config):
        if precision != "full":
            raise ModelError(f"{folder.path}: {precision} is for models trained here. Leave --stance-precision out.")
        return None
    if precision == "int8":
        eight = eight_bits.EightBits(load_file(folder.path / WEIGHTS), config)

        def packed(rows: Sequence[Encoded]) -> Tensor:
            with torch.inference_mode():
                return eight.packed(rows)

        return packed
    network = bert.Bert(load_file(folder.path / WEIGHTS), config)

    def logits(rows: Sequence[Encoded]) -> Tensor:
        ids, types = (torch.tensor([row[part] for row in rows]) for part in (0, 1))
        with torch.inference_mode():
            return network.logits(ids, types)

    return logits


def _any(folder: ModelFolder) -> Callable[[Sequence[Encoded]], Tensor]:
    """Whatever transformers makes of the folder; no code of the folder is run, nothing but safetensors is read."""
    import inspect

    import torch
    import transformers

    model, report = transformers.AutoModelForSequenceClassification.from_pretrained(
        str(folder.path),
        local_files_only=True,
        use_safetensors=True,
        attn_implementation="eager",
        dtype=torch.float32,
        output_loading_info=True,
    )
    if missing := sorted(report["missing_keys"]):
        raise ModelError(f"{folder.path}: the weights lack {', '.join(missing[:3])}. {_ADVICE}")
    model.eval()
    segments = "token_type_ids" in inspect.signature(model.forward).parameters

    def logits(rows: Sequence[Encoded]) -> Tensor:
        ids = torch.tensor([row.input_ids for row in rows])
        given = {"input_ids": ids, "attention_mask": torch.ones_like(ids)}
        if segments and getattr(model.config, "type_vocab_size", 1) > 1:
            given["token_type_ids"] = torch.tensor([row.token_type_ids for row in rows])
        with torch.inference_mode():
            found: Tensor = model(**given).logits
        return found

    return logits


@contextmanager
def _quiet(logging: Any) -> Iterator[None]:  # noqa: ANN401
    """No progress bars and loading reports from transformers inside; faults come as ModelError instead."""
    level, bars = logging.get_verbosity(), logging.is_progress_bar_enabled()
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        logging.set_verbosity(level)
        if bars:
            logging.enable_progress_bar()
