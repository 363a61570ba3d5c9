"""Forms of the draft: a measure of general application, and the answers to the tests of law."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from undaunted.coercion.instruments.forms.cases import DAY, text_field
from undaunted.coercion.instruments.rules import (
    Aimed,
    AnnexKind,
    CheckAnswer,
    CheckValue,
    Effect,
    Measure,
    Origin,
    annex,
    points,
)
from undaunted.coercion.instruments.writers.case_words import choices_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["MeasureForm", "TestsForm"]


class KeyForm(forms.Form):
    """Which measure is meant."""

    key = forms.SlugField(max_length=60)


class MeasureForm(forms.Form):
    """A measure of general application; one for named persons is read from a file."""

    key = forms.SlugField(label=_("Short name"), max_length=60)
    kind = forms.ChoiceField(label=_("Kind of Annex I"))
    by = forms.ChoiceField(label=_("By the origin of"), choices=choices_of("Origin"))
    scope = text_field(_("Scope: goods with their codes, sectors, regions"))
    legal_basis = forms.CharField(label=_("Legal basis"), max_length=400)
    begins = forms.DateField(label=_("Measures apply from"), widget=DAY)
    ends = forms.DateField(label=_("First day no longer"), widget=DAY, required=False)
    low = forms.FloatField(label=_("Effect at least"), min_value=0, max_value=1e14)
    best = forms.FloatField(label=_("Best estimate"), min_value=0, max_value=1e14)
    high = forms.FloatField(label=_("At most"), min_value=0, max_value=1e14)
    unit = forms.CharField(label=_("Currency and scale"), max_length=24, initial="EUR million")
    year = forms.IntegerField(label=_("Year"), min_value=1950, max_value=2200)
    source = text_field(_("Source"))
    reasons = text_field(_("Reasons"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        kinds = [(each.kind.value, f"{each.number} · {each.title}") for each in annex()]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]

    @staticmethod
    def chosen(told: Mapping[str, Any]) -> forms.Form:
        """Give the form that names one measure."""
        return KeyForm(told)

    def measure(self) -> Measure:
        """Give the measure as it was written."""
        told = self.cleaned_data
        effect = Effect(
            told["low"], told["best"], told["high"], told["unit"], told["year"], told["source"]
        )
        return Measure(
            key=told["key"],
            kind=AnnexKind(told["kind"]),
            aimed=Aimed.GENERAL,
            scope=told["scope"],
            legal_basis=told["legal_basis"],
            effect=effect,
            begins=told["begins"],
            ends=told["ends"],
            by=Origin(told["by"]),
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
                label=point.text,
                help_text=point.article,
                choices=choices_of("CheckValue"),
                initial=answer.value.value,
            )
            self.fields[f"{point.key}_reasons"] = text_field(
                _("Reasons"), required=False, initial=answer.reasons
            )

    def answers(self) -> tuple[CheckAnswer, ...]:
        """Give what was answered."""
        told = self.cleaned_data
        return tuple(
            CheckAnswer(
                point.key, CheckValue(told[point.key]), told[f"{point.key}_reasons"].strip()
            )
            for point in points()
        )
