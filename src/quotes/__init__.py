"""Quotations from news and state media: who said what, when, carried by whom, and with which stance.

>>> import quotes
>>> rows = quotes.extract("“We shall see,” President Aldo Brenn of Norvania said on Monday.", stance=False)
>>> rows[0]["speaker"], rows[0]["quote"]
('Aldo Brenn', 'We shall see,')
"""

from __future__ import annotations

from quotes.api import extract
from quotes.errors import DocumentError, ModelError, QuotesError, RegistryError, ReleaseError, UsageError
from quotes.records import Document

__version__ = "0.10.0"

__all__ = [
    "Document",
    "DocumentError",
    "ModelError",
    "QuotesError",
    "RegistryError",
    "ReleaseError",
    "UsageError",
    "__version__",
    "extract",
]
