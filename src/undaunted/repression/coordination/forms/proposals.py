"""Forms of seats, proposals, announcements and what goes to other installations."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from undaunted.core.listings.writers import place_told
from undaunted.core.vault.queries import teams_for
from undaunted.repression.coordination.queries import (
    own_seats,
    partners_to_add,
    seats_known,
    working_for,
)
from undaunted.repression.coordination.rules import (
    LONGEST_NAME,
    Answer,
    CoordinationState,
    Preparation,
    Subject,
    SubjectKind,
    read_key,
)
from undaunted.repression.coordination.writers import choices_of
from undaunted.repression.sanctions.rules import Alone, authorities
from undaunted.site.instants import DayField, InstantField

if TYPE_CHECKING:
    from undaunted.core.access.rules import Actor
    from undaunted.repression.coordination.models import Proposal

from undaunted.repression.coordination.forms.fields import (
    ActorForm,
    entry_field,
    holders_for,
    long_text,
)

__all__ = [
    "AnswerForm",
    "InviteForm",
    "InvitePartnerForm",
    "MomentForm",
    "PreparedForm",
    "ProposalForm",
    "ReasonForm",
    "SayForm",
    "SeatForm",
    "StepForm",
    "SubmissionForm",
    "TellGuestForm",
    "TieForm",
]

_SAYABLE = (Answer.ACCEPTED, Answer.DECLINED, Answer.LEFT)


class SeatForm(ActorForm):
    """An organisation takes its seat."""

    holder = forms.ChoiceField(label=_("Organisation"))
    team = forms.ChoiceField(label=_("Team that opens what is sealed to it"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        teams = [(str(each.pk), each.name) for each in teams_for(self.actor)]
        self.set_choices("team", teams)
        seated = {str(each.holder) for each in own_seats(self.actor)}
        self.set_choices("holder", [e for e in holders_for(self.actor) if e[0] not in seated])


class ProposalForm(ActorForm):
    """Whom a proposal is about, what is asked for, and to whom it goes."""

    holder = forms.ChoiceField(label=_("Organisation that proposes"))
    kind = forms.ChoiceField(
        label=_("Whom it is about"), choices=choices_of("SubjectKind"), initial="described"
    )
    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME)
    entry = entry_field(required=False)
    state = forms.CharField(
        label=_("State to which the person belongs, two letters"),
        max_length=4,
        help_text=_("Its officials are never invited and never read it."),
    )
    identification = long_text(_("What tells the person from namesakes: births, papers, posts"))
    conduct = long_text(_("What the person is said to have done, and what shows it"), rows=6)
    exculpatory = long_text(_("What speaks for the person, or where you looked for it in vain"))
    laws = forms.MultipleChoiceField(
        label=_("Legal authorities under which measures are asked for"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    authorities = forms.CharField(
        label=_("Another law, where it is not in the register"),
        max_length=1200,
        required=False,
        help_text=_("Each by its name, one a line. The laws of the register are chosen above."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    tlp = forms.ChoiceField(label=_("Marking"), choices=choices_of("Tlp")[:3])
    invited = forms.MultipleChoiceField(
        label=_("Invited"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        mine = working_for(self.actor)
        laws = [
            (each.code, f"{place_told(each.jurisdiction)}: {each.short}")
            for each in authorities().values()
            if each.alone is Alone.YES
        ]
        self.set_choices("laws", laws)
        self.fields["laws"].needed = True  # type: ignore[attr-defined]
        known = [each for each in seats_known(self.actor) if each.holder not in mine]
        self.set_choices("invited", [(str(each.holder), each.name) for each in known])

    def subject(self) -> Subject:
        """Give whom it is about. Raises `CoordinationRefused`."""
        told = self.cleaned_data
        others = told["authorities"].splitlines()
        return Subject(
            kind=SubjectKind(told["kind"]),
            name=told["name"],
            identification=told["identification"],
            conduct=told["conduct"],
            exculpatory=told["exculpatory"],
            authorities=(*told["laws"], *filter(None, map(str.strip, others))),
            entry=read_key(told["entry"]) if told["entry"] else None,
        )

    def invited_ids(self) -> list[UUID]:
        """Give who is invited."""
        return [UUID(each) for each in self.cleaned_data["invited"]]


class InviteForm(ActorForm):
    """One more organisation."""

    organisation = forms.ChoiceField(label=_("Organisation"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        known = [(str(each.holder), each.name) for each in seats_known(self.actor)]
        self.set_choices("organisation", known)


class _UntilForm(forms.Form):
    """Until when a package can be opened."""

    until = DayField(
        label=_("The package runs out on"),
        help_text=_("What came of it is erased then; a year ahead at most."),
    )

    def ends(self) -> datetime:
        """Give the last moment of that day, UTC."""
        return datetime.combine(self.cleaned_data["until"], time(23, 59), tzinfo=UTC)


class InvitePartnerForm(forms.Form):
    """A partner on another installation."""

    partner = forms.ChoiceField(label=_("Partner on another installation"))

    def __init__(self, *args: Any, actor: Actor, to: Proposal, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        known = [(str(each.pk), each.name) for each in partners_to_add(actor, to)]
        self.fields["partner"].choices = known  # type: ignore[attr-defined]


class TellGuestForm(_UntilForm):
    """A package that tells a partner elsewhere the proposal as it stands."""


class StepForm(_UntilForm):
    """A step that one's own organisation tells a proposer elsewhere."""

    step = forms.ChoiceField(label=_("Step"), choices=choices_of("Step"))
    words = long_text(
        _("Words; sealed to the parties. Who declines, leaves, comments or holds writes them"),
        required=False,
    )
    preparation = forms.ChoiceField(
        label=_("Preparation"), choices=[("", "—"), *choices_of("Preparation")], required=False
    )
    state = forms.ChoiceField(
        label=_("State"), choices=[("", "—"), *choices_of("State")], required=False
    )
    due = DayField(label=_("Due"), required=False)
    field_order = ("step", "words", "preparation", "state", "due", "until")

    def told(self) -> dict[str, Any]:
        """Give the step as the action takes it."""
        said = self.cleaned_data
        return {
            "words": said["words"],
            "preparation": Preparation(said["preparation"]) if said["preparation"] else None,
            "state": CoordinationState(said["state"]) if said["state"] else None,
            "due": said["due"],
            "until": self.ends(),
        }


