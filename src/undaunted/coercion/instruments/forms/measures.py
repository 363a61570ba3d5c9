"""Forms of the draft: a measure, general or for linked persons, and answers to tests of law."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from undaunted.coercion.instruments.analysis import GivenStakes, design_with_stakes
from undaunted.coercion.instruments.forms.cases import text_field
from undaunted.coercion.instruments.rules import (
    Aimed,
    AnnexKind,
    CheckAnswer,
    CheckValue,
    Design,
    Effect,
    Link,
    LinkedPerson,
    Measure,
    MeasureRefused,
    Origin,
    annex,
    points,
    unfounded,
)
from undaunted.coercion.instruments.writers.case_words import choices_of
from undaunted.site.english import law_told, marked, told_by_field
from undaunted.site.instants import DayField

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

__all__ = ["MeasureForm", "TestsForm"]

LARGEST_STAKES = 5_000_000
PERSONS = range(1, 4)
_PARTS = ("_link", "_id", "_reasons", "_sources")


def _short(label: Any) -> forms.CharField:  # noqa: ANN401 - words, translated later
    return forms.CharField(label=label, max_length=160, required=False)


class KeyForm(forms.Form):
    """Which measure is meant."""

    key = forms.SlugField(max_length=60)


class MeasureForm(forms.Form):
    """A measure of general application, or for the linked persons that it names.

    Of a majority the stakes of the file are asked; nobody states an answer here.
    """

    key = forms.SlugField(label=_("Short name"), max_length=60)
    kind = forms.ChoiceField(label=_("Kind of Annex I"))
    by = forms.ChoiceField(label=_("By the origin of"), choices=choices_of("Origin"))
    scope = text_field(_("Scope: goods with their codes, sectors, regions"))
    legal_basis = forms.CharField(label=_("Legal basis"), max_length=400)
    begins = DayField(label=_("Measures apply from"))
    ends = DayField(label=_("First day no longer"), required=False)
    low = forms.FloatField(label=_("Effect at least"), min_value=0, max_value=1e14)
    best = forms.FloatField(label=_("Best estimate"), min_value=0, max_value=1e14)
    high = forms.FloatField(label=_("At most"), min_value=0, max_value=1e14)
    unit = forms.CharField(label=_("Currency and scale"), max_length=24, initial="EUR million")
    year = forms.IntegerField(label=_("Year"), min_value=1950, max_value=2200)
    source = text_field(_("Source"))
    reasons = text_field(_("Reasons"))
    stakes = forms.FileField(label=_("Take in a file of stakes"), required=False)
    government = forms.CharField(
        label=_("Government"), help_text=_("Its id in the stakes"), max_length=300, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        for number in PERSONS:
            self._add_person(f"person_{number}")
        kinds = [(each.kind.value, f"{each.number} · {law_told(each.title)}") for each in annex()]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]

    @staticmethod
    def chosen(told: Mapping[str, Any]) -> forms.Form:
        """Give the form that names one measure."""
        return KeyForm(told)

    def plain(self) -> list[Any]:
        """Give the fields of the measure itself for the page."""
        return [each for each in self if not each.name.startswith("person_")]

    def persons(self) -> list[list[Any]]:
        """Give the fields of each person for the page."""
        return [[self[f"person_{number}{part}"] for part in ("", *_PARTS)] for number in PERSONS]

    def measure(self, on: date) -> Measure:
        """Give the measure as it was written, its majorities as the stakes of a day show them.

        Raises `MeasureRefused` for stakes that cannot be asked.
        """
        made, told = self._measure(), self.cleaned_data
        file, government = told["stakes"], told["government"].split()
        if file is None:
            return made
        if file.size > LARGEST_STAKES:
            raise MeasureRefused(f"stakes: are larger than {LARGEST_STAKES:,} bytes; cut them")
        if not government:
            raise MeasureRefused("government: write its id in the stakes")
        ids = {
            told[f"person_{number}"].strip(): told[f"person_{number}_id"].strip()
            for number in PERSONS
            if told[f"person_{number}_id"].strip()
        }
        given = GivenStakes(file.name, file.read(), tuple(government), on)
        return design_with_stakes(Design((made,)), ids, given).measures[0]

    def _add_person(self, key: str) -> None:
        self.fields[key] = _short(_("Name"))
        self.fields[f"{key}_link"] = forms.ChoiceField(
            label=_("Kind"), choices=choices_of("Link"), required=False
        )
        self.fields[f"{key}_id"] = _short(_("Its id in the stakes"))
        self.fields[f"{key}_reasons"] = text_field(_("Reasons"), required=False)
        self.fields[f"{key}_sources"] = _short(_("Evidence"))

    def _persons(self) -> Iterator[LinkedPerson]:
        told = self.cleaned_data
        for number in PERSONS:
            key = f"person_{number}"
            if told[key].strip():
                yield LinkedPerson(
                    told[key].strip(),
                    Link(told[f"{key}_link"] or Link.MAJORITY),
                    reasons=told[f"{key}_reasons"].strip(),
                    sources=tuple(told[f"{key}_sources"].split()),
                )

    def _measure(self) -> Measure:
        told, persons = self.cleaned_data, tuple(self._persons())
        effect = Effect(
            told["low"], told["best"], told["high"], told["unit"], told["year"], told["source"]
        )
        return Measure(
            key=told["key"],
            kind=AnnexKind(told["kind"]),
            aimed=Aimed.LINKED if persons else Aimed.GENERAL,
            scope=told["scope"],
            legal_basis=told["legal_basis"],
            effect=effect,
            begins=told["begins"],
            ends=told["ends"],
            by=None if persons else Origin(told["by"]),
            persons=persons,
            reasons=told["reasons"],
        )


class TestsForm(forms.Form):
    """Points of the tests of law, each answered with reasons; nothing is counted."""

    __test__ = False

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        answers: Iterable[CheckAnswer],
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **kwargs)
        held = {each.key: each for each in answers}
        for point in points():
            answer = held.get(point.key, CheckAnswer(point.key, CheckValue.OPEN))
            self.fields[point.key] = forms.ChoiceField(
                label=marked(point.text, law=True),
                help_text=marked(point.article),
                choices=choices_of("CheckValue"),
                initial=answer.value.value,
            )
            self.fields[f"{point.key}_reasons"] = text_field(
                _("Reasons"), required=False, initial=answer.reasons
            )

    def clean(self) -> dict[str, Any]:
        """Ask for the reasons of each yes beside it."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            for problem in unfounded(self.answers()):
                for key, said in told_by_field(problem):
                    self.add_error(f"{key}_reasons", said)
        return told

    def answers(self) -> tuple[CheckAnswer, ...]:
        """Give what was answered."""
        told = self.cleaned_data
        return tuple(
            CheckAnswer(
                point.key, CheckValue(told[point.key]), told[f"{point.key}_reasons"].strip()
            )
            for point in points()
        )
