"""Fields that several forms share: partial dates, and choices from the vocabularies."""

from __future__ import annotations

from functools import partial
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from undaunted.core.actors.rules.partial_date import PartialDate, UnreadableDate
from undaunted.core.events.rules import LANGUAGES, choices, labels
from undaunted.core.places.rules import countries, country_name

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["CountryField", "PartialDateField", "TermField", "language_here", "told"]

_EMPTY = ("", _("Not known"))


class PartialDateField(forms.CharField):
    """A date as well as it is known, written as EDTF; gives a `PartialDate` or None."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401
        kwargs.setdefault(
            "help_text",
            _("As well as it is known: 2021-08-09, 2021-08, 2021, or 2021-08-09~ for about."),
        )
        super().__init__(max_length=40, **kwargs)

    def clean(self, value: Any) -> PartialDate | None:  # noqa: ANN401
        """Read the date, or say that it is none."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return PartialDate.parse(text)
        except UnreadableDate as error:
            raise forms.ValidationError(
                _("%(text)s is no date. Write year, year-month or year-month-day."),
                params={"text": text},
            ) from error

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401
        """Write a date back as it was read."""
        return value.text if isinstance(value, PartialDate) else value


class TermField(forms.ChoiceField):
    """One term of a vocabulary, labelled in the reader's language."""

    def __init__(self, vocabulary: str, *, under: str | None = None, **kwargs: Any) -> None:  # noqa: ANN401
        required = kwargs.get("required", True)
        super().__init__(
            choices=partial(_terms, vocabulary, under=under, required=required), **kwargs
        )


class CountryField(forms.ChoiceField):
    """A country by its code, named in the reader's language."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(
            choices=partial(_countries, required=kwargs.get("required", True)), **kwargs
        )


def language_here() -> str:
    """Give the reader's language if the vocabularies speak it, else English."""
    language = get_language() or "en"
    return language if language in LANGUAGES else "en"


def told(vocabulary: str, code: str) -> str:
    """Give the label of a code in the reader's language; the code itself where it is unknown."""
    return labels(vocabulary, language_here()).get(code, code)


def _terms(name: str, *, under: str | None, required: bool) -> Sequence[tuple[str, Any]]:
    found = choices(name, language_here(), under=under)
    return found if required else (_EMPTY, *found)


def _countries(*, required: bool) -> Sequence[tuple[str, Any]]:
    language = language_here()
    found = [(one.code, country_name(one.code, language)) for one in countries(former=True)]
    found.sort(key=itemgetter(1))
    return found if required else [_EMPTY, *found]