class AnswerForm(forms.Form):
    """What one's own organisation answers."""

    answer = forms.ChoiceField(
        label=_("Answer"), choices=[e for e in choices_of("Answer") if e[0] in _SAYABLE]
    )
    reason = long_text(_("Reasons; who declines or leaves says why"), required=False)


class SayForm(forms.Form):
    """A comment."""

    text = long_text(_("Comment; sealed to those who are parties now"))


class TieForm(forms.Form):
    """An entry of a list that belongs to a proposal."""

    entry = entry_field()


class SubmissionForm(forms.Form):
    """A submission of a dossier that belongs to a proposal."""

    submission = forms.CharField(
        label=_("Id of the submission"),
        max_length=40,
        help_text=_("From its address. Who may not read the dossier is shown the id alone."),
    )


class ReasonForm(forms.Form):
    """Why an announcement is held."""

    reason = long_text(_("Why your organisation holds the announcement"))


class MomentForm(forms.Form):
    """When a joint announcement is made."""

    moment = InstantField(
        label=_("Moment of the announcement, UTC"),
        help_text=_("Year-month-day hours:minutes, as 2026-12-10 10:00."),
    )


class PreparedForm(forms.Form):
    """How far one's own organisation is."""

    kind = forms.ChoiceField(label=_("Preparation"), choices=choices_of("Preparation"))
    state = forms.ChoiceField(label=_("State"), choices=choices_of("State"))
    due = DayField(label=_("Due"), required=False)
