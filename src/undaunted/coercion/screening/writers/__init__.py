"""Files out: stakes in the standard's form, and letters as PDF and Word."""

from undaunted.coercion.screening.writers.bods import bods
from undaunted.coercion.screening.writers.letters import MEDIA, write_letter

__all__ = ["MEDIA", "bods", "write_letter"]
