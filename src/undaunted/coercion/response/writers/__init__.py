"""Responses as files: scenarios to solve again, and the brief in PDF and Word."""

from undaunted.coercion.response.writers.pdf import pages_of, write_brief_pdf
from undaunted.coercion.response.writers.scenarios import Acted, write_scenario
from undaunted.coercion.response.writers.sheet import Brief, Curve, Figure
from undaunted.coercion.response.writers.word import write_brief_word

__all__ = [
    "Acted",
    "Brief",
    "Curve",
    "Figure",
    "pages_of",
    "write_brief_pdf",
    "write_brief_word",
    "write_scenario",
]
