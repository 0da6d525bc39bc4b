"""Rank: log-linear models with learnt weights, of who said marked words, how sure that is, and whether anybody did.

P(option) is the softmax, over the options of one quotation, of the summed weights of their features; P(said) and how
sure the likeliest option is are logistic functions of summed weights; the former is weighed together with what a
small network says of the words. The weights were learnt from PolNeAR (see the
card beside them); a feature that was not seen there counts nothing.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from itertools import repeat

from quotes.records import Span
from quotes.stages.options import Option

Weights = Mapping[str, float]

RIVAL = 0.5
"""Of clauses with the same subject, those at least this likely beside the likeliest may give the cue."""

TOGETHER = ("bias", "features", "wording")
"""What `together` weighs: nothing, what features say, what the network says."""

CERTAIN = 4.0
"""Features whose logit is farther from 0 decide alone: to ask the network there too, so 2.7 times as often, changed no
figure in the folds of the training split."""

_MOST = 6.0
"""The greatest logit of the network that counts."""

_STEPS = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99)


def rank(options: Sequence[Option], weights: Weights, sure: Weights) -> tuple[Option | None, float]:
    """The likeliest option and the probability that it is right; None and 0 where there is none.

    Options with the same mention are one speaker: their probabilities add up, and the nearest cue is given, one
    before the words if there is any. Between equals the earlier wins. ``sure`` turns the share of the likeliest into
    how often such a one was right.
    """
    if not options:
        return None, 0.0
    best, share = likeliest(options, weights)
    return best, logistic(certainty(best, share, len(options)), sure)


def likeliest(options: Sequence[Option], weights: Weights) -> tuple[Option, float]:
    """The likeliest of at least one option, and the probability of its speaker among the options."""
    scores = [total(option.features, weights) for option in options]
    top = max(scores)
    masses = [math.exp(score - top) for score in scores]
    shares: dict[Span | None, float] = {}
    for option, mass in zip(options, masses, strict=True):
        shares[option.mention] = shares.get(option.mention, 0.0) + mass
    mention = max(shares, key=lambda span: shares[span])
    own = [(mass, option) for option, mass in zip(options, masses, strict=True) if option.mention == mention]
    likely = max(mass for mass, _ in own) * RIVAL
    best = min((option for mass, option in own if mass >= likely), key=_nearness)
    return best, shares[mention] / sum(masses)


def _nearness(option: Option) -> tuple[bool, bool, int]:
    """How well the cue of an option shows who spoke: one before the words better than one behind ("…, adding")."""
    return option.cue is None, option.rule == "right", option.distance


def certainty(option: Option, share: float, options: int) -> tuple[str, ...]:
    """Features of how sure an option is: its relation to the words and its share among the options."""
    step = bisect_right(_STEPS, share)
    return ("bias", option.rule, f"share={step}", f"{option.rule}&share={step}", f"options={min(options, 3)}")


def logistic(features: Sequence[str], weights: Weights) -> float:
    """Probability that what the features speak of is so, four decimals."""
    return probability(total(features, weights))


def together(logit: float, wording: Callable[[], float], weights: Weights, domain: str = "") -> float:
    """Probability that words were said, of what their features (``logit``) and the network (``wording``) say of them.

    The network is asked only where the features leave it open. ``domain`` stands before the names of the weights that
    count.
    """
    if abs(logit) > CERTAIN:
        return probability(logit)
    bias, features, network = (weights[domain + name] for name in TOGETHER)
    return probability(bias + features * logit + network * limited(wording()))


def limited(wording: float) -> float:
    """The network's logit, not so great that the features could not tell against it."""
    return max(-_MOST, min(_MOST, wording))


def total(features: Sequence[str], weights: Weights) -> float:
    """The weights of the features added up, in their order."""
    return sum(map(weights.get, features, repeat(0.0)))


def probability(logit: float) -> float:
    """The probability of a logit, four decimals."""
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, logit)))), 4)
