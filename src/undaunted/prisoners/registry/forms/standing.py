"""Forms of assessment, recognition and publication."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from undaunted.core.standards.rules import Finding, SourceStatus, Value, says_something
from undaunted.prisoners.registry.forms.fields import language_here
from undaunted.prisoners.registry.rules.statuses import RecognitionStatus
from undaunted.prisoners.registry.rules.take_downs import TakeDownReason
from undaunted.site.instants import DayField, InstantField

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undaunted.core.standards.rules import Criterion, Pack

__all__ = [
    "STATUSES",
    "TAKE_DOWN_REASONS",
    "AssessmentForm",
    "DecisionForm",
    "DissentForm",
    "PublicationForm",
    "StatusForm",
    "TakeDownForm",
]

VALUES = (
    (Value.MET.value, _("Met")),
    (Value.NOT_MET.value, _("Not met")),
    (Value.UNCLEAR.value, _("Unclear")),
)
STATUSES = {
    RecognitionStatus.CANDIDATE: _("Candidate"),
    RecognitionStatus.RECOGNISED: _("Recognised"),
    RecognitionStatus.NOT_RECOGNISED: _("Not recognised"),
    RecognitionStatus.FORMER: _("Formerly recognised"),
    RecognitionStatus.DISPUTED: _("Disputed"),
}
TAKE_DOWN_REASONS = {
    TakeDownReason.ASKED_BY_PERSON: _("The person asked for it"),
    TakeDownReason.ASKED_BY_FAMILY: _("The family or a proxy asked for it"),
    TakeDownReason.RISK: _("Showing it puts somebody at risk"),
    TakeDownReason.WRONG_FACTS: _("The facts are wrong"),
    TakeDownReason.WRONG_PERSON: _("It is about the wrong person"),
    TakeDownReason.LEGAL_DUTY: _("A court or the law requires it"),
    TakeDownReason.OTHER: _("Another reason"),
}


class AssessmentForm(forms.Form):
    """The criteria of one pack; the outcome is computed from what is found, never typed in."""

    def __init__(self, *args: Any, pack: Pack, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.pack = pack
        for criterion in pack.criteria.values():
            self._add(criterion)

    def _add(self, criterion: Criterion) -> None:
        name = criterion.id
        self.fields[f"value-{name}"] = forms.ChoiceField(
            label=criterion.title,
            choices=VALUES,
            initial=Value.UNCLEAR.value,
            widget=forms.RadioSelect,
            help_text=_told(criterion),
        )
        self.fields[f"reasons-{name}"] = forms.CharField(
            label=_("Reasons"),
            widget=forms.Textarea(attrs={"rows": 2}),
            max_length=8000,
            required=False,
        )
        self.fields[f"public-{name}"] = forms.BooleanField(
            label=_("These reasons may be published"), required=False
        )

    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField, forms.BoundField]]:
        """Give the three fields of each criterion together."""
        return [
            (self[f"value-{name}"], self[f"reasons-{name}"], self[f"public-{name}"])
            for name in self.pack.criteria
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for reasons where something is met or not met."""
        given = super().clean() or {}
        for name in self.pack.criteria:
            decided = given.get(f"value-{name}") in {Value.MET.value, Value.NOT_MET.value}
            if decided and not says_something(given.get(f"reasons-{name}", "")):
                self.add_error(f"reasons-{name}", _("Give the reasons."))
        return given

    def findings(self) -> dict[str, Finding]:
        """Give what was found, criterion by criterion."""
        return {
            name: Finding(
                Value(self.cleaned_data[f"value-{name}"]),
                tuple(filter(None, (self.cleaned_data[f"reasons-{name}"].strip(),))),
            )
            for name in self.pack.criteria
        }

    def public_reasons(self) -> frozenset[str]:
        """Give the criteria whose reasons may be published."""
        return frozenset(name for name in self.pack.criteria if self.cleaned_data[f"public-{name}"])


class StatusForm(forms.Form):
    """A status to propose under one standard."""

    status = forms.ChoiceField(label=_("Status"))
    reason = forms.CharField(
        label=_("Reasons"), widget=forms.Textarea(attrs={"rows": 4}), max_length=8000
    )
    reason_public = forms.BooleanField(label=_("These reasons may be published"), required=False)
    effective_from = DayField(label=_("In effect from"), required=False)
    effective_to = DayField(label=_("In effect until"), required=False)

    def __init__(self, *args: Any, statuses: Iterable[RecognitionStatus], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = [  # type: ignore[attr-defined]
            (one.value, STATUSES[one]) for one in statuses
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse an end that does not come after the beginning."""
        given = super().clean() or {}
        first, last = given.get("effective_from"), given.get("effective_to")
        if first and last and last <= first:
            self.add_error("effective_to", _("It ends after it begins."))
        return given


class DecisionForm(forms.Form):
    """Yes or no to what somebody else proposed."""

    answer = forms.ChoiceField(
        label=_("Decision"),
        choices=(("accepted", _("Confirm")), ("refused", _("Refuse"))),
        widget=forms.RadioSelect,
    )


class PublicationForm(forms.Form):
    """Until when a published case stays closed."""

    embargo_until = InstantField(
        label=_("Embargo until"),
        help_text=_("In universal time. Leave it empty to publish at once."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        required=False,
    )


class DissentForm(forms.Form):
    """Somebody reads the same facts otherwise."""

    text = forms.CharField(
        label=_("How you read the facts, and why"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=8000,
    )

    def clean_text(self) -> str:
        """Refuse marks without a word."""
        text: str = self.cleaned_data["text"]
        if not says_something(text):
            raise forms.ValidationError(_("Give the reasons."))
        return text


class TakeDownForm(forms.Form):
    """Why a case leaves everything public."""

    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[(one.value, label) for one, label in TAKE_DOWN_REASONS.items()],
        widget=forms.RadioSelect,
        help_text=_("It is kept in the audit trail; the public learns only that it is gone."),
    )


def _told(criterion: Criterion) -> str:
    """Give what a criterion asks, and the English beside a translation that nobody has checked."""
    english, here = criterion.texts["en"], criterion.text(language_here())
    if here is english or here.status is not SourceStatus.UNVERIFIED:
        return here.text
    told = _(
        "%(text)s (This translation was not reviewed by a native speaker. In English: %(english)s)"
    )
    return told % {"text": here.text, "english": english.text}
