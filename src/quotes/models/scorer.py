"""A stance model: texts with a target in, probabilities out.

torch and transformers are imported, and the weights read, when the first score is asked for and not before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any, Protocol

from quotes.errors import ModelError
from quotes.models.encoding import encode
from quotes.models.folder import ModelFolder
from quotes.records import StanceInput, StanceScore


class Scorer(Protocol):
    """Anything that can score stance; ``revision`` changes whenever a score could."""

    @property
    def revision(self) -> str:
        """What made the scores: weights, tokenizer, input format, temperature."""

    def score(self, inputs: Sequence[StanceInput]) -> list[StanceScore]:
        """One score for each input, in their order."""


class TransformerScorer:
    """A sequence classifier of transformers, read from a checked folder."""

    def __init__(self, folder: ModelFolder) -> None:
        self.folder = folder
        self.revision = folder.revision

    def __reduce__(self) -> tuple[type[TransformerScorer], tuple[ModelFolder]]:
        """Another process gets the folder and reads the weights itself."""
        return TransformerScorer, (self.folder,)

    def score(self, inputs: Sequence[StanceInput]) -> list[StanceScore]:
        """Scores in the order of the inputs, four decimals.

        Each different input goes through the network alone, in full precision and on one thread, so that
        its score depends on nothing but itself: not on its neighbours in a batch, on their order, or on the
        machine's number of processors. Raises ModelError where the weights cannot be read, ValueError for a
        target outside its text.
        """
        if not inputs:
            return []
        import torch

        scores: dict[StanceInput, StanceScore] = {}
        with _one_thread(), torch.inference_mode():
            for item in inputs:
                if item not in scores:
                    scores[item] = self._score(item)
        return [scores[item] for item in inputs]

    def _score(self, item: StanceInput) -> StanceScore:
        import torch

        tokenizer, model = self._network
        encoded = encode(tokenizer, item, max_tokens=self.folder.max_tokens)
        logits = model(
            input_ids=torch.tensor([encoded.input_ids]),
            token_type_ids=torch.tensor([encoded.token_type_ids]),
            attention_mask=torch.ones((1, len(encoded.input_ids)), dtype=torch.long),
        ).logits[0]
        shares = torch.softmax(logits.double() / self.folder.temperature, dim=0).tolist()
        by_label = {label: round(share, 4) for label, share in zip(self.folder.labels, shares, strict=True)}
        return StanceScore(by_label["against"], by_label["neutral"], by_label["favour"])

    @cached_property
    def _network(self) -> tuple[Any, Any]:
        import torch
        import transformers
        from safetensors import SafetensorError

        place = str(self.folder.path)
        with _quiet(transformers.utils.logging):
            try:
                tokenizer = transformers.AutoTokenizer.from_pretrained(place, local_files_only=True)
                model, report = transformers.AutoModelForSequenceClassification.from_pretrained(
                    place,
                    local_files_only=True,
                    use_safetensors=True,
                    attn_implementation="eager",
                    dtype=torch.float32,
                    output_loading_info=True,
                )
            except (OSError, ValueError, RuntimeError, KeyError, SafetensorError) as error:
                raise ModelError(f"{place}: the stance model cannot be read ({error}). {_ADVICE}") from error
        missing = sorted(report["missing_keys"])
        if missing:
            raise ModelError(f"{place}: the weights lack {', '.join(missing[:3])}. {_ADVICE}")
        return tokenizer, model.eval()


_ADVICE = "Fetch or train the model again, or leave the argument out to use the one that is shipped."


@contextmanager
def _one_thread() -> Iterator[None]:
    """One torch thread inside, the caller's number afterwards: sums split over threads differ in their last
    digits.
    """
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


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
