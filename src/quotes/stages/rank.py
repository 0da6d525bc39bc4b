"""Rank: a log-linear model over the options of one quotation, nobody among them.

P(option) is the softmax of the summed weights of each option's features. The weights were learnt from PolNeAR (see the
card beside them); a feature that was not seen there counts nothing.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from quotes.records import Span
from quotes.stages.options import Option, nobody

Weights = Mapping[str, float]


NOBODY = 0.35
"""From this probability on the words are taken for nobody's. Chosen on PolNeAR's development split: of words that
nobody said about a third pass, of words that somebody said about one in fifteen is lost."""


UNREPORTED = 0.5
"""Least probability, nobody counted in, of somebody whom no word reports as speaking."""


RIVAL = 0.5
"""Of clauses with the same subject, those at least this likely beside the likeliest may give the cue."""


CEILING = 0.95
"""The ranker is never surer: of what it was surest of it named 91 (training) and 96 (development) of 100 rightly."""


def rank(options: Sequence[Option], about: Sequence[str], weights: Weights) -> tuple[Option | None, float]:
    """The likeliest option and its probability; None, with the probability of nobody, from `NOBODY` on.

    Options with the same mention are one speaker: their probabilities add up, and the nearest cue is given. Between
    equals the earlier wins. The probability is that among the options: the words are somebody's, and his.
    """
    get = weights.get
    scores = [sum(get(feature, 0.0) for feature in option.features) for option in options]
    scores.append(sum(get(feature, 0.0) for feature in nobody(about)))
    top = max(scores)
    masses = [math.exp(score - top) for score in scores]
    total = sum(masses)
    none = masses.pop() / total
    if none >= NOBODY or not masses:
        return None, round(none, 4)
    shares: dict[Span | None, float] = {}
    for option, mass in zip(options, masses, strict=True):
        shares[option.mention] = shares.get(option.mention, 0.0) + mass
    mention = max(shares, key=lambda span: shares[span])
    own = [(mass, option) for option, mass in zip(options, masses, strict=True) if option.mention == mention]
    likely = max(mass for mass, _ in own) * RIVAL
    best = min((option for mass, option in own if mass >= likely), key=lambda one: (one.cue is None, one.distance))
    if best.cue is None and shares[mention] / total < UNREPORTED:
        return None, round(none, 4)
    return best, round(min(CEILING, shares[mention] / sum(masses)), 4)
