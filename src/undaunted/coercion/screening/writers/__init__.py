"""Files out: stakes in the standard's form, letters as PDF and Word, pictures of owners as SVG."""

from undaunted.coercion.screening.writers.bods import bods
from undaunted.coercion.screening.writers.drawing import drawing_svg, legend_of
from undaunted.coercion.screening.writers.letters import MEDIA, write_letter

__all__ = ["MEDIA", "bods", "drawing_svg", "legend_of", "write_letter"]
