"""What answers show: how often values are right, and how far people agree.

Shares come with the interval of Wilson (1927) at 95 %. Agreement is told over the values that more than one person
judged: Cohen's kappa (1960) for each two people, Krippendorff's alpha (nominal) for all. The figures need the
packages of the extra ``review``.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any

from quotes.errors import UsageError
from quotes.review.answers import RIGHT, UNCLEAR, Answer

Report = dict[str, dict[str, Any]]


def report(answers: Sequence[Answer]) -> Report:
    """For each field: ``judged``, ``right``, ``share`` with ``low`` and ``high``, ``sampled`` (whether every row
    was drawn at random: only then do the figures speak for the version), ``people``, ``kappa`` of each two of them
    and ``alpha``; None where nothing can be computed.

    Of a value that several judged, the share counts the majority; a tie, and what is unclear, counts for nothing.
    """
    fields = list(dict.fromkeys(answer.field for answer in answers))
    return {field: _field([answer for answer in answers if answer.field == field]) for field in fields}


def _field(answers: Sequence[Answer]) -> dict[str, Any]:
    judged: dict[str, dict[str, bool]] = {}
    for answer in answers:
        if answer.verdict != UNCLEAR:
            judged.setdefault(answer.id, {})[answer.who] = answer.verdict == RIGHT
    verdicts = [verdict for votes in judged.values() if (verdict := _majority(votes)) is not None]
    right, low, high = sum(verdicts), None, None
    if verdicts:
        low, high = _wilson(right, len(verdicts))
    people = sorted({answer.who for answer in answers})
    return {
        "judged": len(verdicts),
        "right": right,
        "share": round(right / len(verdicts), 4) if verdicts else None,
        "low": low,
        "high": high,
        "sampled": bool(answers) and all(answer.sample for answer in answers),
        "people": len(people),
        "kappa": {f"{a} / {b}": _kappa(judged, a, b) for a, b in combinations(people, 2)},
        "alpha": _alpha(judged, people),
    }


def _majority(votes: dict[str, bool]) -> bool | None:
    right = sum(votes.values())
    return None if right * 2 == len(votes) else right * 2 > len(votes)


def _wilson(right: int, count: int) -> tuple[float, float]:
    try:
        from scipy.stats import binomtest
    except ImportError as error:
        raise _missing("scipy") from error
    interval = binomtest(right, count).proportion_ci(confidence_level=0.95, method="wilson")
    return round(float(interval.low), 4), round(float(interval.high), 4)


def _kappa(judged: dict[str, dict[str, bool]], one: str, other: str) -> float | None:
    pairs = [(votes[one], votes[other]) for votes in judged.values() if one in votes and other in votes]
    if not pairs or len({verdict for pair in pairs for verdict in pair}) < 2:
        return None  # with one verdict alone, agreement beyond chance is not defined
    try:
        from sklearn.metrics import cohen_kappa_score
    except ImportError as error:
        raise _missing("scikit-learn") from error
    return round(float(cohen_kappa_score(*zip(*pairs, strict=True))), 4)


def _alpha(judged: dict[str, dict[str, bool]], people: Sequence[str]) -> float | None:
    shared = [votes for votes in judged.values() if len(votes) > 1]
    if not shared or len({verdict for votes in shared for verdict in votes.values()}) < 2:
        return None
    try:
        import krippendorff
        import numpy
    except ImportError as error:
        raise _missing("krippendorff") from error
    table = [[float(votes[who]) if who in votes else numpy.nan for votes in shared] for who in people]
    return round(float(krippendorff.alpha(reliability_data=table, level_of_measurement="nominal")), 4)


def _missing(package: str) -> UsageError:
    return UsageError(f"{package} is not installed, which the figures need. Install quotes[review]")
