"""The command line: one command, one file.

Exit codes: 0 done; 1 done, but some documents failed, and they are listed; 2 wrong use, and nothing was
written.
"""

from __future__ import annotations

from quotes.cli.app import app, main

__all__ = ["app", "main"]
