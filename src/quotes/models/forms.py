"""The forms in which stance models read their input, and what their labels mean.

``ours``    text with holder and target marked, and the target again (`quotes.models.encoding`).
``pair``    the text, and the target as second segment: target-dependent sentiment models.
``marked``  the text alone, the target between two markers.
``nli``     the text as premise and a hypothesis for each side: entailment of one means favour, of the other against.

A folder says which in ``stance.json`` (all entries may be left out)::

    {"form": "nli", "labels": {"LABEL_0": "against", …}, "temperature": 1.3, "max_tokens": 256,
     "markers": ["<e>", "</e>"], "hypotheses": {"favour": "… {target} …", "against": "… {target} …"},
     "abstain_below": 0.6}

Without it the form is told from the labels of ``config.json``: one called entailment means ``nli``, three that mean
for, against and neither mean ``pair``. Anything else is an error, because a guess would give wrong signs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from quotes.errors import ModelError

FormName = Literal["ours", "pair", "marked", "nli"]
SIDES = ("against", "neutral", "favour")
FORMS: tuple[FormName, ...] = ("pair", "marked", "nli")
HYPOTHESES = {
    "favour": "The speaker is in favour of {target}.",
    "against": "The speaker is against {target}.",
}
MARKERS = ("[", "]")
_MEANINGS: dict[str, tuple[str, ...]] = {
    "against": ("against", "negative", "neg", "anti", "con", "oppose", "disfavor", "disfavour"),
    "neutral": ("neutral", "none", "neither", "no stance", "neu"),
    "favour": ("favour", "favor", "positive", "pos", "pro", "support", "for"),
    "entailment": ("entailment", "entail"),
    "other": ("contradiction", "not_entailment", "non_entailment", "not entailment"),
}
_MEANING = {word: side for side, words in _MEANINGS.items() for word in words}


@dataclass(frozen=True, slots=True)
class Form:
    """How a model is asked. ``labels``: what each of its outputs means, in their order."""

    name: FormName
    labels: tuple[str, ...]
    max_tokens: int
    temperature: float = 1.0
    markers: tuple[str, str] = MARKERS
    hypotheses: Mapping[str, str] = field(default_factory=lambda: dict(HYPOTHESES))
    abstain_below: float | None = None
    """Confidence below which a label is given, but as one on which the model abstains."""

    def signature(self) -> str:
        """The form in words: part of the revision, because another form gives other scores."""
        hypotheses = [self.hypotheses[side] for side in sorted(self.hypotheses)]
        parts = [self.name, *self.labels, str(self.max_tokens), repr(self.temperature), *self.markers, *hypotheses]
        return "\x1e".join(parts)


def other_form(config: Mapping[str, Any], given: Mapping[str, Any], place: str) -> Form:
    """The form of a model that was not trained here: from ``stance.json`` (``given``), else from its labels.

    ``place`` is the folder, for the ModelError raised where that does not say enough or says what cannot be.
    """
    named = given.get("labels", {})
    outputs = _outputs(config, place)
    labels = tuple(_meaning(str(named.get(output, output))) if isinstance(named, dict) else "?" for output in outputs)
    asked = given.get("form") or ("nli" if "entailment" in labels else "pair")
    name = next((known for known in FORMS if known == asked), None)
    if name is None:
        raise ModelError(f"{place}/stance.json: form {asked!r} is none of {', '.join(FORMS)}.")
    _check_labels(name, labels, outputs, place)
    return Form(
        name,
        labels,
        _max_tokens(config, given, place),
        temperature_of(given.get("temperature", 1.0), place),
        _markers(given.get("markers", MARKERS), place),
        _hypotheses(given.get("hypotheses", HYPOTHESES), place),
        threshold_of(given.get("abstain_below"), place),
    )


def temperature_of(value: object, place: str) -> float:
    """The temperature, checked."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not value > 0:
        raise ModelError(f"{place}: temperature {value!r} is not above zero.")
    return float(value)


def threshold_of(value: object, place: str) -> float | None:
    """The confidence below which the model abstains, checked; None where there is none."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise ModelError(f"{place}: abstain_below {value!r} is no probability.")
    return float(value)


def _outputs(config: Mapping[str, Any], place: str) -> tuple[str, ...]:
    mapping = config.get("id2label")
    try:
        return tuple(str(mapping[key]) for key in sorted(mapping, key=int)) if isinstance(mapping, dict) else ()
    except ValueError as error:
        raise ModelError(f"{place}/config.json: the keys of id2label are no numbers ({error}).") from error


def _meaning(label: str) -> str:
    return _MEANING.get(label.strip().lower(), "?")


def _check_labels(name: str, labels: tuple[str, ...], outputs: tuple[str, ...], place: str) -> None:
    if name == "nli":
        if labels.count("entailment") != 1:
            raise ModelError(f"{place}: its labels are {list(outputs)}; a model for hypotheses needs one 'entailment'.")
        return
    if sorted(labels) != sorted(SIDES):
        raise ModelError(
            f"{place}: its labels are {list(outputs)}, and it is not known which mean against, neutral and favour. "
            'Say so in stance.json: {"labels": {"LABEL_0": "against", …}}.'
        )


def _max_tokens(config: Mapping[str, Any], given: Mapping[str, Any], place: str) -> int:
    most = config.get("max_position_embeddings", 512)
    # RoBERTa and its kin count places from pad_token_id + 1 and so hold two less than they say.
    room = min(most - 2, 512) if isinstance(most, int) else 512
    value = given.get("max_tokens", min(256, room))
    if isinstance(value, bool) or not isinstance(value, int) or not 16 <= value <= room:
        raise ModelError(f"{place}: max_tokens {value!r} is no number the model can read (16 to {room}).")
    return value


def _markers(value: object, place: str) -> tuple[str, str]:
    if isinstance(value, list | tuple) and len(value) == 2 and all(isinstance(one, str) and one for one in value):
        return value[0], value[1]
    raise ModelError(f"{place}/stance.json: markers {value!r} are not two strings.")


def _hypotheses(value: object, place: str) -> dict[str, str]:
    if isinstance(value, Mapping) and set(value) == {"favour", "against"}:
        found = {str(side): str(text) for side, text in value.items()}
        if all("{target}" in text for text in found.values()):
            return found
    wanted = '{"favour": "… {target} …", "against": "… {target} …"}'
    raise ModelError(f"{place}/stance.json: hypotheses {value!r} are not {wanted}.")
