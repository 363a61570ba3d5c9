"""Forms of coordination: plain fields, each refusal told beside its field."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from undaunted.core.access.rules import Facts, Verb, decide
from undaunted.core.accounts.queries import organisations_for
from undaunted.core.vault.queries import teams_for
from undaunted.repression.coordination.queries import (
    own_seats,
    partners_to_invite,
    seats_known,
    working_for,
)
from undaunted.repression.coordination.rules import (
    LONGEST_NAME,
    LONGEST_TEXT,
    Answer,
    CourtCase,
    Petitioner,
    Preparation,
    State,
    Subject,
    SubjectKind,
    read_key,
)
from undaunted.repression.coordination.writers import choices_of
from undaunted.repression.sanctions.rules import authorities

if TYPE_CHECKING:
    from undaunted.core.access.rules import Actor

__all__ = [
    "AnswerForm",
    "CaseForm",
    "InviteForm",
    "InvitePartnerForm",
    "MomentForm",
    "PartForm",
    "PetitionForm",
    "PreparedForm",
    "ProposalForm",
    "ReasonForm",
    "ReplyForm",
    "SayForm",
    "SeatForm",
    "StepForm",
    "TellGuestForm",
    "TieForm",
    "holders_for",
]

DAY = forms.DateInput(attrs={"type": "date"})
_SAYABLE = (Answer.ACCEPTED, Answer.DECLINED, Answer.LEFT)


def holders_for(actor: Actor) -> list[tuple[str, str]]:
    """Give the organisations in whose name the actor may record."""
    mine = working_for(actor)
    return [
        (str(each.pk), each.name)
        for each in organisations_for(actor)
        if each.pk in mine and decide(actor, Verb.RECORD, Facts(holder=each.pk)).allowed
    ]


def _text(label: Any, rows: int = 3, **more: Any) -> forms.CharField:  # noqa: ANN401 - lazy
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=LONGEST_TEXT, widget=widget, **more)


def _entry(*, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=_("Entry of a list"),
        max_length=240,
        required=required,
        help_text=_("As list:key, for example xf-invented:XF-0001."),
    )


class _ActorForm(forms.Form):
    """A form whose choices depend on who asks."""

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.actor = actor
        if "holder" in self.fields:
            self.set_choices("holder", holders_for(actor))

    def set_choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        """Offer choices in a field."""
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def organisation_id(self) -> UUID:
        """Give the organisation that was chosen."""
        return UUID(self.cleaned_data["holder"])


class SeatForm(_ActorForm):
    """An organisation takes its seat."""

    holder = forms.ChoiceField(label=_("Organisation"))
    team = forms.ChoiceField(label=_("Team that opens what is sealed to it"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        teams = [(str(each.pk), each.name) for each in teams_for(self.actor)]
        self.set_choices("team", teams)
        seated = {str(each.holder) for each in own_seats(self.actor)}
        self.set_choices("holder", [e for e in holders_for(self.actor) if e[0] not in seated])


class ProposalForm(_ActorForm):
    """Whom a proposal is about, what is asked for, and to whom it goes."""

    holder = forms.ChoiceField(label=_("Organisation that proposes"))
    kind = forms.ChoiceField(
        label=_("Whom it is about"), choices=choices_of("SubjectKind"), initial="described"
    )
    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME)
    entry = _entry(required=False)
    state = forms.CharField(
        label=_("State to which the person belongs, two letters"),
        max_length=4,
        help_text=_("Its officials are never invited and never read it."),
    )
    identification = _text(_("What tells the person from namesakes: births, papers, posts"))
    conduct = _text(_("What the person is said to have done, and what shows it"), rows=6)
    exculpatory = _text(_("What speaks for the person, or where you looked for it in vain"))
    authorities = forms.CharField(
        label=_("Legal authorities under which measures are asked for"),
        max_length=1200,
        help_text=_("Codes, one a line."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    tlp = forms.ChoiceField(label=_("Marking"), choices=choices_of("Tlp")[:3])
    invited = forms.MultipleChoiceField(
        label=_("Invited"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        mine = working_for(self.actor)
        known = [each for each in seats_known(self.actor) if each.holder not in mine]
        self.set_choices("invited", [(str(each.holder), each.name) for each in known])

    def subject(self) -> Subject:
        """Give whom it is about. Raises `CoordinationRefused`."""
        told = self.cleaned_data
        return Subject(
            kind=SubjectKind(told["kind"]),
            name=told["name"],
            identification=told["identification"],
            conduct=told["conduct"],
            exculpatory=told["exculpatory"],
            authorities=tuple(each.strip() for each in told["authorities"].split("\n") if each),
            entry=read_key(told["entry"]) if told["entry"] else None,
        )

    def invited_ids(self) -> list[UUID]:
        """Give who is invited."""
        return [UUID(each) for each in self.cleaned_data["invited"]]


class InviteForm(_ActorForm):
    """One more organisation."""

    organisation = forms.ChoiceField(label=_("Organisation"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        known = [(str(each.holder), each.name) for each in seats_known(self.actor)]
        self.set_choices("organisation", known)


class _UntilForm(forms.Form):
    """Until when a package can be opened."""

    until = forms.DateField(
        label=_("The package runs out on"),
        widget=DAY,
        help_text=_("What came of it is erased then; a year ahead at most."),
    )

    def ends(self) -> datetime:
        """Give the last moment of that day, UTC."""
        return datetime.combine(self.cleaned_data["until"], time(23, 59), tzinfo=UTC)


class InvitePartnerForm(forms.Form):
    """A partner on another installation."""

    partner = forms.ChoiceField(label=_("Partner on another installation"))

    def __init__(self, *args: Any, actor: Actor, holder: UUID, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        known = [(str(each.pk), each.name) for each in partners_to_invite(actor, holder)]
        self.fields["partner"].choices = known  # type: ignore[attr-defined]


class TellGuestForm(_UntilForm):
    """A package that tells a partner elsewhere the proposal as it stands."""


class StepForm(_UntilForm):
    """A step that one's own organisation tells a proposer elsewhere."""

    step = forms.ChoiceField(label=_("Step"), choices=choices_of("Step"))
    words = _text(
        _("Words; sealed to the parties. Who declines, leaves, comments or holds writes them"),
        required=False,
    )
    preparation = forms.ChoiceField(
        label=_("Preparation"), choices=[("", "—"), *choices_of("Preparation")], required=False
    )
    state = forms.ChoiceField(
        label=_("State"), choices=[("", "—"), *choices_of("State")], required=False
    )
    due = forms.DateField(label=_("Due"), required=False, widget=DAY)
    field_order = ("step", "words", "preparation", "state", "due", "until")

    def told(self) -> dict[str, Any]:
        """Give the step as the action takes it."""
        said = self.cleaned_data
        return {
            "words": said["words"],
            "preparation": Preparation(said["preparation"]) if said["preparation"] else None,
            "state": State(said["state"]) if said["state"] else None,
            "due": said["due"],
            "until": self.ends(),
        }


