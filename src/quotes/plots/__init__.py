"""Pictures of a release: stance over time, and who speaks how of whom."""

from quotes.plots.counted import Cell, Matrix, Point, Series, matrix, opinions, series
from quotes.plots.drawn import draw_matrix, draw_series

__all__ = ["Cell", "Matrix", "Point", "Series", "draw_matrix", "draw_series", "matrix", "opinions", "series"]
