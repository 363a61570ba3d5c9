"""The question of the matrix as a form: a day, columns, and what narrows the rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from undaunted.core.listings.rules import Kind, Measure
from undaunted.core.listings.writers import KINDS, place_told
from undaunted.core.listings.writers import told as list_word
from undaunted.core.places.rules import countries, country_name
from undaunted.repression.sanctions.rules import (
    MatrixAsked,
    asks_too_little,
    asks_too_many,
    authorities,
)
from undaunted.site.components.clauses import commas_text
from undaunted.site.instants import DayField

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["MatrixForm"]

LONGEST_QUESTION = 120
_BESIDES = frozenset({
    "page", "fbclid", "gclid", "gbraid", "wbraid", "dclid", "msclkid", "twclid", "igsh", "igshid",
    "yclid", "ysclid", "mc_cid", "mc_eid", "_hsenc", "_hsmi",
})  # fmt: skip
"""What an address may say beside the question: much of it is put to links by who passes them on."""
_OF_NEWSLETTERS = "utm_"
_BOXES = forms.CheckboxSelectMultiple


class MatrixForm(forms.Form):
    """Which rows and columns of the matrix to show, of which day, as known when."""

    q = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=LONGEST_QUESTION,
        help_text=_(
            "In any script and spelling, or the number of an entry. The likest come first; a "
            "likeness is of names, and no verdict."
        ),
    )
    country = forms.ChoiceField(label=_("Country of origin"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    programme = forms.CharField(
        label=_("Programme"),
        required=False,
        max_length=LONGEST_QUESTION,
        widget=forms.TextInput(attrs={"list": "programmes"}),
    )
    authority = forms.ChoiceField(label=_("Legal authority"), required=False)
    measure = forms.ChoiceField(
        label=_("Measure"),
        required=False,
        help_text=_("Changes what cells say; it narrows rows only beside who lists, or does not."),
    )
    on = DayField(label=_("Day"), required=False)
    known = DayField(label=_("As known on"), required=False)
    listed_by = forms.MultipleChoiceField(label=_("Listed by"), required=False, widget=_BOXES)
    not_by = forms.MultipleChoiceField(
        label=_("Not known to be listed by"), required=False, widget=_BOXES
    )
    jurisdictions = forms.MultipleChoiceField(
        label=_("Jurisdictions to show"), required=False, widget=_BOXES
    )
    sure = forms.BooleanField(label=_("Only gaps that a current list bears out"), required=False)

    def __init__(self, *args: Any, columns: Iterable[str], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        places = [(code, place_told(code)) for code in columns]
        language = get_language() or "en"
        named = [(each.code, country_name(each.code, language)) for each in countries(former=False)]
        laws = [
            (each.code, f"{place_told(each.jurisdiction)}: {each.short}")
            for each in authorities().values()
            if each.listed_as
        ]
        words = [(each.value, list_word("Measure", each)) for each in Measure]
        choices = {
            "country": _any(sorted(named, key=lambda each: each[1])),
            "kind": _any((each.value, word) for each, word in KINDS.items()),
            "authority": _any(laws),
            "measure": _any(words),
            "listed_by": places,
            "not_by": places,
            "jurisdictions": places,
        }
        for name, held in choices.items():
            self.fields[name].choices = held  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse what is no field, a jurisdiction that lists and does not, and days to come."""
        unknown = sorted(set(self.data) - set(self.fields) - self.besides)
        if unknown:
            told = {"names": commas_text(unknown), "known": commas_text(self.fields)}
            raise forms.ValidationError(
                _("%(names)s: there is no such field; there are %(known)s."), params=told
            )
        found: dict[str, Any] = super().clean() or {}
        if asks_too_little(found.get("q") or ""):
            self.add_error("q", _("A name to search for has two letters or more."))
        if asks_too_many(found.get("q") or ""):
            self.add_error("q", _("Too many names are asked for at once: ask for each by itself."))
        today = timezone.now().date()
        for name in ("on", "known"):
            if (found.get(name) or today) > today:
                self.add_error(name, _("The day is ahead: name today or an earlier day."))
        both = set(found.get("listed_by") or ()) & set(found.get("not_by") or ())
        if both:
            self.add_error("not_by", _("A jurisdiction stands in both: leave it in one."))
        return found

    def question(self) -> MatrixAsked:
        """Give the question; of today where no day is named. Only for a form that is valid."""
        told = self.cleaned_data
        return MatrixAsked(
            on=told["on"] or timezone.now().date(),
            known=told["known"],
            jurisdictions=tuple(told["jurisdictions"]),
            country=told["country"],
            programme=told["programme"],
            authority=told["authority"],
            measure=Measure(told["measure"]) if told["measure"] else None,
            kind=Kind(told["kind"]) if told["kind"] else None,
            words=told["q"],
            listed_by=tuple(told["listed_by"]),
            not_by=tuple(told["not_by"]),
            sure=told["sure"],
        )

    @property
    def narrowed(self) -> bool:
        """Whether more than a day and a name was asked for: the filters stand open then."""
        asked = {name for name in self.data if self.data[name]} - self.besides
        return bool(asked - {"on", "known", "q"}) or bool(self.errors)

    @property
    def besides(self) -> frozenset[str]:
        """What the address says beside the question: a page, and who passed it on."""
        return _BESIDES | {name for name in self.data if name.startswith(_OF_NEWSLETTERS)}


def _any(choices: Iterable[tuple[str, Any]]) -> list[tuple[str, Any]]:
    return [("", _("any")), *choices]
