"""The pictures themselves, by Matplotlib: readable in print and without seeing colours.

Orange is against and violet is in favour, a pair that all kinds of colour vision tell apart and that grows darker
toward both ends on paper; labels are shapes besides (▼ against, ● neutral, ▲ favour) and every field of the matrix
bears its number. The same data give the same bytes with the same version of Matplotlib.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotes.errors import UsageError
from quotes.plots.counted import Matrix, Series

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

AGAINST, NEUTRAL, FAVOUR = "#b35806", "#5f5f5f", "#542788"
_MARKS = {"against": ("v", AGAINST), "neutral": ("o", NEUTRAL), "favour": ("^", FAVOUR)}
_STYLE = {
    "font.family": "DejaVu Sans",
    "font.size": 9.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "svg.fonttype": "path",
    "svg.hashsalt": "quotes",
}
_LONG = 34
FORMATS = ("png", "svg", "pdf")


def draw_series(found: Sequence[Series], path: Path) -> None:
    """Stance over time, one panel a speaker → target pair, all with the same axes."""
    with _styled() as figure_of:
        columns = 1 if len(found) == 1 else 2
        rows = -(-len(found) // columns)
        figure = figure_of(4.6 * columns, 1.2 + 1.9 * rows)
        panels = figure.subplots(rows, columns, sharex=True, sharey=True, squeeze=False)
        for panel, one in zip(panels.flat, found, strict=False):
            _draw_panel(panel, one)
        for panel in list(panels.flat)[len(found) :]:
            panel.set_visible(False)
        for row in panels:
            row[0].set_ylabel("P(favour) − P(against)")
        figure.autofmt_xdate(rotation=30)
        figure.legend(*_legend(), loc="lower center", ncols=4, frameon=False)
        figure.suptitle("Stance over time: speaker → target", fontweight="bold")
        figure.tight_layout(rect=(0, 0.3 / figure.get_figheight(), 1, 1))
        _save(figure, path)


def _draw_panel(panel: Axes, one: Series) -> None:
    panel.axhline(0, color="#bbbbbb", linewidth=0.8, zorder=1)
    middles: list[Any] = [day for day, _ in one.means]
    panel.plot(middles, [mean for _, mean in one.means], color="#333333", linewidth=1.1, zorder=2)
    for label, (mark, colour) in _MARKS.items():
        days: list[Any] = [point.day for point in one.points if point.label == label]
        scores = [point.score for point in one.points if point.label == label]
        panel.scatter(days, scores, marker=mark, s=26, color=colour, alpha=0.75, linewidths=0, zorder=3)
    panel.set_ylim(-1.12, 1.12)
    panel.set_yticks([-1, 0, 1], ["against −1", "0", "favour +1"])
    panel.set_title(f"{_short(one.speaker)} → {_short(one.target)}  (n = {len(one.points)})", fontsize=9, loc="left")


def _legend() -> tuple[list[Any], list[str]]:
    from matplotlib.lines import Line2D

    handles = [
        Line2D([], [], marker=mark, color=colour, linestyle="", markersize=6) for mark, colour in _MARKS.values()
    ]
    return [*handles, Line2D([], [], color="#333333", linewidth=1.1)], [*_MARKS, "mean of the period"]


def draw_matrix(found: Matrix, path: Path) -> None:
    """Who toward whom: mean score by colour and number, statements in brackets."""
    with _styled() as figure_of:
        from matplotlib import colormaps
        from matplotlib.colors import Normalize

        figure = figure_of(2.9 + 0.72 * len(found.targets), 2.6 + 0.46 * len(found.speakers))
        axes = figure.subplots()
        colours, scale = colormaps["PuOr_r"], Normalize(-1, 1)
        for (speaker, target), cell in found.cells.items():
            x, y = found.targets.index(target), found.speakers.index(speaker)
            axes.fill([x - 0.48, x + 0.48, x + 0.48, x - 0.48], [y - 0.48, y - 0.48, y + 0.48, y + 0.48],
                      color=colours(1 - scale(cell.score)))  # fmt: skip
            ink = "white" if abs(cell.score) > 0.75 else "black"
            words = f"{cell.score:+.2f}".replace("-", "−") + f"\n({cell.count})"
            axes.text(x, y, words, ha="center", va="center", fontsize=7, color=ink)
        axes.set_xticks(range(len(found.targets)), [_short(name) for name in found.targets], rotation=40, ha="right")
        axes.set_yticks(range(len(found.speakers)), [_short(name) for name in found.speakers])
        axes.set_xlim(-0.5, len(found.targets) - 0.5)
        axes.set_ylim(len(found.speakers) - 0.5, -0.5)
        axes.set_xlabel("target")
        axes.set_ylabel("speaker")
        axes.tick_params(length=0)
        for side in ("left", "bottom"):
            axes.spines[side].set_visible(False)
        title = "Who speaks how of whom\nmean of P(favour) − P(against), statements in brackets"
        figure.suptitle(title, fontsize=10, fontweight="bold")
        figure.tight_layout()
        _save(figure, path)


def _short(name: str) -> str:
    name = " ".join(name.split()).replace("$", r"\$")
    return name if len(name) <= _LONG else name[: _LONG - 1].rstrip() + "…"


class _styled:
    """Inside: our style, and a function from width and height in inches to an empty figure."""

    def __enter__(self) -> Any:  # noqa: ANN401
        try:
            import matplotlib
            from matplotlib.backends.backend_agg import FigureCanvasAgg
            from matplotlib.figure import Figure
        except ImportError as error:
            raise UsageError("pictures need Matplotlib; install it with: pip install 'quotes[plot]'") from error
        self._context = matplotlib.rc_context(_STYLE)
        self._context.__enter__()

        def figure_of(width: float, height: float) -> Figure:
            figure = Figure(figsize=(width, height))
            FigureCanvasAgg(figure)
            return figure

        return figure_of

    def __exit__(self, *failure: Any) -> None:  # noqa: ANN401
        self._context.__exit__(*failure)


def _save(figure: Figure, path: Path) -> None:
    """Write the picture without the day and the program that made it."""
    dates = {"svg": {"Date": None, "Creator": None}, "pdf": {"CreationDate": None, "Producer": None}}
    empty = dates.get(path.suffix[1:], {"Software": None})
    figure.savefig(path, dpi=200, metadata=empty)
