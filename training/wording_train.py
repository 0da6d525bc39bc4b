"""Train the small network that reads marked words, on what a large model says of them and on their labels.

    python training/wording_train.py --data ../shared/data --model mpnet --output src/quotes/models/attribution

Learns six times: without each fold, which gives every labelled string what a network says that has not seen its
document (``wording_unseen.tsv``, from which ``train_attribution.py`` learns what that is worth), and on all, which is
shipped (``wording.safetensors``, ``pieces.txt``). ``--model`` is the folder of the large model before its tuning
(``teacher_folder.py``): the vectors of its pieces of words, in their 64 main directions, are where the small ones
begin. Four minutes on one core.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from safetensors.numpy import save_file
from safetensors.torch import load_file
from torch import Tensor, nn

import wording_rows
from quotes.models.attribution import wording
from quotes.stages.wording import Window
from wording_rows import FOLDS, Row

EPOCHS, BATCH, RATE = 10, 64, 2e-3
SIZE, CHANNELS, HIDDEN = 64, 96, 64
DROPPED = 0.2
SHARE = 0.5
"""What the large model says counts so much beside the label, where there is one."""
SHARPER_SEEN, SHARPER = 1.5, 1.3
"""What the logits of the large model are multiplied with: they are pulled to the middle by smoothed labels."""
KNOWN = re.compile(r"(?:##)?[a-zß-ÿ0-9]+|[^\w\s]")
FINE = 2.0**14
"""Steps between 0 and 1 to which the weights of the last two layers are rounded."""


class Encoded(NamedTuple):
    """Rows as tensors: pieces and cases (rows, places), and which of the further biases count (rows, biases)."""

    pieces: Tensor
    cases: Tensor
    biases: Tensor

    def at(self, rows: Tensor) -> Encoded:
        """Some of the rows."""
        return Encoded(*(part[rows] for part in self))


class Learner(nn.Module):
    """The network while it learns, in single precision; the same sums as `wording.Network`."""

    def __init__(self, vectors: Tensor) -> None:
        super().__init__()
        self.vectors = nn.Embedding(len(vectors), SIZE, _weight=vectors.clone())
        self.cases = nn.Embedding(4, SIZE)
        nn.init.normal_(self.cases.weight, std=0.05)
        self.places = nn.Parameter(torch.randn(wording.PLACES, SIZE) * 0.05)
        self.convolution = nn.Conv1d(SIZE, CHANNELS, 3, padding=1)
        self.hidden = nn.Linear(CHANNELS * 6 + len(wording.LENGTHS) + 1, HIDDEN)
        self.last = nn.Linear(HIDDEN, 1)
        self.drop = nn.Dropout(DROPPED)

    def forward(self, rows: Encoded) -> Tensor:
        """Logits, shape (rows,)."""
        there = (rows.pieces >= 0).unsqueeze(1)
        vectors = self.vectors(rows.pieces.clamp(min=0)) + self.cases(rows.cases) + self.places
        values = torch.relu(self.convolution(self.drop(vectors).transpose(1, 2) * there)) * there
        one, two = wording.BEFORE, wording.BEFORE + wording.WITHIN
        parts = values[:, :, :one], values[:, :, one:two], values[:, :, two:]
        near = parts[0][:, :, -wording.NEAR[0] :], parts[1], parts[2][:, :, : wording.NEAR[1]]
        read = [part.amax(2) for part in parts] + [part.mean(2) for part in near]
        hidden = torch.relu(self.hidden(self.drop(torch.cat([*read, rows.biases], 1))))
        logits: Tensor = self.last(self.drop(hidden)).squeeze(1)
        return logits


def vocabulary(folder: Path) -> tuple[list[str], Tensor]:
    """Pieces that English copy is made of, the unknown one first, and their vectors in the main directions."""
    names = list(json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"].items())
    [weights] = [value for name, value in load_file(folder / "model.safetensors").items() if "word_embedding" in name]
    centred = weights.float() - weights.float().mean(0)
    directions = torch.linalg.svd(centred, full_matrices=False)[2][:SIZE]
    vectors = centred @ directions.T
    kept = [("[UNK]", dict(names)["[UNK]"]), *((name, number) for name, number in names if KNOWN.fullmatch(name))]
    return [name for name, _ in kept], (vectors / vectors.std() * 0.3)[[number for _, number in kept]]


def encoded(rows: Sequence[tuple[Window, bool]], names: list[str]) -> Encoded:
    """Windows as tensors."""
    pieces = wording.Pieces(names)
    placed = [wording.placed(window, pieces, state=state) for window, state in rows]
    numbers, cases, biases = (torch.from_numpy(np.stack([row[k] for row in placed])) for k in range(3))
    return Encoded(numbers.long(), cases.long(), biases[:, 1:].float())


def wanted(rows: list[Row], fold: int) -> tuple[Tensor, Tensor]:
    """Numbers of the rows that a model without this fold learns from, and the probability wanted of each.

    Of a labelled row the large model says what it does without having seen it, of others what the one without this fold
    says.
    """
    numbers, targets = [], []
    for number, row in enumerate(rows):
        if row.fold is None or row.said is None:
            targets.append(sigmoid(SHARPER * row.taught[fold]))
        elif row.fold != fold:
            targets.append((1 - SHARE) * row.said + SHARE * sigmoid(SHARPER_SEEN * row.taught[row.fold]))
        else:
            continue
        numbers.append(number)
    return torch.tensor(numbers), torch.tensor(targets, dtype=torch.float32)


def sigmoid(logit: float) -> float:
    """The probability of a logit."""
    return float(1 / (1 + np.exp(-logit)))


def learnt(rows: list[Row], inputs: Encoded, vectors: Tensor, fold: int) -> Learner:
    """A network that has not seen the fold."""
    torch.manual_seed(1)
    model = Learner(vectors)
    numbers, targets = wanted(rows, fold)
    own = [value for name, value in model.named_parameters() if name != "vectors.weight"]
    groups: list[dict[str, Any]] = [
        {"params": own, "weight_decay": 0.02},
        {"params": [model.vectors.weight], "weight_decay": 0.0},
    ]
    optimizer = torch.optim.AdamW(groups, lr=RATE)
    steps = EPOCHS * (len(numbers) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, [RATE, RATE / 4], total_steps=steps + 1)
    for _ in range(EPOCHS):
        for at in torch.randperm(len(numbers))[: len(numbers) // BATCH * BATCH].view(-1, BATCH):
            logits = model(inputs.at(numbers[at]))
            loss = nn.functional.binary_cross_entropy_with_logits(logits, targets[at])
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            schedule.step()
    return model.eval()


def rounded(model: Learner, inputs: Encoded) -> dict[str, Any]:
    """The weights in steps, as `wording.Network` reads them."""
    with torch.inference_mode():
        vectors, cases, places = model.vectors.weight, model.cases.weight, model.places
        reached = vectors[inputs.pieces.clamp(min=0)] + cases[inputs.cases] + places
        step = float(reached.abs().quantile(1.0, dim=2).max()) / wording.MOST
        flat = model.convolution.weight.permute(2, 1, 0).reshape(3 * SIZE, CHANNELS)
        steps = flat.abs().amax(0) / wording.MOST
        shares = torch.ones(CHANNELS * 6) / wording.STEPS
        for k, width in enumerate((wording.NEAR[0], wording.WITHIN, wording.NEAR[1]), 3):
            shares[k * CHANNELS : (k + 1) * CHANNELS] /= width
        hidden = model.hidden.weight.T
        sums = model.convolution.bias
        assert sums is not None
        biases = torch.cat([model.hidden.bias.unsqueeze(0), hidden[CHANNELS * 6 :]])
        last = torch.cat([model.last.weight[0] / wording.STEPS, model.last.bias])
        result = {
            "vectors": whole(vectors / step),
            "cases": whole(cases / step),
            "places": whole(places / step),
            "convolution": whole(flat / steps),
            "convolution_bias": torch.round(sums / (step * steps)),
            "convolution_scale": step * steps * wording.STEPS,
            "hidden": torch.round(hidden[: CHANNELS * 6] * shares[:, None] * FINE) / FINE,
            "biases": torch.round(biases * FINE) / FINE,
            "last": torch.round(last * FINE) / FINE,
        }
    return {name: value.contiguous().numpy() for name, value in result.items()}


def whole(values: Tensor) -> Tensor:
    """Numbers as whole ones of eight bits."""
    return torch.round(values).clamp(-wording.MOST, wording.MOST).to(torch.int8)


def says(weights: dict[str, Any], inputs: Encoded, numbers: list[int]) -> list[float]:
    """What the network says of some rows, as it is shipped."""
    network = wording.Network(weights)
    always = np.ones(1)
    return [
        network.logit(
            inputs.pieces[n].numpy(), inputs.cases[n].numpy(), np.concatenate((always, inputs.biases[n].numpy()))
        )
        for n in numbers
    ]


def main() -> None:
    """Train, report, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the documents, as JSON Lines")
    parser.add_argument("--model", type=Path, required=True, help="folder of the large model before its tuning")
    parser.add_argument("--output", type=Path, default=Path("src/quotes/models/attribution"))
    parser.add_argument("--unseen", type=Path, default=wording_rows.UNSEEN)
    options = parser.parse_args()
    torch.set_num_threads(1)
    rows = wording_rows.read()
    names, vectors = vocabulary(options.model)
    inputs = encoded(wording_rows.windows(options.data, rows), names)
    unseen: dict[wording_rows.Key, float] = {}
    for fold in range(FOLDS):
        own = [n for n, row in enumerate(rows) if row.fold == fold]
        model = learnt(rows, inputs, vectors, fold)
        logits = says(rounded(model, inputs), inputs, own)
        with torch.inference_mode():
            exact = model(inputs.at(torch.tensor(own)))
        print(fold, json.dumps(figures(rows, own, logits, exact.tolist())), flush=True)
        unseen |= {rows[n].key: logit for n, logit in zip(own, logits, strict=True)}
    lines = ["\t".join([*map(str, key), f"{unseen[key]:.4f}"]) for key in sorted(unseen)]
    options.unseen.write_text("\n".join(["doc_id\tstart\tend\tlogit", *lines]) + "\n", encoding="utf-8")
    options.output.mkdir(parents=True, exist_ok=True)
    (options.output / wording.PIECES).write_text("".join(f"{name}\n" for name in names), encoding="utf-8")
    save_file(rounded(learnt(rows, inputs, vectors, FOLDS), inputs), str(options.output / wording.WEIGHTS))


def figures(rows: list[Row], own: list[int], logits: list[float], exact: list[float]) -> dict[str, float]:
    """How well said and unsaid are told apart (area under the curve), in steps and without; how far these differ."""
    from scipy.stats import rankdata

    def area(values: list[float]) -> float:
        said = np.array([bool(rows[n].said) for n in own])
        ranks = rankdata(values)[said]
        return round(float((ranks.sum() - len(ranks) * (len(ranks) + 1) / 2) / (len(ranks) * (~said).sum())), 4)

    furthest = max(abs(one - other) for one, other in zip(logits, exact, strict=True))
    return {"area": area(logits), "area_exact": area(exact), "furthest": round(furthest, 3)}


if __name__ == "__main__":
    main()
