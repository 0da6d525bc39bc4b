"""The passes of a training, the same for teacher and student: AdamW, a rate that rises and falls, clipped gradients."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any, Protocol

import torch
from torch import Tensor

from packed import placed

Batches = list[tuple[list[int], int]]


class Knobs(Protocol):
    """What of the settings is asked for here."""

    @property
    def rate(self) -> float: ...
    @property
    def warmup(self) -> float: ...
    @property
    def weight_decay(self) -> float: ...
    @property
    def max_steps(self) -> int: ...


def run(
    model: torch.nn.Module, passes: list[Batches], knobs: Knobs, device: str, loss_of: Callable[[Tensor, int], Tensor]
) -> Iterator[dict[str, Any]]:
    """Train; after each pass, its number, mean loss, steps and seconds.

    ``loss_of`` gives the loss of the numbered rows, filled up to a width. The rate reaches its peak after the warm-up
    and falls in a line to zero.
    """
    if knobs.max_steps:
        passes = [one[: knobs.max_steps] for one in passes]
    steps = sum(len(one) for one in passes)
    warm = max(1, round(knobs.warmup * steps))
    optim = optimiser(model, knobs)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optim, lambda step: min((step + 1) / warm, max(0.0, (steps - step) / max(1, steps - warm)))
    )
    for number, one in enumerate(passes, 1):
        began = time.monotonic()
        model.train()
        total = torch.zeros((), device=device)
        for at, width in placed(one, device):
            loss = loss_of(at, width)
            optim.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optim.step()
            schedule.step()
            total += loss.detach()
        mean = round(total.item() / max(1, len(one)), 4)
        yield {"epoch": number, "loss": mean, "steps": len(one), "seconds": round(time.monotonic() - began, 1)}


def optimiser(model: torch.nn.Module, knobs: Knobs) -> torch.optim.AdamW:
    """AdamW; biases and layer norms are not decayed."""
    given = [value for value in model.parameters() if value.requires_grad]
    groups = [
        {"params": [value for value in given if value.ndim > 1], "weight_decay": knobs.weight_decay},
        {"params": [value for value in given if value.ndim <= 1], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=knobs.rate, fused=given[0].is_cuda)
