"""Files out: stakes in the standard's form, letters as PDF and Word, the reference of regimes."""

from undaunted.coercion.screening.writers.bods import bods
from undaunted.coercion.screening.writers.letters import MEDIA, write_letter
from undaunted.coercion.screening.writers.reference import reference_lines

__all__ = ["MEDIA", "bods", "reference_lines", "write_letter"]
