"""Everything that is measured, in one table: stages on one core, workers, Spark, memory against size.

    python benchmarks/all.py ../shared/data/kcna2024_docs.jsonl --output benchmarks.json

Writes the results as JSON with a description of the machine, and beside them a plot of cost against size where
matplotlib is there (extra: plot). Further options are those of scaling.py.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def run(program: str, *options: str) -> dict[str, Any]:
    """The JSON that another of the benchmarks prints."""
    done = subprocess.run([sys.executable, HERE / program, *options], stdout=subprocess.PIPE, text=True, check=True)
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def table(result: dict[str, Any]) -> list[str]:
    """The results as lines."""
    stages = result["stages"]
    lines = [f"On one core, {stages['documents']:,} documents:"]
    for name, row in stages["costs"].items():
        rates = f"{stages['documents'] / row['seconds']:9,.0f} documents/s {row['MB/s'] * 1e6:14,.0f} characters/s"
        lines.append(f"  {name:42} {rates} {row['ratio']:8.1f} x floor")
    if found := result["scaling"].get("comparison"):
        lines.append(f"Whole builds of {found['documents']:,} documents, start-up apart:")
        for name, row in found["ways"].items():
            rate = f"{row['documents_per_second']:9,.1f} documents/s"
            lines.append(f"  {name:42} {rate} {row['megabytes']:8.0f} MB {row['ratio_to_floor']:8.1f} x floor")
        lines += [f"  {name:42} {ratio:9.2f}" for name, ratio in found["ratios"].items()]
    lines.append("Against size, two workers:")
    for row in result["scaling"]["sizes"]:
        ratio = row["seconds"] / row["floor_seconds"]
        size = f"{row['documents']:,} documents"
        lines.append(f"  {size:42} {row['seconds']:9.1f} s {row['megabytes']:18.0f} MB {ratio:8.1f} x floor")
    return lines


def plot(sizes: list[dict[str, Any]], path: Path) -> bool:
    """Seconds and memory against size; False where matplotlib is not there."""
    try:
        from matplotlib.figure import Figure
    except ImportError:
        return False
    figure = Figure(figsize=(7, 3.5), layout="constrained")
    documents = [row["documents"] for row in sizes]
    panels = (("seconds", "seconds, start-up and all"), ("megabytes", "MB, all processes together"))
    for place, (what, label) in enumerate(panels, start=1):
        axes = figure.add_subplot(1, 2, place)
        axes.plot(documents, [row[what] for row in sizes], marker="o")
        axes.set(xscale="log", yscale="log" if what == "seconds" else "linear", xlabel="documents", title=label)
        axes.set_xticks(documents, [f"{number:,}" for number in documents])
        if what == "seconds":
            axes.set_yticks([row[what] for row in sizes], [f"{row[what]:,.0f}" for row in sizes])
        else:
            axes.set_ylim(0, 1.1 * max(row[what] for row in sizes))
        axes.tick_params(which="minor", labelbottom=False, labelleft=False)
        axes.grid(alpha=0.3)
    figure.suptitle("A build with two workers against the size of the corpus", fontsize="medium")
    figure.savefig(path)
    return True


def main() -> None:
    """Measure, print the table, write JSON and plot."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*")
    parser.add_argument("--output", type=Path, default=Path("benchmarks.json"))
    options, further = parser.parse_known_args()
    options.output.parent.mkdir(parents=True, exist_ok=True)  # now, and not after all has been measured
    scaling = run("scaling.py", *options.files, *further)
    result = {"machine": scaling.pop("machine"), "stages": run("extraction.py", *options.files, "--json")}
    result["scaling"] = scaling
    options.output.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print("\n".join(table(result)))
    picture = options.output.with_suffix(".svg")
    drawn = f" and {picture}" if plot(scaling["sizes"], picture) else ""
    print(f"{options.output}{drawn} hold the same")


if __name__ == "__main__":
    main()