class AnswerForm(forms.Form):
    """What one's own organisation answers."""

    answer = forms.ChoiceField(
        label=_("Answer"), choices=[e for e in choices_of("Answer") if e[0] in _SAYABLE]
    )
    reason = _text(_("Reasons; who declines or leaves says why"), required=False)


class SayForm(forms.Form):
    """A comment."""

    text = _text(_("Comment; sealed to those who are parties now"))


class TieForm(forms.Form):
    """An entry of a list that belongs to a proposal."""

    entry = _entry()


class ReasonForm(forms.Form):
    """Why an announcement is held."""

    reason = _text(_("Why your organisation holds the announcement"))


class MomentForm(forms.Form):
    """When a joint announcement is made."""

    moment = forms.DateTimeField(
        label=_("Moment of the announcement, UTC"),
        help_text=_("Year-month-day hours:minutes, as 2026-12-10 10:00."),
    )


class PreparedForm(forms.Form):
    """How far one's own organisation is."""

    kind = forms.ChoiceField(label=_("Preparation"), choices=choices_of("Preparation"))
    state = forms.ChoiceField(label=_("State"), choices=choices_of("State"))
    due = forms.DateField(label=_("Due"), required=False, widget=DAY)


class CaseForm(_ActorForm):
    """A court case about a listing."""

    holder = forms.ChoiceField(label=_("Organisation"))
    entry = _entry()
    number = forms.CharField(label=_("Case number"), max_length=80)
    court = forms.CharField(label=_("Court"), max_length=LONGEST_NAME)
    outcome = forms.ChoiceField(label=_("Outcome"), choices=choices_of("Court"))
    day = forms.DateField(label=_("Day of the latest decision or filing"), widget=DAY)
    source = forms.CharField(label=_("Source"), max_length=400)
    address = forms.CharField(label=_("Address of the source"), max_length=420, required=False)
    verified = forms.BooleanField(label=_("Read at the publisher"), required=False)

    def case(self) -> CourtCase:
        """Give the case. Raises `CoordinationRefused`."""
        told = self.cleaned_data
        return CourtCase(
            entry=read_key(told["entry"]),
            number=told["number"],
            court=told["court"],
            outcome=told["outcome"],
            day=told["day"],
            source=told["source"],
            address=told["address"],
            read_at_publisher=told["verified"],
        )


class PetitionForm(_ActorForm):
    """A petition that came in."""

    holder = forms.ChoiceField(label=_("Authority"))
    authority = forms.ChoiceField(label=_("Legal authority"))
    asked = forms.ChoiceField(label=_("What is asked for"), choices=choices_of("Asked"))
    received_on = forms.DateField(label=_("Received on"), widget=DAY)
    entry = _entry()
    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME)
    represented_by = forms.CharField(
        label=_("Who speaks for the person"), max_length=LONGEST_NAME, required=False
    )
    asks = _text(_("What is asked, and why"), rows=6)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        laws = [(each.code, f"{each.short} ({each.code})") for each in authorities().values()]
        self.set_choices("authority", laws)

    def petitioner(self) -> Petitioner:
        """Give who asks. Raises `CoordinationRefused`."""
        told = self.cleaned_data
        return Petitioner(
            told["name"], told["represented_by"], read_key(told["entry"]), told["asks"]
        )


class PartForm(forms.Form):
    """One more paper of a petition."""

    kind = forms.ChoiceField(label=_("Paper"), choices=choices_of("Part")[:3])
    text = _text(_("What it says"), rows=6)


class ReplyForm(forms.Form):
    """The answer to a petition."""

    reply = forms.ChoiceField(label=_("Decision"), choices=choices_of("Reply"))
    text = _text(_("Reasons, as the letter gives them"), rows=8)
