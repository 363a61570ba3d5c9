"""A proposal at the desk: sealed until somebody opens it; every step is one form."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from undaunted.core.access.rules import Facts, Verb, actor_of, decide, face
from undaunted.repression.coordination import actions
from undaunted.repression.coordination.analysis import (
    announcement_file,
    announcement_for,
    entry_history,
)
from undaunted.repression.coordination.forms import (
    AnswerForm,
    InviteForm,
    InvitePartnerForm,
    MomentForm,
    PreparedForm,
    ReasonForm,
    SayForm,
    SubmissionForm,
    TellGuestForm,
    TieForm,
)
from undaunted.repression.coordination.pages.answers import (
    found,
    sought,
    stopped,
    taken,
    with_key,
)
from undaunted.repression.coordination.queries import (
    party_for,
    proposal_for,
    proposal_sheet,
)
from undaunted.repression.coordination.rules import (
    Answer,
    CoordinationRefused,
    CoordinationState,
    Preparation,
    Said,
    read_key,
    submission_told,
)

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.forms import Form
    from django.http import HttpRequest

    from undaunted.core.access.rules import Actor
    from undaunted.core.vault.rules import OpenKey
    from undaunted.repression.coordination.actions import Opened
    from undaunted.repression.coordination.models import Party, Proposal
    from undaunted.repression.coordination.queries import ProposalSheet
    from undaunted.repression.coordination.rules import SubmissionTold

__all__ = [
    "answer",
    "confirm_end",
    "confirm_invited",
    "confirm_moment",
    "confirm_own_go",
    "end",
    "go",
    "hold",
    "ics",
    "invite",
    "moment",
    "prepare",
    "proposal_page",
    "reseal",
    "say",
    "send",
    "tie",
    "tie_submission",
    "withdraw",
]


def _address(held: Proposal) -> str:
    return reverse("coordination-desk:proposal", args=[held.pk])


def _of_party(held: Party) -> str:
    return _address(held.proposal)


def _plain(form: type[Form]) -> Any:  # noqa: ANN401 - a maker of forms
    return lambda told, *_: form(told)


@face("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def proposal_page(request: HttpRequest, proposal: UUID) -> HttpResponse:
    """Show a proposal; what is sealed in it only where somebody asks whose key is open."""
    actor = actor_of(request)
    held = found(proposal_for(actor, proposal))
    if request.method != "POST":
        return _shown(request, actor, held, None)

    def step(key: OpenKey) -> HttpResponse:
        opened = actions.open_proposal(held, key=key, actor=actor, at=timezone.now())
        return _shown(request, actor, held, opened)

    return with_key(request, actor, step, _address(held))


@face("desk")
@require_safe
def ics(request: HttpRequest, proposal: UUID) -> HttpResponse:
    """Give the moment of the announcement for a calendar program; it names nobody.

    Of a proposal that was withdrawn its parties are told for thirty days that it is off.
    """
    actor, now = actor_of(request), timezone.now()
    held, agreed = found(announcement_for(actor, proposal, now))
    found(held.moment)
    answer = HttpResponse(
        announcement_file(held, agreed=agreed, at=now), content_type="text/calendar; charset=utf-8"
    )
    answer["Content-Disposition"] = 'attachment; filename="announcement.ics"'
    return answer


@taken(proposal_for, _address)
def send(held: Proposal, *, actor: Actor, at: datetime) -> None:
    """Send a proposal, as a second person."""
    actions.send_proposal(held, actor=actor, at=at)


@taken(proposal_for, _address)
def withdraw(held: Proposal, *, actor: Actor, at: datetime) -> None:
    """Withdraw one's own proposal."""
    actions.withdraw_proposal(held, actor=actor, at=at)


@taken(proposal_for, _address)
def end(held: Proposal, *, actor: Actor, at: datetime) -> None:
    """Propose to end one's own proposal."""
    actions.propose_ending(held, actor=actor, at=at)


@taken(proposal_for, _address)
def confirm_end(held: Proposal, *, actor: Actor, at: datetime) -> None:
    """End a proposal as a colleague proposed."""
    actions.confirm_ending(held, actor=actor, at=at)


