"""Stakes as files of others' formats, and answers about them as pictures."""

from undaunted.coercion.screening.writers.drawing import drawing_svg, legend_of
from undaunted.coercion.screening.writers.statements import bods

__all__ = ["bods", "drawing_svg", "legend_of"]
