"""Whether the dates of a quotation agree with each other and with the day its document was printed."""

from __future__ import annotations

import calendar
import re
from datetime import date

_PUBLISHED = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


def date_fault(said: str | None, edtf: str | None, basis: str, published: str | None) -> str | None:
    """What is wrong with the dates of a row, as a phrase; None where nothing is."""
    if (basis == "none") != (edtf is None):
        return f"date_basis is {basis!r} although date_edtf is {edtf!r}"
    if said is None:
        return None
    try:
        day = date.fromisoformat(said)
    except ValueError:
        return f"date {said!r} is no day of the calendar"
    if len(said) != 10:
        return f"date {said!r} is not written YYYY-MM-DD"
    if edtf != said:
        return f"date is {said!r} although date_edtf is {edtf!r}"
    limit = last_day(published)
    return f"date {said} is later than the day of publication, {published}" if limit and day > limit else None


def last_day(published: str | None) -> date | None:
    """The last day that an EDTF day, month or year covers; None where it is not known or of another form."""
    match = _PUBLISHED.fullmatch(published or "")
    if match is None or not 1 <= int(match[2] or 12) <= 12 or int(match[1]) == 0:
        return None
    year, month = int(match[1]), int(match[2] or 12)
    longest = calendar.monthrange(year, month)[1]
    return date(year, month, min(int(match[3] or longest), longest)) if match[3] != "00" else None
