"""Clauses of a question and of an entry are parted as each language parts them."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from undaunted.core.listings.rules import Measure
from undaunted.repression.sanctions.rules import Line, MatrixAsked, State, Tie
from undaunted.repression.sanctions.writers import line_told, question_marked, question_told

ASKED = MatrixAsked(date(2026, 6, 1), country="XR", measure=Measure.ASSET_FREEZE, words="Varga")


@pytest.mark.parametrize(
    ("language", "mark"),
    [("en", "; "), ("fr", "; "), ("ar", "؛ "), ("fa", "؛ "), ("ug", "؛ "), ("zh-hans", "；")],  # noqa: RUF001 - that of Chinese
)
def test_clauses_are_parted_by_the_semicolon_of_the_language(language: str, mark: str) -> None:
    line = Line("xf-invented", "F1", "Varga", State.LISTED, Tie.OWN, since="2024-03-01")
    with translation.override(language):
        for told in (question_told(ASKED), str(question_marked(ASKED)), line_told(line)):
            assert mark in told
            assert mark == "; " or "; " not in told
