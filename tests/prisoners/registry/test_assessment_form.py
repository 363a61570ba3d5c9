"""A translation nobody has checked is never shown without the English beside it."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from undaunted.core.standards.rules import SourceStatus, pack
from undaunted.prisoners.registry.forms.standing import AssessmentForm

DAY = date(2026, 11, 1)


@pytest.mark.parametrize("name", ["pace-1900", "wgad", "cpj-census"])
@pytest.mark.parametrize("language", ["en", "fr", "es", "ru", "ar"])
def test_unreviewed_text_stands_beside_the_english(name: str, language: str) -> None:
    known = pack(name, DAY)
    with translation.override(language):
        form = AssessmentForm(pack=known)
        for criterion in known.criteria.values():
            told = str(form.fields[f"value-{criterion.id}"].help_text)
            text = criterion.text(language)
            assert text.text in told
            marked = text is not criterion.texts["en"] and text.status is SourceStatus.UNVERIFIED
            assert (criterion.texts["en"].text in told) or not marked
            assert (told != text.text) == marked


def test_the_french_of_pace_is_the_assemblys_own_as_far_as_it_was_read() -> None:
    with translation.override("fr"):
        known = pack("pace-1900", DAY)
        form = AssessmentForm(pack=known)
        assert form.fields["value-a"].help_text == known.criteria["a"].texts["fr"].text
        told = str(form.fields["value-e_unfair"].help_text)
        assert "langue maternelle" in told or "locuteur natif" in told
