"""The same network, its large products in whole numbers of eight bits: twice as fast and more, and nearly as exact.

Weights are rounded to 255 steps for each output, and what they are multiplied with to 255 steps for each token, as the
token has them (Dettmers et al., "LLM.int8()", NeurIPS 2022, without its exceptions). Sums of whole numbers are exact
in any order, and no token's steps depend on another: what a product gives for a token is the same bit by bit in any
company, on any processor. Everything between the products stays in full precision, and there processors differ in the
last bit, which rounding to steps can enlarge: between processors scores agree within about a hundredth.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from quotes.models.bert import Bert
from quotes.models.encoding import Encoded

if TYPE_CHECKING:
    from torch import Tensor

_HEAD = ("bert.pooler.dense.weight", "bert.pooler.dense.bias", "classifier.weight", "classifier.bias")
_STEPS = 127
_MIDDLE = 128
_EXACT = 1024
"""So many products of two such numbers add up to less than 2**24, and are exact in single precision."""
_LEAST = 1e-30
_MANY, _FEW = 64, 16
"""Numbers of tokens, and of first tokens, are filled up to multiples of these."""
_GELU_DEPTH = 0.17
"""GELU never falls below minus this."""


class _Alike(NamedTuple):
    """Neighbouring rows of one length: their number, that length, and their first token's place among all tokens."""

    rows: int
    tokens: int
    start: int


