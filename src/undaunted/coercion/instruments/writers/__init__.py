"""Requests with their summaries, the model law and comparisons, as Word and PDF."""

from undaunted.coercion.instruments.writers.filed import filed_paper
from undaunted.coercion.instruments.writers.kits import (
    comparison_csv,
    comparison_paper,
    comparison_told,
    kit_paper,
)
from undaunted.coercion.instruments.writers.requests import (
    WrittenRequest,
    request_paper,
    summary_paper,
    write_request,
)
from undaunted.coercion.instruments.writers.votes import count_in_words, vote_paper
from undaunted.coercion.instruments.writers.weighed import Adoption, InjuryTold, weighed_paper
from undaunted.core.editions.writers.papers import Paper, write_paper_pdf, write_paper_word

__all__ = [
    "Adoption",
    "InjuryTold",
    "Paper",
    "WrittenRequest",
    "comparison_csv",
    "comparison_paper",
    "comparison_told",
    "count_in_words",
    "filed_paper",
    "kit_paper",
    "request_paper",
    "summary_paper",
    "vote_paper",
    "weighed_paper",
    "write_paper_pdf",
    "write_paper_word",
    "write_request",
]
