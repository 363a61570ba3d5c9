"""Fields that several forms share: partial dates, and choices from the vocabularies."""

from __future__ import annotations

from functools import partial
from operator import itemgetter
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from undaunted.core.actors.rules.partial_date import PartialDate, UnreadableDate
from undaunted.core.events.rules import LANGUAGES, choices, labels
from undaunted.core.places.rules import countries, country_name
from undaunted.site.languages import LANGUAGES as PRODUCT_LANGUAGES
from undaunted.site.languages import current_locale

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "CountryField",
    "LanguageField",
    "PartedForm",
    "PartialDateField",
    "Parts",
    "TermField",
    "language_here",
    "told",
]

_EMPTY = ("", _("Not known"))
_CHOOSE = ("", _("Choose one"))
_TWO_LETTERS = 2

Parts = tuple[tuple[Any, tuple[str, ...]], ...]
"""Headings with the names of the fields below them."""


class PartedForm(forms.Form):
    """A long form shown in parts: each a heading and the fields below it."""

    PARTS: ClassVar[Parts] = ()

    def parts(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """Give the headings with their fields; what no part names comes last, without one."""
        named = [(title, [self[name] for name in names]) for title, names in self.PARTS]
        rest = [self[name] for name in self.fields if not self._is_named(name)]
        return [*named, ("", rest)] if rest else named

    def _is_named(self, field: str) -> bool:
        return any(field in names for _title, names in self.PARTS)


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
    """One term of a vocabulary, labelled in the reader's language.

    With `general`, the term above the others can be chosen too, for what is not known closer.
    """

    def __init__(
        self,
        vocabulary: str,
        *,
        under: str | None = None,
        general: bool = False,
        **kwargs: Any,  # noqa: ANN401 - those of the field
    ) -> None:
        offered = partial(_terms, vocabulary, under, general=general)
        required = kwargs.get("required", True)
        super().__init__(choices=partial(offered, required=required), **kwargs)


class CountryField(forms.ChoiceField):
    """A country by its code, named in the reader's language."""

    def __init__(self, *, empty: Any = "", **kwargs: Any) -> None:  # noqa: ANN401
        first = empty or (_CHOOSE if kwargs.get("required", True) else _EMPTY)[1]
        super().__init__(choices=partial(_countries, first), **kwargs)


class LanguageField(forms.ChoiceField):
    """A language by its code, named in the reader's language; those of the product come first."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401
        kwargs.setdefault("required", False)
        super().__init__(choices=_languages, **kwargs)


def language_here() -> str:
    """Give the reader's language if the vocabularies speak it, else English."""
    language = get_language() or "en"
    return language if language in LANGUAGES else "en"


def told(vocabulary: str, code: str) -> str:
    """Give the label of a code in the reader's language; the code itself where it is unknown."""
    return labels(vocabulary, language_here()).get(code, code)


def _terms(
    name: str, under: str | None, *, general: bool, required: bool
) -> Sequence[tuple[str, Any]]:
    found = choices(name, language_here(), under=under)
    above = ((under, told(name, under)),) if general and under else ()
    return (_CHOOSE if required else _EMPTY, *found, *above)


def _countries(first: Any) -> Sequence[tuple[str, Any]]:  # noqa: ANN401 - a lazy text
    language = language_here()
    found = [(one.code, country_name(one.code, language)) for one in countries(former=True)]
    found.sort(key=itemgetter(1))
    return [("", first), *found]


def _languages() -> Sequence[tuple[str, Any]]:
    named = current_locale().languages
    ours = [(one.code, one.own_name) for one in PRODUCT_LANGUAGES]
    known = {code for code, _name in ours}
    others = [
        (code, name)
        for code, name in named.items()
        if len(code) == _TWO_LETTERS and code not in known
    ]
    others.sort(key=itemgetter(1))
    return [_EMPTY, *ours, *others]
