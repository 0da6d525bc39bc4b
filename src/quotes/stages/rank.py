"""Rank: a log-linear model over the options of one quotation, nobody among them.

P(option) is the softmax of the summed weights of each option's features. The weights were learnt from PolNeAR (see the
card beside them); a feature that was not seen there counts nothing.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from quotes.stages.options import Option, nobody

Weights = Mapping[str, float]


NOBODY = 0.35
"""From this probability on the words are taken for nobody's. Chosen on PolNeAR's development split: of words that
nobody said about a third pass, of words that somebody said about one in fifteen is lost."""


UNREPORTED = 0.5
"""Least probability, nobody counted in, of somebody whom no word reports as speaking."""


def rank(options: Sequence[Option], about: Sequence[str], weights: Weights) -> tuple[Option | None, float]:
    """The likeliest option and its probability; None, with the probability of nobody, from `NOBODY` on.

    Between equals the earlier option wins. The probability of an option is that among the options: the words are
    somebody's, and his.
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
    best = masses.index(max(masses))
    if options[best].cue is None and masses[best] / total < UNREPORTED:
        return None, round(none, 4)
    return options[best], round(masses[best] / sum(masses), 4)
