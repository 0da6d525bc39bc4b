"""The forward pass of a BERT classifier, as the shipped model is one, over rows of one length.

The same sums as transformers' ``BertForSequenceClassification``, in less time: query, key and value in one product,
no mask because nothing is padded, and in the last layer only the first token, which alone is classified.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from torch import Tensor

_EXPECTED = {"model_type": "bert", "hidden_act": "gelu", "position_embedding_type": "absolute", "is_decoder": False}


def fits(config: Mapping[str, Any]) -> bool:
    """Whether the configuration is of a network that this module knows."""
    return all(config.get(name, value) == value for name, value in _EXPECTED.items()) and "model_type" in config


class Bert:
    """A network in full precision. ``weights`` by their names in transformers; raises KeyError where one is missing,
    RuntimeError where its shape is not that of ``config``.
    """

    def __init__(self, weights: Mapping[str, Tensor], config: Mapping[str, Any]) -> None:
        self._heads: int = config["num_attention_heads"]
        self._epsilon: float = config["layer_norm_eps"]
        self._width: int = config["hidden_size"]
        self._weights = {name: value.float() for name, value in weights.items() if value.is_floating_point()}
        self._layers = [self._layer(number) for number in range(config["num_hidden_layers"])]
        shape = tuple(self._weights["bert.embeddings.word_embeddings.weight"].shape)
        if shape != (config["vocab_size"], self._width):
            raise RuntimeError(f"word vectors of shape {shape}, the configuration says otherwise")

    def logits(self, ids: Tensor, types: Tensor) -> Tensor:
        """Logits, shape (rows, labels), of token numbers and segments, both of shape (rows, tokens)."""
        return self.above(self.below(ids, types, len(self._layers) - 1), len(self._layers) - 1)

    def below(self, ids: Tensor, types: Tensor, layers: int) -> Tensor:
        """What the lowest ``layers`` make of the tokens, shape (rows, tokens, width)."""
        hidden = self._embedded(ids, types)
        for layer in self._layers[:layers]:
            hidden = self._transformed(hidden, layer, ids.shape[1])
        return hidden

    def above(self, hidden: Tensor, layers: int) -> Tensor:
        """Logits from what the lowest ``layers`` have made."""
        for layer in self._layers[layers:-1]:
            hidden = self._transformed(hidden, layer, hidden.shape[1])
        return self._classified(self._transformed(hidden, self._layers[-1], 1)[:, 0])

    def _embedded(self, ids: Tensor, types: Tensor, places: Tensor | None = None) -> Tensor:
        """The vectors of the tokens; without ``places`` each row begins at the first."""
        from torch.nn.functional import embedding

        weights, name = self._weights, "bert.embeddings."
        words = embedding(ids, weights[name + "word_embeddings.weight"])
        segments = embedding(types, weights[name + "token_type_embeddings.weight"])
        known = weights[name + "position_embeddings.weight"]
        placed = known[: ids.shape[1]] if places is None else embedding(places, known)
        return self._normed(words + segments + placed, weights, name + "LayerNorm.")

    def _classified(self, first: Tensor) -> Tensor:
        """Logits from the first tokens of the rows."""
        from torch.nn.functional import linear

        weights = self._weights
        pooled = linear(first, weights["bert.pooler.dense.weight"], weights["bert.pooler.dense.bias"]).tanh()
        return linear(pooled, weights["classifier.weight"], weights["classifier.bias"])

    def _layer(self, number: int) -> dict[str, Tensor]:
        """The weights of a layer by short names, those of query, key and value stacked."""
        import torch

        prefix = f"bert.encoder.layer.{number}."
        layer = {
            name.removeprefix(prefix): self._weights[name] for name in self._weights if name.startswith(prefix)
        }
        for kind in ("weight", "bias"):
            parts = [layer.pop(f"attention.self.{name}.{kind}") for name in ("query", "key", "value")]
            layer[f"three.{kind}"] = torch.cat(parts)
        for name in list(self._weights):
            if name.startswith(prefix):
                del self._weights[name]
        return layer

    def _transformed(self, hidden: Tensor, layer: Mapping[str, Tensor], wanted: int) -> Tensor:
        """The first ``wanted`` tokens of the layer's output, shape (rows, wanted, width)."""
        from torch.nn.functional import scaled_dot_product_attention

        rows, tokens, width = hidden.shape
        if wanted == tokens:
            query, key, value = self._product(hidden, layer, "three").chunk(3, dim=2)
        else:
            query = self._product(hidden[:, :wanted], layer, "three", slice(width))
            key, value = self._product(hidden, layer, "three", slice(width, None)).chunk(2, dim=2)
        query, key, value = (
            part.view(rows, part.shape[1], self._heads, -1).transpose(1, 2) for part in (query, key, value)
        )
        context = scaled_dot_product_attention(query, key, value).transpose(1, 2).reshape(rows, wanted, width)
        return self._finished(context, hidden[:, :wanted], layer)

    def _finished(self, context: Tensor, hidden: Tensor, layer: Mapping[str, Tensor]) -> Tensor:
        """The layer's output of what its tokens have seen, and of themselves."""
        from torch.nn.functional import gelu

        mixed = self._product(context, layer, "attention.output.dense")
        seen = self._normed(self._kept(mixed) + hidden, layer, "attention.output.LayerNorm.")
        wide = gelu(self._product(seen, layer, "intermediate.dense"))
        narrow = self._product(wide, layer, "output.dense")
        return self._normed(self._kept(narrow) + seen, layer, "output.LayerNorm.")

    def _product(self, hidden: Tensor, layer: Mapping[str, Tensor], name: str, outputs: slice = slice(None)) -> Tensor:
        """The named weights of a layer times the tokens, and its bias; of some of the ``outputs`` alone."""
        from torch.nn.functional import linear

        return linear(hidden, layer[name + ".weight"][outputs], layer[name + ".bias"][outputs])

    def _kept(self, hidden: Tensor) -> Tensor:
        """What is added to a token, all of it; where dropout comes in while a network is trained."""
        return hidden

    def _normed(self, hidden: Tensor, weights: Mapping[str, Tensor], name: str) -> Tensor:
        from torch.nn.functional import layer_norm

        return layer_norm(hidden, (self._width,), weights[name + "weight"], weights[name + "bias"], self._epsilon)