@taken(party_for, _of_party)
def confirm_invited(held: Party, *, actor: Actor, at: datetime) -> None:
    """Let one more organisation read it, as a second person."""
    actions.confirm_invitation(held, actor=actor, at=at)


@taken(proposal_for, _address, _plain(SayForm))
def say(held: Proposal, told: dict[str, Any], *, actor: Actor, at: datetime) -> None:
    """Comment."""
    actions.say(held, told["text"], actor=actor, at=at)


@taken(proposal_for, _address, _plain(TieForm))
def tie(held: Proposal, told: dict[str, Any], *, actor: Actor, at: datetime) -> None:
    """Tie it to an entry of a list."""
    actions.tie_entry(held, told["entry"], actor=actor, at=at)


@taken(proposal_for, _address, _plain(SubmissionForm))
def tie_submission(held: Proposal, told: dict[str, Any], *, actor: Actor, at: datetime) -> None:
    """Name a submission of a dossier."""
    actions.tie_submission(held, told["submission"], actor=actor, at=at)


@taken(proposal_for, _address, _plain(MomentForm))
def moment(held: Proposal, told: dict[str, Any], *, actor: Actor, at: datetime) -> None:
    """Propose the moment of the announcement."""
    when = told["moment"]
    actions.set_moment(held, when.replace(tzinfo=UTC), actor=actor, at=at)


@taken(proposal_for, _address)
def confirm_moment(held: Proposal, *, actor: Actor, at: datetime) -> None:
    """Move the moment as a second person."""
    actions.confirm_moment(held, actor=actor, at=at)


@taken(proposal_for, _address)
def go(held: Proposal, *, actor: Actor, at: datetime) -> None:
    """Say go for one's own organisation."""
    actions.say_go(held, actor=actor, at=at)


@taken(proposal_for, _address)
def confirm_own_go(held: Proposal, *, actor: Actor, at: datetime) -> None:
    """Confirm go as a second person."""
    actions.confirm_go(held, actor=actor, at=at)


@taken(proposal_for, _address, _plain(ReasonForm))
def hold(held: Proposal, told: dict[str, Any], *, actor: Actor, at: datetime) -> None:
    """Hold the announcement."""
    actions.hold_announcement(held, told["reason"], actor=actor, at=at)


@taken(proposal_for, _address, _plain(PreparedForm))
def prepare(held: Proposal, told: dict[str, Any], *, actor: Actor, at: datetime) -> None:
    """Say how far one's own organisation is."""
    kind, state = Preparation(told["kind"]), CoordinationState(told["state"])
    actions.prepare(held, kind, state, actor=actor, at=at, due=told["due"])


@face("desk")
@require_POST
def answer(request: HttpRequest, proposal: UUID) -> HttpResponse:
    """Accept, decline or leave; who goes comes back to the board."""
    actor = actor_of(request)
    held = sought(proposal_for, actor, proposal)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        name, problems = next(iter(form.errors.items()))
        return stopped(request, f"{name}: {problems[0]}", _address(held), form=form)
    told, to = form.cleaned_data, Answer(form.cleaned_data["answer"])
    try:
        actions.answer_proposal(held, to, actor=actor, at=timezone.now(), reason=told["reason"])
    except CoordinationRefused as refusal:
        return stopped(request, refusal, _address(held), form=form)
    return redirect(_address(held) if to is Answer.ACCEPTED else "coordination-desk:board")


@face("desk")
@require_POST
def invite(request: HttpRequest, proposal: UUID) -> HttpResponse:
    """Invite one more organisation, with the key that is open."""
    actor = actor_of(request)
    held = sought(proposal_for, actor, proposal)
    form = InviteForm(request.POST, actor=actor)
    if not form.is_valid():
        return stopped(request, f"organisation: {form.errors['organisation'][0]}", _address(held))
    other = UUID(form.cleaned_data["organisation"])

    def step(key: OpenKey) -> HttpResponse:
        actions.invite_another(held, other, key=key, actor=actor, at=timezone.now())
        return redirect(_address(held))

    return with_key(request, actor, step, _address(held))


