"""Ways to carry out the same work on many items. An engine does not know what it runs."""

from __future__ import annotations

from quotes.engines.local import Failure, available_cores, run

__all__ = ["Failure", "available_cores", "run"]
