"""Draw how far the confidence of the shipped stance model can be trusted, from the record of its training.

    python training/draw_reliability.py --record training/stance_record.json \\
        --out src/quotes/models/stance/reliability.svg

One panel a development file: accuracy of the rows of each interval of confidence against their mean confidence, rows
as grey bars. The same record gives the same picture with the same version of Matplotlib (extra: plot).
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import matplotlib
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

_STYLE = {"font.family": "DejaVu Sans", "font.size": 8.0, "svg.hashsalt": "quotes", "svg.fonttype": "path"}


def draw(shipped: dict[str, Any], out: Path) -> None:
    """Write the picture of ``shipped``, that entry of a record."""
    names = sorted(shipped["reliability"], reverse=True)
    with matplotlib.rc_context(_STYLE):
        figure = Figure(figsize=(2.6 * len(names), 2.9))
        FigureCanvasAgg(figure)
        for panel, name in zip(figure.subplots(1, len(names), sharey=True, squeeze=False)[0], names, strict=True):
            bins = shipped["reliability"][name]
            most = max(one["rows"] for one in bins)
            heights = [0.3 * one["rows"] / most for one in bins]
            panel.bar([one["low"] + 0.05 for one in bins], heights, width=0.09, color="#cccccc")
            for one, height in zip(bins, heights, strict=True):
                panel.text(one["low"] + 0.05, height + 0.01, str(one["rows"]), ha="center", fontsize=6, color="#555555")
            panel.plot([0, 1], [0, 1], color="#888888", linestyle="--", linewidth=0.8)
            sure, right = [one["confidence"] for one in bins], [one["accuracy"] for one in bins]
            panel.plot(sure, right, color="#542788", marker="o", markersize=4, linewidth=1.2)
            panel.axvline(shipped["abstain_below"], color="#b35806", linewidth=0.8, linestyle=":")
            panel.set_title(f"{name}\nECE {shipped['calibration_error'][name]:.3f}", fontsize=8)
            panel.set_xlim(0.3, 1.0)
            panel.set_ylim(0.0, 1.0)
            panel.set_xlabel("confidence")
        figure.axes[0].set_ylabel("accuracy (bars: rows)")
        figure.tight_layout()
        figure.savefig(out, metadata={"Date": None, "Creator": None} if out.suffix == ".svg" else None)


def main() -> None:
    """Read the command line and draw."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--record", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    draw(json.loads(given.record.read_text(encoding="utf-8"))["shipped"], given.out)


if __name__ == "__main__":
    main()