class EightBits(Bert):
    """A network whose layers multiply in eight bits; the word vectors and the head are as they were."""

    def __init__(self, weights: Mapping[str, Tensor], config: Mapping[str, Any]) -> None:
        super().__init__(weights, config)
        for name in _HEAD:  # its sums depend on how many rows there are, in double precision by next to nothing
            self._weights[name] = self._weights[name].double()

    def packed(self, rows: Sequence[Encoded]) -> Tensor:
        """Logits of rows of any lengths: one behind the other, only attention looks at each apart."""
        import torch

        alike = list(_alike([len(row.input_ids) for row in rows]))
        places = (range(len(row.input_ids)) for row in rows)
        hidden = self._embedded(
            _joined(row.input_ids for row in rows), _joined(row.token_type_ids for row in rows), _joined(places)
        )
        for layer in self._layers[:-1]:
            hidden = self._finished(self._attended(hidden, layer, alike), hidden, layer)
        first = torch.cat([torch.arange(one.rows) * one.tokens + one.start for one in alike])
        first = torch.nn.functional.pad(first, (0, -len(first) % _FEW))
        last = self._layers[-1]
        read = self._finished(self._attended(hidden, last, alike, first), hidden[first], last)
        return self._classified(read[: len(rows)].double())

    def _attended(
        self, hidden: Tensor, layer: Mapping[str, Tensor], alike: Sequence[_Alike], wanted: Tensor | None = None
    ) -> Tensor:
        """What the ``wanted`` tokens, one of each row, see of their rows; without them every token."""
        from torch.nn.functional import scaled_dot_product_attention

        width = hidden.shape[1]
        if wanted is None:
            asking, key, value = self._product(hidden, layer, "three").chunk(3, dim=1)
        else:
            asking = self._product(hidden[wanted], layer, "asking")
            key, value = self._product(hidden, layer, "seen").chunk(2, dim=1)
        found, done = hidden.new_zeros(len(asking), width), 0
        for rows, tokens, start in alike:
            part = slice(done, done + rows * (1 if wanted is not None else tokens))
            query, *others = (
                one.view(rows, len(one) // rows, self._heads, -1).transpose(1, 2)
                for one in (asking[part], *(of[start : start + rows * tokens] for of in (key, value)))
            )
            context = scaled_dot_product_attention(query, others[0], others[1])
            found[part] = context.transpose(1, 2).reshape(-1, width)
            done = part.stop
        return found

    def _layer(self, number: int) -> dict[str, Tensor]:
        layer = super()._layer(number)
        for kind in ("weight", "bias"):  # the last layer asks for its first tokens alone
            whole = layer[f"three.{kind}"]
            layer[f"asking.{kind}"], layer[f"seen.{kind}"] = whole[: self._width], whole[self._width :]
        for name in [name.removesuffix(".weight") for name, value in layer.items() if value.ndim == 2]:
            matrix, layer[f"{name}.scale"] = rounded(layer.pop(f"{name}.weight"))
            layer[f"{name}.eight"] = prepared(matrix)
        return layer

    def _product(
        self,
        hidden: Tensor,
        layer: Mapping[str, Tensor],
        name: str,
        outputs: slice = slice(None),  # noqa: ARG002
    ) -> Tensor:
        """The named weights of a layer times the tokens, and its bias; always of all outputs."""
        import torch

        flat, scale = rounded(hidden, after_gelu=name == "output.dense")
        found = product(flat, layer[f"{name}.eight"], layer[f"{name}.scale"])
        return torch.addcmul(layer[f"{name}.bias"], found, scale[:, None], out=found)


def rounded(matrix: Tensor, *, after_gelu: bool = False) -> tuple[Tensor, Tensor]:
    """Each row of a matrix in whole numbers up to 127 either way, and what they are to be multiplied by.

    What comes out of a GELU is told apart, to read and write less memory: it is used up, its negative side being short.
    """
    import torch

    if after_gelu:
        most = matrix.amax(dim=1).clamp_(min=_GELU_DEPTH)
        return matrix.mul_((_STEPS / most)[:, None]).round_().to(torch.int8), most / _STEPS
    most = torch.maximum(matrix.amax(dim=1), matrix.amin(dim=1).neg_()).clamp_(min=_LEAST)
    return (matrix * (_STEPS / most)[:, None]).round_().to(torch.int8), most / _STEPS


def prepared(matrix: Tensor) -> Tensor:
    """Weights as `product` takes them: in the order in which the processor reads them, where it can multiply them."""
    import torch

    if has_instructions():
        packed: Tensor = torch.ops.onednn.qlinear_prepack(matrix, None)
        return packed
    return matrix.float()


def product(left: Tensor, right: Tensor, scale: Tensor) -> Tensor:
    """Whole numbers times `prepared` ones, a column times its ``scale``; nothing is rounded before that.

    Without AMX the left ones are given as numbers without a sign, 128 more each, which are taken off again: other
    instructions know no others, and a product of two signed ones is a thousand times as slow there. With AMX they keep
    their sign: what is taken off there is taken off in single precision, which does not hold the largest sums. Where
    the processor has no instructions at all, in single precision, in parts so short that it is exact as well.
    """
    import torch

    if has_instructions():
        middle = 0 if takes_signs() else _MIDDLE
        given = left.view(torch.uint8).bitwise_xor(middle) if middle else left
        found: Tensor = torch.ops.onednn.qlinear_pointwise(
            given, 1.0, middle, right, scale, torch.zeros_like(scale, dtype=torch.int64),
            None, 1.0, 0, torch.float32, "none", [], "",
        )  # fmt: skip
        return found
    total = torch.zeros(left.shape[0], right.shape[0], dtype=torch.int32)
    for begin in range(0, left.shape[1], _EXACT):
        part = slice(begin, begin + _EXACT)
        total += (left[:, part].float() @ right[:, part].t()).int()
    return total.float().mul_(scale)


@cache
def has_instructions() -> bool:
    """Whether this processor multiplies whole numbers of eight bits without overflow (VNNI, of AVX-512)."""
    import torch

    return bool(torch.cpu._is_vnni_supported()) and bool(
        torch.backends.mkldnn.is_available()  # type: ignore[no-untyped-call]
    )


@cache
def takes_signs() -> bool:
    """Whether this processor multiplies two signed numbers of eight bits as fast as others (AMX)."""
    import torch

    return bool(torch.cpu._is_amx_tile_supported())


def _joined(parts: Iterable[Iterable[int]]) -> Tensor:
    """All numbers in one line, filled up with zeros to one of a few lengths: products of every new shape cost time
    to prepare.
    """
    import torch

    numbers = [number for part in parts for number in part]
    return torch.tensor(numbers + [0] * (-len(numbers) % _MANY))


def _alike(lengths: Sequence[int]) -> Iterator[_Alike]:
    start = 0
    for tokens, same in groupby(lengths):
        rows = len(list(same))
        yield _Alike(rows, tokens, start)
        start += rows * tokens
