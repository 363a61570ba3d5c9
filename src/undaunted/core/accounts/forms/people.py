"""Forms of accounts: proposing a role, making a token; and why a proposal is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from undaunted.core.access.rules import Role
from undaunted.core.accounts.queries import organisations_for
from undaunted.core.accounts.rules import Scope

if TYPE_CHECKING:
    from undaunted.core.access.rules import Actor
    from undaunted.core.accounts.models import Organisation

__all__ = ["REFUSALS", "EnrolForm", "TokenForm"]

REFUSALS = {
    "name": _("A user name holds letters, digits and @ . + - _ only, 64 at most."),
    "one_hand": _(
        "You became an administrator by one person alone. Whoever runs the server must appoint you "
        "before you propose or approve anything."
    ),
    "concerned": _("Nobody proposes or approves rights for themselves."),
    "held": _("The person has this role already."),
    "taken": _("The user name has been taken in the meantime. Propose it anew."),
    "waiting": _("A proposal for this person waits already. Answer it first."),
    "answered": _("Somebody has answered this in the meantime."),
    "lapsed": _("This is older than 14 days. Propose it anew."),
    "own": _("You proposed this; another administrator approves it."),
    "newer": _("You became an administrator after this was proposed; another approves it."),
    "proposer_left": _("Whoever proposed this is no administrator any more. Propose it anew."),
    "pair": _("One of you two proposed the other as an administrator; a third approves this."),
    "person_left": _("The person has left, or has a role where you do not administer."),
}
"""What each refusal of the database means; one that is not here is answered as absence."""


class EnrolForm(forms.Form):
    """Who is to get which role where; a user name that nobody has is a new person."""

    username = forms.CharField(label=_("User name"), max_length=64)
    organisation: forms.ModelChoiceField[Organisation] = forms.ModelChoiceField(
        label=_("Organisation"), queryset=None
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[
            (Role.READER.value, _("Reader")),
            (Role.DOCUMENTER.value, _("Documenter")),
            (Role.REVIEWER.value, _("Reviewer")),
            (Role.PUBLISHER.value, _("Publisher")),
            (Role.STEWARD.value, _("Steward of lists")),
            (Role.ADMINISTRATOR.value, _("Administrator of accounts")),
        ],
    )

    def __init__(self, *args: object, actor: Actor, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        administered = actor.organisations_as(Role.ADMINISTRATOR)
        field = self.fields["organisation"]
        field.queryset = organisations_for(actor).filter(pk__in=administered)  # type: ignore[attr-defined]


class TokenForm(forms.Form):
    """What a token is for, how far it reaches and how long."""

    label = forms.CharField(label=_("What it is for"), max_length=80)
    scopes = forms.MultipleChoiceField(
        label=_("Scopes"),
        widget=forms.CheckboxSelectMultiple,
        choices=[
            (Scope.READ.value, _("Read the cases that you may read")),
            (Scope.IMPORT.value, _("Propose imports of lists")),
            (Scope.RECORD.value, _("Record persons, acts, sources, consent and assessments")),
            (Scope.PROPOSE.value, _("Propose recognition and publication")),
            (Scope.DECIDE.value, _("Decide as a second person, and judge matches")),
            (Scope.SHARE.value, _("Propose packages for partners")),
        ],
    )
    days = forms.IntegerField(label=_("Days until it ends"), min_value=1, max_value=366, initial=90)
