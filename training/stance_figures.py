"""How good and how sure a stance model is on labelled rows."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from stance_data import LABELS, Example, tensors

BINS = 10
"""Equal intervals of confidence over which the calibration error is taken."""


def logits_of(model: torch.nn.Module, examples: list[Example], size: int = 32) -> Tensor:
    """Logits of the examples, in their order; batches of one length each, so that nothing is padded."""
    model.eval()
    result = torch.zeros(len(examples), len(LABELS))
    by_length: dict[int, list[int]] = {}
    for number, example in enumerate(examples):
        by_length.setdefault(len(example.encoded.input_ids), []).append(number)
    with torch.inference_mode():
        for numbers in by_length.values():
            for begin in range(0, len(numbers), size):
                part = numbers[begin : begin + size]
                result[part] = model(**tensors([examples[number] for number in part], 0)).logits
    return result


def figures(logits: Tensor, examples: list[Example]) -> dict[str, Any]:
    """Macro-F1, accuracy, F1 by label; where holders are given, macro-F1 by direction too."""
    result = _figures(logits, examples)
    for name, backwards in (("holder_first", False), ("target_first", True)):
        numbers = [number for number, example in enumerate(examples) if example.backwards is backwards]
        if numbers and len(numbers) < len(examples):
            result[name] = {"rows": len(numbers), **_figures(logits[numbers], [examples[i] for i in numbers])}
    return result


def _figures(logits: Tensor, examples: list[Example]) -> dict[str, Any]:
    gold = [example.label for example in examples]
    predicted = logits.argmax(dim=1).tolist()
    scores = {}
    for number, label in enumerate(LABELS):
        hits = sum(g == p == number for g, p in zip(gold, predicted, strict=True))
        tried = predicted.count(number) + gold.count(number)
        scores[f"f1_{label}"] = round(2 * hits / tried, 4) if tried else 0.0
    macro = round(sum(scores.values()) / len(LABELS), 4)
    right = sum(g == p for g, p in zip(gold, predicted, strict=True))
    return {"macro_f1": macro, "accuracy": round(right / max(1, len(gold)), 4), **scores}


def reliability(logits: Tensor, examples: list[Example], temperature: float) -> list[dict[str, float]]:
    """For each interval of confidence that holds rows: how many, their mean confidence, and their accuracy."""
    sure, label = torch.softmax(logits.double() / temperature, dim=1).max(dim=1)
    right = (label == torch.tensor([example.label for example in examples])).double()
    place = (sure * BINS).ceil().clamp(1, BINS) - 1
    rows = []
    for number in range(BINS):
        inside = place == number
        if inside.any():
            rows.append(
                {
                    "low": number / BINS,
                    "rows": int(inside.sum()),
                    "confidence": round(float(sure[inside].mean()), 4),
                    "accuracy": round(float(right[inside].mean()), 4),
                }
            )
    return rows


def calibration_error(bins: list[dict[str, float]]) -> float:
    """Expected calibration error: the mean distance of confidence and accuracy, weighted by rows."""
    total = sum(one["rows"] for one in bins)
    return round(sum(one["rows"] * abs(one["confidence"] - one["accuracy"]) for one in bins) / max(1, total), 4)


def calibrated_temperature(held: list[tuple[Tensor, list[Example]]]) -> float:
    """The divisor of the logits, in steps of .01, under which the largest calibration error over the files is least.

    The likeliest one (Guo et al., "On Calibration of Modern Neural Networks", ICML 2017) is a compromise that can leave
    one file over-confident and another too shy.
    """
    grid = [step / 100 for step in range(30, 401)]
    errors = [max(calibration_error(reliability(logits, rows, value)) for logits, rows in held) for value in grid]
    return grid[errors.index(min(errors))]


def abstention(logits: Tensor, examples: list[Example], temperature: float, wanted: float = 0.6) -> float:
    """The least confidence, in steps of .01, at which rows like it are right with a chance of ``wanted``.

    Looked at through windows of .1: below the first one whose accuracy reaches ``wanted``, the model abstains.
    """
    sure, label = torch.softmax(logits.double() / temperature, dim=1).max(dim=1)
    right = (label == torch.tensor([example.label for example in examples])).double()
    for step in range(34, 100):
        inside = (sure >= step / 100 - 0.05) & (sure < step / 100 + 0.05)
        if inside.sum() >= 20 and right[inside].mean() >= wanted:
            return step / 100
    return 0.34
