"""Stakes as files of others' formats, and answers about them as pictures."""

from undaunted.coercion.screening.writers.bods import bods
from undaunted.coercion.screening.writers.drawing import drawing_svg, legend_of

__all__ = ["bods", "drawing_svg", "legend_of"]
