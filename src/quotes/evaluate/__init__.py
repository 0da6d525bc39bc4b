"""Gold and predictions in, the figures that we publish out.

The files: `read_gold`, `read_predicted`, `read_spans`, `read_doc_ids`. The figures: `evaluate`.
"""

from __future__ import annotations

from quotes.evaluate.figures import Figures, evaluate
from quotes.evaluate.files import Gold, read_doc_ids, read_gold, read_predicted, read_spans

__all__ = ["Figures", "Gold", "evaluate", "read_doc_ids", "read_gold", "read_predicted", "read_spans"]
