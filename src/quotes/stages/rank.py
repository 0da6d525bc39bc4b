"""Rank: two log-linear models with learnt weights, of who said marked words and of whether anybody did.

P(option) is the softmax, over the options of one quotation, of the summed weights of their features; P(said) is the
logistic function of the summed weights of the words' features. The weights were learnt from PolNeAR (see the card
beside them); a feature that was not seen there counts nothing.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from quotes.records import Span
from quotes.stages.options import Option

Weights = Mapping[str, float]

RIVAL = 0.5
"""Of clauses with the same subject, those at least this likely beside the likeliest may give the cue."""


def rank(options: Sequence[Option], weights: Weights) -> tuple[Option | None, float]:
    """The likeliest option and its probability among the options; None and 0 where there is none.

    Options with the same mention are one speaker: their probabilities add up, and the nearest cue is given. Between
    equals the earlier wins.
    """
    if not options:
        return None, 0.0
    get = weights.get
    scores = [sum(get(feature, 0.0) for feature in option.features) for option in options]
    top = max(scores)
    masses = [math.exp(score - top) for score in scores]
    shares: dict[Span | None, float] = {}
    for option, mass in zip(options, masses, strict=True):
        shares[option.mention] = shares.get(option.mention, 0.0) + mass
    mention = max(shares, key=lambda span: shares[span])
    own = [(mass, option) for option, mass in zip(options, masses, strict=True) if option.mention == mention]
    likely = max(mass for mass, _ in own) * RIVAL
    best = min((option for mass, option in own if mass >= likely), key=lambda one: (one.cue is None, one.distance))
    return best, round(shares[mention] / sum(masses), 4)


def said(features: Sequence[str], weights: Weights) -> float:
    """Probability that somebody is reported to have said the words."""
    score = sum(weights.get(feature, 0.0) for feature in features)
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, score)))), 4)
