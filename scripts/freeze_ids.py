"""Write down identifiers of the first version, which no later version may change.

    python scripts/freeze_ids.py 0.1.0

Up to 100 of them, spread over the tables, go to tests/cases/frozen_ids.json, once: where the file is there already
nothing is written and the exit code is 1.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from quotes import release

ROOT = Path(__file__).resolve().parent.parent
FROZEN = ROOT / "tests" / "cases" / "frozen_ids.json"
KEYS = {"quotes": "quote_id", "statements": "statement_id", "documents": "doc_id", "challenge": "doc_id"}
MOST = 100


def main() -> int:
    """Write the list, where there is none."""
    if FROZEN.exists():
        print(f"{FROZEN} is there already, and never changes")
        return 1
    folder = ROOT / "data" / "processed" / sys.argv[1]
    ids = {name: sorted(row[key] for row in release.read_table(folder, name)) for name, key in KEYS.items()}
    left = MOST
    kept: dict[str, list[str]] = {}
    for name, found in ids.items():
        kept[name] = found[:left]
        left -= len(kept[name])
    FROZEN.write_text(json.dumps({"version": folder.name, "ids": kept}, indent=1) + "\n", encoding="utf-8")
    print(f"{MOST - left} identifiers of {folder.name} → {FROZEN}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
