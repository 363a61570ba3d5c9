"""Files out: stakes in the standard, letters, the reference of regimes, pictures of owners."""

from undaunted.coercion.screening.writers.bods import bods
from undaunted.coercion.screening.writers.drawing import drawing_svg, legend_of
from undaunted.coercion.screening.writers.letters import MEDIA, write_letter
from undaunted.coercion.screening.writers.reference import reference_lines

__all__ = [
    "MEDIA",
    "bods",
    "drawing_svg",
    "legend_of",
    "reference_lines",
    "write_letter",
]
