"""What a caseworker and a steward fill in at the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from undaunted.core.intake.forms.words import DOOR_TITLES
from undaunted.core.intake.queries import Sieve
from undaunted.core.intake.rules import (
    ConflictKind,
    ExportForm,
    Severity,
    State,
    WhyBroken,
    WhyExported,
)
from undaunted.core.intake.rules.questions import LONGEST_TEXT
from undaunted.core.places.rules import find_country
from undaunted.core.vault.rules import VaultError, recipient_from

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

__all__ = [
    "FORMS",
    "SEVERITIES",
    "STATES",
    "WHY_BROKEN",
    "WHY_EXPORTED",
    "BreakForm",
    "ChooseForm",
    "ConflictForm",
    "ExportProposal",
    "RedactForm",
    "SieveForm",
    "WarnForm",
]

SEVERITIES: Final = {
    Severity.RED: _("within the hour"),
    Severity.AMBER: _("within a day"),
    Severity.GREEN: _("within five days"),
}
STATES: Final = {State.NEW: _("new"), State.OPEN: _("open"), State.CLOSED: _("closed")}
WHY_BROKEN: Final = {
    WhyBroken.LIFE_AT_RISK: _("A life is at risk now"),
    WhyBroken.NOBODY_ANSWERS: _("Nobody of the team has looked in time"),
    WhyBroken.TEAM_UNREACHABLE: _("The team cannot be reached"),
}
WHY_EXPORTED: Final = {
    WhyExported.REPORTER_ASKED: _("The reporter asked for it"),
    WhyExported.PARTNER: _("For an organisation that helps"),
    WhyExported.LAWYER: _("For a lawyer"),
    WhyExported.COURT: _("For a court or an inquiry"),
}
FORMS: Final = {
    ExportForm.WHOLE: _("Everything: letters as text, and clean copies of files"),
    ExportForm.REDACTED: _("The redacted copies only"),
}
_MOST_PASSAGES: Final = 200


def _any(words: dict[object, object]) -> list[tuple[str, object]]:
    return [("", _("any")), *((str(key), word) for key, word in words.items())]


class SieveForm(forms.Form):
    """What to show of the queue; every field may stay empty."""

    severity = forms.ChoiceField(label=_("Look at it"), required=False)
    door = forms.ChoiceField(label=_("Door"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    taken = forms.ChoiceField(
        label=_("Taken by"),
        required=False,
        choices=[("", _("anybody")), ("me", _("me")), ("nobody", _("nobody"))],
    )
    team = forms.TypedChoiceField(label=_("Compartment"), required=False)
    unread = forms.BooleanField(label=_("Only with something unread"), required=False)

    def __init__(self, data: object, teams: Iterable[tuple[UUID, str]]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        for name, words in (("severity", SEVERITIES), ("door", DOOR_TITLES), ("state", STATES)):
            self.fields[name].choices = _any(words)  # type: ignore[attr-defined,arg-type]
        held = {str(team): name for team, name in teams}
        self.fields["team"].choices = _any(held)  # type: ignore[attr-defined,arg-type]

    def sieve(self) -> Sieve:
        """Give what was chosen; what is no choice shows everything."""
        self.full_clean()
        given = self.cleaned_data
        return Sieve(
            severity=given.get("severity") or "",
            door=given.get("door") or "",
            state=given.get("state") or "",
            taken=given.get("taken") or "",
            team=given.get("team") or None,
            unread=bool(given.get("unread")),
        )


class ChooseForm(forms.Form):
    """One of several: a colleague, a compartment."""

    which = forms.ChoiceField()

    def __init__(
        self, data: object, label: object, choices: Iterable[tuple[UUID, str]], name: str = "id"
    ) -> None:
        super().__init__(data, auto_id=f"{name}-%s")  # type: ignore[arg-type]
        field = self.fields["which"]
        field.label = label  # type: ignore[assignment]
        field.choices = [(str(key), words) for key, words in choices]  # type: ignore[attr-defined]


class WarnForm(forms.Form):
    """A note about dangers to whoever works on it."""

    warning = forms.CharField(
        label=_("What must colleagues know before they do anything?"),
        help_text=_("For example: do not call; the telephone is watched. Only the team reads it."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )


class ExportProposal(forms.Form):
    """What should leave the mailbox, why, and sealed to whose key."""

    form = forms.ChoiceField(
        label=_("What is taken out?"), choices=[(k.value, v) for k, v in FORMS.items()]
    )
    reason = forms.ChoiceField(
        label=_("Why?"), choices=[(k.value, v) for k, v in WHY_EXPORTED.items()]
    )
    recipient = forms.CharField(
        label=_("Public key of whoever receives it"),
        help_text=_("Begins with age1. Without it the package is not sealed."),
        required=False,
        max_length=80,
    )

    def clean_recipient(self) -> str:
        """Refuse what is no key."""
        given: str = self.cleaned_data["recipient"].strip()
        if given:
            try:
                recipient_from(given)
            except VaultError:
                told = gettext(
                    "This is no public key of age. It begins with age1 and has 62 letters."
                )
                raise forms.ValidationError(told) from None
        return given


class RedactForm(forms.Form):
    """Which letter, which answers wholly, which passages."""

    kind = forms.CharField(max_length=48, widget=forms.HiddenInput)
    sequence = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    passages = forms.CharField(
        label=_("Passages to take out, one a line"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
    )

    def lines(self) -> list[str]:
        """Give the passages."""
        return list(self.cleaned_data["passages"].splitlines())

    def clean_passages(self) -> str:
        """Refuse more passages than anybody reads."""
        given: str = self.cleaned_data["passages"]
        if len(given.splitlines()) > _MOST_PASSAGES:
            told = gettext("Give at most %(number)d passages.") % {"number": _MOST_PASSAGES}
            raise forms.ValidationError(told)
        return given


class BreakForm(forms.Form):
    """Why a mailbox of another team is opened."""

    why = forms.ChoiceField(
        label=_("Why is this an emergency?"),
        choices=[(k.value, v) for k, v in WHY_BROKEN.items()],
        help_text=_("The team, all stewards and the reporter learn that you opened it."),
    )


class ConflictForm(forms.Form):
    """With which state or organisation somebody has a conflict."""

    kind = forms.ChoiceField(
        label=_("With what?"),
        choices=[
            (ConflictKind.STATE.value, _("a state")),
            (ConflictKind.ORGANISATION.value, _("an organisation")),
        ],
    )
    about = forms.CharField(label=_("Its name"), max_length=120)

    def clean(self) -> dict[str, object]:
        """Turn the name of a state into its code."""
        given = dict(super().clean() or {})
        if given.get("kind") == ConflictKind.STATE and given.get("about"):
            code = find_country(str(given["about"]))
            if code is None:
                told = gettext("No state has this name. Write it as in the list of countries.")
                self.add_error("about", told)
            given["about"] = code or ""
        return given
