"""What a search was asked, in the reader's words, so that fronts can be told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from undaunted.coercion.response.analysis.spreading import set_told
from undaunted.coercion.response.analysis.words import (
    commas,
    instrument_told,
    key_told,
    level_told,
    nation,
    per_cent,
    pool_told,
    sectors_asked,
    spelt,
)
from undaunted.site.components.numbers import number_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.coercion.response.readers.fronts import Front
    from undaunted.coercion.response.readers.question import Asked

__all__ = ["asked_told"]


def asked_told(front: Front) -> Iterator[tuple[str, str]]:
    """Give label and words of each thing that was asked, and against what it is told."""
    question = front.question
    yield _("Partners who may act"), commas(nation(each) for each in question.partners)
    yield _("Measures"), commas(instrument_told(each) for each in question.instruments)
    yield _("Sectors"), sectors_asked(question.sectors)
    yield _("Levels"), commas(spelt(each) for each in question.levels)
    replies = commas(level_told(each) for each in question.retaliation)
    yield _("Answers of the coercer, of each measure"), replies
    yield from _terms(question.terms)
    yield _("Benchmark"), front.data
    yield _("Elasticities"), set_told(front.elasticities)
    yield _("Choices solved"), number_text(front.solved)


def _terms(terms: Asked) -> Iterator[tuple[str, str]]:
    if terms.ceiling is not None:
        yield _("No partner loses more than"), per_cent(terms.ceiling)
    if terms.least_harm:
        yield _("The coercer loses at least"), per_cent(terms.least_harm)
    yield _("Payments"), key_told(terms.transfers)
    if terms.transfers is not None:
        yield _("Who pays and is paid"), pool_told(terms.among)
