"""The form of a step into a stage: what this very step needs, and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from undaunted.coercion.instruments.analysis import StepFacts, StepPlan
from undaunted.coercion.instruments.forms.cases import text_field
from undaunted.coercion.instruments.rules import Opinion, Stage
from undaunted.coercion.instruments.writers.case_words import choices_of
from undaunted.site.instants import DayField

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["StepForm", "WaitingForm"]

_TESTS = ("consulted", "heard", "explained", "opinion")
_ASKED: Mapping[tuple[Stage, Stage], tuple[str, ...]] = {
    (Stage.ENGAGEMENT, Stage.ADOPTED): (*_TESTS, "applies_on"),
    (Stage.ADOPTED, Stage.ENDED): ("ground", "opinion"),
    (Stage.APPLIED, Stage.APPLIED): (*_TESTS, "immediate"),
    (Stage.APPLIED, Stage.SUSPENDED): ("ground", "opinion", "immediate"),
    (Stage.APPLIED, Stage.ENDED): ("ground", "opinion", "immediate"),
    (Stage.SUSPENDED, Stage.APPLIED): ("opinion", "immediate"),
    (Stage.SUSPENDED, Stage.ENDED): ("ground", "opinion", "immediate"),
}
_GROUNDS = {Stage.SUSPENDED: "Suspension", Stage.ENDED: "Termination"}


class WaitingForm(forms.Form):
    """Which step was read before it is confirmed or refused."""

    step = forms.UUIDField()

    @staticmethod
    def of(told: Mapping[str, Any], *_: object) -> WaitingForm:
        """Give the form that names one step."""
        return WaitingForm(told)


class StepForm(forms.Form):
    """A step into a stage; fields that the step does not need are not asked."""

    on = DayField(label=_("Day"))
    reasons = text_field(_("Reasons"), rows=4)
    consulted = forms.BooleanField(
        label=_("Information and views were gathered (Article 13)"), required=False
    )
    heard = forms.BooleanField(
        label=_("Persons that are named had time to answer (Article 10)"), required=False
    )
    explained = text_field(
        _("Why the measures stay within the injury, where the intervals overlap"), required=False
    )
    opinion = forms.ChoiceField(
        label=_("Opinion of the committee"),
        choices=[("", "—"), *choices_of("Opinion")],
        required=False,
    )
    immediate = forms.BooleanField(
        label=_("Urgent: applies at once, without the committee (Article 18(3))"), required=False
    )
    ground = forms.ChoiceField(label=_("Ground"))
    applies_on = DayField(label=_("Measures apply from"))

    def __init__(self, *args: Any, stage: Stage, to: Stage, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self._to = to
        asked = {"on", "reasons", *_ASKED.get((stage, to), ())}
        for name in set(self.fields) - asked:
            del self.fields[name]
        if "ground" in self.fields:
            self.fields["ground"].choices = choices_of(_GROUNDS[to])  # type: ignore[attr-defined]

    def plan(self) -> StepPlan:
        """Give the step as it was written."""
        told = dict(self.cleaned_data)
        on, reasons = told.pop("on"), told.pop("reasons")
        told["opinion"] = Opinion(told["opinion"]) if told.get("opinion") else None
        return StepPlan(self._to, on, reasons, StepFacts(**told))
