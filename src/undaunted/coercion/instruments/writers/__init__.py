"""Requests and their summaries as Word and PDF."""

from undaunted.coercion.instruments.writers.papers import Paper, write_paper_pdf, write_paper_word
from undaunted.coercion.instruments.writers.requests import (
    WrittenRequest,
    request_paper,
    summary_paper,
    write_request,
)

__all__ = [
    "Paper",
    "WrittenRequest",
    "request_paper",
    "summary_paper",
    "write_paper_pdf",
    "write_paper_word",
    "write_request",
]
