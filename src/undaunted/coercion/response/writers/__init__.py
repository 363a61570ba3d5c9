"""Responses as files: scenarios to solve again, and the brief in PDF and Word."""

from undaunted.coercion.response.writers.pdf import pages_of, write_brief_pdf
from undaunted.coercion.response.writers.scenarios import write_scenario
from undaunted.coercion.response.writers.sheet import Brief, Curve, Figure
from undaunted.coercion.response.writers.word import write_brief_word

__all__ = [
    "Brief",
    "Curve",
    "Figure",
    "pages_of",
    "write_brief_pdf",
    "write_brief_word",
    "write_scenario",
]
