"""How much is read at once: bounds that no honest article reaches, so that no input fills the memory."""

from __future__ import annotations

MAX_CHARACTERS = 5_000_000
"""Of one document; the longest novels have three million. Longer ones are refused with advice."""

MAX_LINE = 8 * MAX_CHARACTERS
"""Bytes of one line of JSON, or of one plain text file: what the longest document may take, escapes included."""

MAX_PAGE = 32 << 20
"""Bytes of one web page."""

BOMB_RATIO = 200
"""A packed file that unpacks to more times its size is no text: plain language packs 3 to 20 times."""

BOMB_START = 64 << 20
"""Bytes that are unpacked before the ratio is looked at: small files of one repeated line are no danger."""
