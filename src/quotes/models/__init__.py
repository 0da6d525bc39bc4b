"""The stance model that `quotes` ships, how it is loaded, and the ledger that remembers its scores."""

from quotes.models.folder import Precision
from quotes.models.ledger import LedgerScorer, ledger_key, read_ledger, write_ledger
from quotes.models.loader import load
from quotes.models.rows import row_input, score_row, score_rows, scored_row
from quotes.models.scorer import Scorer, TransformerScorer

__all__ = [
    "LedgerScorer",
    "Precision",
    "Scorer",
    "TransformerScorer",
    "ledger_key",
    "load",
    "read_ledger",
    "row_input",
    "score_row",
    "score_rows",
    "scored_row",
    "write_ledger",
]
