"""Forms of what passes between the authority and others, and of what happens outside."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from undaunted.coercion.screening.actions import OUTSIDE, AnswerPlan, RequestPlan
from undaunted.coercion.screening.analysis.sheets import regimes_of
from undaunted.coercion.screening.forms.findings import factors_told
from undaunted.coercion.screening.forms.parts import CaseForm, day_field, text_field, tick_field
from undaunted.coercion.screening.queries import dispatches_of
from undaunted.coercion.screening.rules import Step
from undaunted.coercion.screening.rules.casework import CommentKind
from undaunted.coercion.screening.writers.case_terms import choices_of, in_words
from undaunted.core.accounts.queries import governments_known

__all__ = ["AnswerForm", "CommentForm", "NoticeForm", "OutsideForm", "RequestForm", "SpeakForm"]

KEPT = _("Confidential, for the team alone")


class RequestForm(CaseForm):
    """What is asked of whom."""

    addressee = forms.CharField(label=_("Of whom"), max_length=200)
    text = text_field(_("Text"))
    kept = text_field(KEPT, rows=2, required=False)
    due_on = day_field(_("Until"), required=False)
    stops = tick_field(_("Periods that can stand still do, until the answer is complete"))
    for_partners = tick_field(_("A partner authority asked for it, and its period waits for it"))

    def plan(self) -> RequestPlan:
        """Give what was written."""
        told = self.cleaned_data
        return RequestPlan(
            told["addressee"], told["text"], told["due_on"], told["stops"], told["kept"],
            told["for_partners"],
        )  # fmt: skip


class AnswerForm(CaseForm):
    """What came back."""

    received_on = day_field(_("Received on"))
    text = text_field(_("Answer"), required=False)
    kept = text_field(KEPT, rows=2, required=False)
    complete = tick_field(_("It is complete"))

    def plan(self) -> AnswerPlan:
        """Give what was written."""
        told = self.cleaned_data
        return AnswerPlan(told["received_on"], told["text"], told["complete"], told["kept"])


class NoticeForm(CaseForm):
    """What a partner authority is told: the version without secrets, and a choice beside it."""

    recipient = forms.ChoiceField(label=_("Authority"))
    with_stakes = tick_field(_("Stakes"))
    factors = forms.MultipleChoiceField(
        label=_("Factors"), required=False, widget=forms.CheckboxSelectMultiple
    )
    message = text_field(_("Text"), required=False)
    though_outside = text_field(
        _("Why partners are told although no law reaches the investment"), rows=2, required=False
    )

    def prepare(self) -> None:
        """Give other governments' bodies, and the factors that were assessed."""
        others = governments_known(self.actor).exclude(pk=self.sheet.case.holder)
        self.choose("recipient", [(str(each.pk), each.name) for each in others])
        self.choose("factors", factors_told(self.sheet))

    def chosen(self) -> dict[str, object]:
        """Give what was chosen."""
        told = self.cleaned_data
        return {
            "with_stakes": told["with_stakes"],
            "factors": [UUID(each) for each in told["factors"]],
            "message": told["message"],
            "though_outside": told["though_outside"],
        }


class CommentForm(CaseForm):
    """What another authority said by another way than this platform."""

    author = forms.CharField(label=_("Authority"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=choices_of("CommentKind"))
    text = text_field(_("Text"))
    received_on = day_field(_("Received on"))


class SpeakForm(forms.Form):
    """What one's own authority says on a notice of a partner."""

    author = forms.CharField(label=_("Authority"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=choices_of("CommentKind"))
    text = text_field(_("Text"))

    def said(self) -> CommentKind:
        """Give its kind."""
        return CommentKind(self.cleaned_data["kind"])


class OutsideForm(CaseForm):
    """What happened outside, and on which day; the clocks of the law follow."""

    step = forms.ChoiceField(label=_("What happened"))
    on = day_field(_("Day"))

    def prepare(self) -> None:
        """Give what a person records, what the case's laws know first.

        The rest follows from what is done.
        """
        steps = OUTSIDE | (
            {Step.NOTIFIED} if dispatches_of(self.actor, self.sheet.case).exists() else set()
        )
        theirs = {each.on for law in regimes_of(self.sheet) for each in law.moves}
        told = sorted((each for each in Step if each in steps), key=lambda each: each not in theirs)
        self.choose("step", [(str(each), in_words("Step", each)) for each in told])
