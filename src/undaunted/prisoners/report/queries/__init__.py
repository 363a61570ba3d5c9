"""Reads of the annual report: its editorial texts."""

from undaunted.prisoners.report.queries.texts import (
    TextsInReport,
    hands_of,
    original_of,
    report_document,
    report_figures,
    signed_texts,
    standing_text,
    text_named,
    text_version,
    texts_of_place,
    texts_of_year,
    texts_to_translate,
    years_with_texts,
)

__all__ = [
    "TextsInReport",
    "hands_of",
    "original_of",
    "report_document",
    "report_figures",
    "signed_texts",
    "standing_text",
    "text_named",
    "text_version",
    "texts_of_place",
    "texts_of_year",
    "texts_to_translate",
    "years_with_texts",
]
