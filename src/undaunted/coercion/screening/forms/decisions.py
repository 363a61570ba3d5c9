"""Forms of stages, decisions, measures and looks at them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from undaunted.coercion.screening.actions import CheckPlan, DecisionPlan, MitigationPlan
from undaunted.coercion.screening.analysis.sheets import regimes_of
from undaunted.coercion.screening.forms.findings import evidence_of, factors_told, rests_on
from undaunted.coercion.screening.forms.parts import (
    CaseForm,
    EvidenceField,
    day_field,
    text_field,
    tick_field,
)
from undaunted.coercion.screening.queries import authority_name
from undaunted.coercion.screening.rules import (
    FIRST_LOOK,
    DecisionKind,
    Mitigation,
    Outcome,
    ScreeningStage,
    Terms,
    next_stages,
)
from undaunted.coercion.screening.writers.case_terms import choices_of, condition_told, in_words
from undaunted.site.english import law_told

__all__ = ["CheckForm", "DecisionForm", "MitigationForm", "MoveForm", "RecourseForm",
           "ResultForm"]  # fmt: skip


class MoveForm(CaseForm):
    """The next stage, with reasons where they are needed."""

    to = forms.ChoiceField(label=_("Stage"))
    reason = text_field(_("Reasons"), rows=2, required=False)

    def prepare(self) -> None:
        """Give where the case can go by one person's step."""
        ways = next_stages(ScreeningStage(self.sheet.stage))
        taken = {ScreeningStage.DECIDED, ScreeningStage.FILED}
        self.choose("to", [(str(e), in_words("Stage", e)) for e in ways if e not in taken])


class DecisionForm(CaseForm):
    """A decision, for a second person to take; it rests on factors and never on nationality."""

    regime = forms.ChoiceField(label=_("Law"))
    kind = forms.ChoiceField(label=_("Decision"), choices=choices_of("DecisionKind"))
    factors = forms.MultipleChoiceField(
        label=_("Factors"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("At least one. Nationality alone is none."),
    )
    reasons = text_field(_("Reasons"), rows=5)
    kept = text_field(_("Confidential, for the team alone"), rows=2, required=False)
    conditions = text_field(_("Conditions, one a line"), required=False)
    starts_on = day_field(
        _("Conditions bind from"),
        required=False,
        help_text=_("The day of the decision, where nothing is said."),
    )
    ends_on = day_field(
        _("Conditions bind until"),
        required=False,
        help_text=_("Until they are lifted, where nothing is said."),
    )
    months = forms.IntegerField(
        label=_("Months between two looks"), initial=FIRST_LOOK, required=False
    )
    watched_by = forms.CharField(label=_("Who looks"), max_length=200, required=False)
    no_less = text_field(_("Why conditions do not suffice"), rows=2, required=False)
    utmost_account = text_field(
        _("How comments and opinions were taken into account"), rows=2, required=False
    )
    urgent = text_field(
        _("Why the decision cannot wait until partners' periods end"), rows=2, required=False
    )
    urgent_told_on = day_field(
        _("Day on which partners were told that the decision does not wait"), required=False
    )
    urgent_told_to = forms.CharField(
        label=_("Which partners were told"), max_length=400, required=False
    )
    completed = tick_field(_("The investment was completed already"))
    unwind_by = day_field(_("Last day on which the investment is unwound"), required=False)
    day = day_field(_("Day from which it counts"))

    def prepare(self) -> None:
        """Give laws and assessed factors."""
        self.initial.setdefault("watched_by", authority_name(self.actor, self.sheet.case))
        held = regimes_of(self.sheet)
        self.choose("regime", [(each.key, law_told(each.title)) for each in held])
        self.choose("factors", factors_told(self.sheet))
        self.fields["factors"].needed = True  # type: ignore[attr-defined]

    def plan(self) -> DecisionPlan:
        """Give what was written."""
        told = self.cleaned_data
        return DecisionPlan(
            regime=told["regime"],
            kind=DecisionKind(told["kind"]),
            reasons=told["reasons"],
            factors=tuple(UUID(each) for each in told["factors"]),
            day=told["day"],
            conditions=tuple(e.strip() for e in told["conditions"].splitlines() if e.strip()),
            no_less=told["no_less"],
            utmost_account=told["utmost_account"],
            completed=told["completed"],
            kept=told["kept"],
            terms=self._terms() if told["conditions"].strip() else (),
            urgent=told["urgent"],
            urgent_told_on=told["urgent_told_on"],
            urgent_told_to=told["urgent_told_to"],
            unwind_by=told["unwind_by"],
        )

    def _terms(self) -> tuple[Terms, ...]:
        told = self.cleaned_data
        return (
            Terms(
                told["starts_on"],
                FIRST_LOOK if told["months"] is None else told["months"],
                told["watched_by"].strip(),
                told["ends_on"],
            ),
        )


class RecourseForm(CaseForm):
    """An attack on a decision, and what came of it."""

    body = forms.CharField(label=_("Where it can be attacked"), max_length=200)
    lodged_on = day_field(_("Day"))
    outcome = text_field(_("What came of it"), rows=2, required=False)
    outcome_on = day_field(_("Day of what came of it"), required=False)
    result = forms.ChoiceField(
        label=_("Result"), choices=[("", ""), *choices_of("RecourseResult")], required=False
    )


class ResultForm(CaseForm):
    """Whether a decision stands by what came of an attack on it."""

    result = forms.ChoiceField(label=_("Result"), choices=choices_of("RecourseResult"))


class MitigationForm(CaseForm):
    """A measure that the investor must keep to."""

    kind = forms.ChoiceField(label=_("Kind"), choices=choices_of("Mitigation"))
    text = forms.ChoiceField(label=_("Conditions"))
    starts_on = day_field(_("From"))
    ends_on = day_field(_("Until"), required=False)
    months = forms.IntegerField(label=_("Months between two looks"), initial=6)
    watched_by = forms.CharField(label=_("Who looks"), max_length=200)

    def prepare(self) -> None:
        """Give the conditions of the decision."""
        taken = self.sheet.decision
        self.initial.setdefault("watched_by", authority_name(self.actor, self.sheet.case))
        self.initial.setdefault("starts_on", taken.day if taken else None)
        texts = taken.conditions if taken else ()
        by = taken.unwind_by if taken else None
        self.choose("text", [(each, condition_told(each, by)) for each in texts])

    def plan(self) -> MitigationPlan:
        """Give what was written."""
        told: dict[str, Any] = self.cleaned_data
        return MitigationPlan(
            Mitigation(told["kind"]), told["text"], told["starts_on"], told["months"],
            told["watched_by"], told["ends_on"],
        )  # fmt: skip


class CheckForm(CaseForm):
    """One look at a measure."""

    day = day_field(_("Day"))
    outcome = forms.ChoiceField(label=_("What came up"), choices=choices_of("Outcome"))
    text = text_field(_("Text"))
    evidence = EvidenceField()

    def prepare(self) -> None:
        """Give the rows of the case on which a breach can rest."""
        self.choose("evidence", rests_on(self.sheet))

    def plan(self) -> CheckPlan:
        """Give what was written."""
        told = self.cleaned_data
        return CheckPlan(
            told["day"], Outcome(told["outcome"]), told["text"], evidence_of(told["evidence"])
        )
