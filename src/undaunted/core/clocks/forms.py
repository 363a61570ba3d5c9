"""Forms: a question about a deadline, a new clock, and what happens to a running one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from undaunted.core.access.rules import Role, Sharing
from undaunted.core.accounts.queries import organisations_for
from undaunted.core.clocks.readers import (
    Question,
    QuestionUnreadable,
    read_moment,
    read_period,
    read_question,
)
from undaunted.core.clocks.rules import Asked, Kind, WhyAsked, rules, zone_named
from undaunted.core.clocks.writers import rule_title
from undaunted.site.instants import DayField

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from django.http import QueryDict

    from undaunted.core.access.rules import Actor

__all__ = [
    "ASKED",
    "KEPT",
    "WHY_ASKED",
    "AskForm",
    "ExtendForm",
    "MomentForm",
    "NewClockForm",
    "QuestionForm",
    "UntilForm",
]

_MOMENT_HELP = _(
    "A day or a moment: 2026-10-31 or 2026-10-31T14:05. Without an offset it is local."
)

KEPT = {
    "mailbox": _("Closed mailbox"),
    "document": _("Sealed document"),
    "declined_import": _("File of a declined import"),
}
ASKED = {
    Asked.HOLD: _("Keep it longer"),
    Asked.RELEASE: _("Keep it no longer than its time"),
    Asked.ERASE: _("Erase it now"),
}
WHY_ASKED = {
    WhyAsked.LITIGATION: _("needed in court"),
    WhyAsked.INVESTIGATION: _("needed in an investigation"),
    WhyAsked.REASON_OVER: _("the reason to keep it is over"),
    WhyAsked.PERSON_ASKED: _("the person it is about asks for it"),
    WhyAsked.PURPOSE_OVER: _("its purpose is over earlier"),
    WhyAsked.DANGER: _("it endangers somebody"),
}
_REASONS = {
    Asked.HOLD: (WhyAsked.LITIGATION, WhyAsked.INVESTIGATION, WhyAsked.PERSON_ASKED),
    Asked.RELEASE: (WhyAsked.REASON_OVER, WhyAsked.PERSON_ASKED),
    Asked.ERASE: (WhyAsked.PERSON_ASKED, WhyAsked.PURPOSE_OVER, WhyAsked.DANGER),
}


class AskForm(forms.Form):
    """What a second person is asked to decide, and why."""

    asked = forms.ChoiceField(
        choices=[(each.value, words) for each, words in ASKED.items()], widget=forms.HiddenInput
    )
    why = forms.ChoiceField(label=_("Reason"))

    def __init__(self, data: QueryDict | None = None, *, asked: Asked) -> None:
        super().__init__(data)
        given = self.data.get("asked", asked.value)
        meant = Asked(given) if given in set(Asked) else asked
        self.fields["why"].choices = [(why.value, WHY_ASKED[why]) for why in _REASONS[meant]]  # type: ignore[attr-defined]
        self.value = asked.value
        self.words = ASKED[asked]
        self.danger = asked is Asked.ERASE


class UntilForm(forms.Form):
    """By which day it is asked what will have been erased."""

    until = DayField(
        label=_("Show what will have been erased by"),
    )


class QuestionForm(forms.Form):
    """What is asked: which rule, from when, where, with which stops and extension."""

    rule = forms.ChoiceField(label=_("Deadline"))
    start = forms.CharField(
        label=_("Day or moment of the event"), max_length=32, help_text=_MOMENT_HELP
    )
    country = forms.CharField(
        label=_("Country whose holidays count"),
        max_length=2,
        required=False,
        help_text=_("Two letters, such as BE. Left out, the rule's own calendar applies."),
    )
    zone = forms.CharField(
        label=_("Time zone"),
        max_length=64,
        required=False,
        help_text=_("Such as Europe/Paris. Left out, the zone of the authority applies."),
    )
    stop_from = forms.CharField(label=_("Stands still from"), max_length=32, required=False)
    stop_until = forms.CharField(label=_("Runs again from"), max_length=32, required=False)
    extension = forms.CharField(
        label=_("Extended by"), max_length=32, required=False, help_text=_("Such as 1 month.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        titles = sorted({(rule_title(rule), rule.id) for rule in rules()})
        self.fields["rule"].choices = [(name, title) for title, name in titles]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Read the question as the command line reads it."""
        given = super().clean() or {}
        if self.errors:
            return given
        stop = f"{given.get('stop_from', '')}..{given.get('stop_until', '')}"
        try:
            given["question"] = read_question(
                given["rule"],
                given["start"],
                country=given.get("country", ""),
                zone=given.get("zone", ""),
                stops=[stop] if given.get("stop_from") else [],
                extensions=[given["extension"]] if given.get("extension") else [],
            )
        except QuestionUnreadable as error:
            name = "stop_from" if error.field == "stop" else error.field
            self.add_error(name if name in self.fields else None, error.problem)
        return given

    @property
    def question(self) -> Question:
        """Give what was asked; only of a valid form."""
        return self.cleaned_data["question"]  # type: ignore[no-any-return]


class NewClockForm(QuestionForm):
    """A clock of one's own: the question without stops, and who holds it.

    A period of keeping is not among them: it starts with what is done to its subject.
    """

    organisation = forms.ChoiceField(label=_("Organisation"))
    sharing = forms.ChoiceField(
        label=_("Who sees it"),
        choices=[
            (Sharing.ORGANISATION.value, _("My organisation")),
            (Sharing.SHARED.value, _("Every organisation on this platform")),
        ],
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        for name in ("stop_from", "stop_until", "extension"):
            del self.fields[name]
        keeping = {rule.id for rule in rules() if rule.kind is Kind.RETENTION}
        offered = self.fields["rule"].choices  # type: ignore[attr-defined]
        self.fields["rule"].choices = [each for each in offered if each[0] not in keeping]  # type: ignore[attr-defined]
        mine = actor.organisations_as(Role.DOCUMENTER, Role.STEWARD)
        names = organisations_for(actor).filter(pk__in=mine).values_list("pk", "name")
        self.fields["organisation"].choices = [(str(pk), name) for pk, name in names]  # type: ignore[attr-defined]


class MomentForm(forms.Form):
    """When something happened to a clock."""

    since = forms.CharField(label=_("Day or moment"), max_length=32, help_text=_MOMENT_HELP)

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.zone: ZoneInfo = zone_named(zone)

    def clean_since(self) -> Any:  # noqa: ANN401
        """Read the moment in the zone of the clock."""
        try:
            return read_moment("since", self.cleaned_data["since"], self.zone)
        except QuestionUnreadable as error:
            raise forms.ValidationError(error.problem) from None


class ExtendForm(forms.Form):
    """By how much a clock was extended."""

    period = forms.CharField(
        label=_("Extended by"), max_length=32, help_text=_("Such as 1 month or 7 days.")
    )

    def clean_period(self) -> Any:  # noqa: ANN401
        """Read the period."""
        try:
            return read_period(self.cleaned_data["period"])
        except QuestionUnreadable as error:
            raise forms.ValidationError(error.problem) from None
