"""List anew where the pipeline and the gold of the challenge disagree.

    python scripts/challenge_failures.py                       write the list, show what changed
    python scripts/challenge_failures.py --show                show every disagreement, write nothing
    python scripts/challenge_failures.py --reason "new rules"  give new ones this reason

The list is tests/cases/challenge_known_failures.json. Failures that remain keep their reasons; those that are
none any more leave the list; new ones get the reason "unread", which the tests refuse: read each against the
text, mend the gold or the rule, or say in a few words why it fails.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from challenge_case import KNOWN, UNREAD, disagreements, read_known, write_known


def main() -> int:
    """Compare, write, show."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", action="store_true", help="show every disagreement and write nothing")
    parser.add_argument("--reason", default=UNREAD, help="the reason of failures that are new")
    wanted = parser.parse_args()
    found = disagreements()
    known = read_known() if KNOWN.exists() else {}
    if wanted.show:
        for place, said in found.items():
            print(place.doc_id, place.quote_start, place.field, said, f"[{known.get(place, UNREAD)}]", sep="\t")
        return 0
    write_known({place: known.get(place, wanted.reason) for place in found})
    for place, said in found.items():
        if place not in known:
            print("new", place.doc_id, place.quote_start, place.field, said, sep="\t")
    mended = Counter(place.field for place in known if place not in found)
    print(f"{len(found)} known failures, {sum(place not in known for place in found)} of them new;", end=" ")
    print(f"{mended.total()} mended" + (f": {dict(mended)}" if mended else ""))
    return 0


if __name__ == "__main__":
    sys.exit(main())