@face("desk")
@require_POST
def reseal(request: HttpRequest, proposal: UUID) -> HttpResponse:
    """Seal the subject anew to the parties' present keys, with the key that is open."""
    actor = actor_of(request)
    held = sought(proposal_for, actor, proposal)

    def step(key: OpenKey) -> HttpResponse:
        actions.renew_seal(held, key=key, actor=actor, at=timezone.now())
        return redirect(_address(held))

    return with_key(request, actor, step, _address(held))


def _shown(
    request: HttpRequest, actor: Actor, held: Proposal, opened: Opened | None
) -> HttpResponse:
    sheet = proposal_sheet(actor, held, timezone.now())
    shown = {
        "sheet": sheet,
        "proposal": held,
        "opened": opened,
        "remarks": [(each, _said(opened, each.pk)) for each in sheet.remarks],
        "submissions": _submissions(actor, sheet, opened),
        "ties": _ties(actor, sheet, opened),
        "may": _may(actor, sheet),
        "waiting": sheet.unheard - {each.guest for each in sheet.refused},
        "person": actor.id,
        "forms": {
            "answer": AnswerForm(),
            "say": SayForm(),
            "tie": TieForm(),
            "submission": SubmissionForm(),
            "moment": MomentForm(),
            "hold": ReasonForm(),
            "prepare": PreparedForm(),
            "invite": InviteForm(actor=actor),
            "partner": InvitePartnerForm(actor=actor, to=held),
            "tell": TellGuestForm(initial={"until": _until(held)}),
        },
    }
    return TemplateResponse(request, "coordination/desk/proposal.html", shown)


def _until(held: Proposal) -> date:
    """Give until when a package is offered to be kept: a month after the moment, or a quarter."""
    return (held.moment or timezone.now() + timedelta(days=60)).date() + timedelta(days=30)


def _said(opened: Opened | None, which: UUID) -> str:
    return str(opened.remarks.get(which, {}).get("text", "")) if opened else ""


def _submissions(
    actor: Actor, sheet: ProposalSheet, opened: Opened | None
) -> list[tuple[str, SubmissionTold | None]]:
    """Give the submissions that were named: with title and mark to who may read the dossier."""
    told = [_said(opened, each.pk) for each in sheet.remarks if each.kind == Said.SUBMISSION]
    return [(each, submission_told(actor, UUID(each))) for each in dict.fromkeys(told) if each]


def _ties(actor: Actor, sheet: ProposalSheet, opened: Opened | None) -> list[tuple[str, Any]]:
    """Give the entries that belong to an opened proposal, with what their lists did to them."""
    if opened is None:
        return []
    entry = opened.subject.entry
    told = [_said(opened, each.pk) for each in sheet.remarks if each.kind == Said.TIE]
    told = ([":".join(entry)] if entry else []) + [each for each in told if each]
    return [(each, entry_history(actor, read_key(each))) for each in dict.fromkeys(told)]


def _may(actor: Actor, sheet: ProposalSheet) -> dict[str, bool]:
    def does(verb: Verb, holder: UUID, first: UUID | None = None) -> bool:
        hands = frozenset({first} if first else ())
        return decide(actor, verb, Facts(holder=holder, earlier_hands=hands)).allowed

    row, own = sheet.row, sheet.own
    return {
        "send": does(Verb.PUBLISH, row.holder, row.recorded_by),
        "propose": sheet.proposes and does(Verb.RECORD, row.holder),
        "second": sheet.proposes and does(Verb.PUBLISH, row.holder),
        "withdraw": does(Verb.TAKE_DOWN, row.holder),
        "end": does(Verb.PUBLISH, row.holder, row.ending_by),
        "move": does(Verb.PUBLISH, row.holder, row.moment_by),
        "record": bool(own and does(Verb.RECORD, own.holder)),
        "go": bool(own and own.go_by and does(Verb.PUBLISH, own.holder, own.go_by)),
    }
