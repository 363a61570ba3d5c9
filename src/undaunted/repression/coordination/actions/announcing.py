"""A joint announcement: its moment, what each party prepares, go by two people, hold by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.core.access.rules import Facts, Forbidden, Verb, require
from undaunted.repression.coordination.actions.saying import tell
from undaunted.repression.coordination.actions.turns import (
    in_turn,
    note,
    standing,
    standing_party,
)
from undaunted.repression.coordination.models import Party, Prepared
from undaunted.repression.coordination.queries import own_party, stands_of
from undaunted.repression.coordination.rules import (
    AnnouncementRefused,
    Answer,
    CoordinationRefused,
    CoordinationStage,
    CoordinationState,
    Preparation,
    Said,
    check_go,
    check_hold,
    check_moment,
    checked_due,
    needed_text,
)

if TYPE_CHECKING:
    from datetime import date, datetime

    from undaunted.core.access.rules import Actor
    from undaunted.repression.coordination.models import Proposal

__all__ = ["confirm_go", "confirm_moment", "hold_announcement", "prepare", "say_go", "set_moment"]


def set_moment(proposal: Proposal, moment: datetime, *, actor: Actor, at: datetime) -> Proposal:
    """Name the moment, as the proposer; where one stands, propose to move it.

    A move takes effect when a second person confirms: what was agreed stands until then.
    """
    require(actor, Verb.RECORD, Facts(holder=proposal.holder))
    if moment.tzinfo is None:
        raise CoordinationRefused("moment: say in which zone, as 2026-12-10T10:00+01:00")
    with in_turn():
        held = standing(proposal, own=True)
        if held.stage != CoordinationStage.SENT:
            raise AnnouncementRefused("moment: send the proposal first; its parties agree to it")
        check_moment(moment, stands_of(actor, held, at), at)
        if held.moment is None:
            held.moment = moment
            held.save(update_fields=["moment"])
            note("proposal.moment", held, actor=actor, at=at)
        else:
            held.moment_next, held.moment_by = moment, actor.person
            held.save(update_fields=["moment_next", "moment_by"])
            note("proposal.move_proposed", held, actor=actor, at=at)
    return held


def confirm_moment(proposal: Proposal, *, actor: Actor, at: datetime) -> Proposal:
    """Move the moment as a colleague proposed; what was agreed for the one before lapses."""
    with in_turn():
        held = standing(proposal, own=True)
        if held.moment_next is None or held.moment_by is None:
            raise AnnouncementRefused("moment: nobody has proposed to move it")
        hands = frozenset({held.moment_by})
        require(actor, Verb.PUBLISH, Facts(holder=held.holder, earlier_hands=hands))
        check_moment(held.moment_next, stands_of(actor, held, at), at)
        held.moment, held.moves = held.moment_next, held.moves + 1
        held.moment_next, held.moment_by = None, None
        held.save(update_fields=["moment", "moves", "moment_next", "moment_by"])
        note("proposal.moved", held, actor=actor, at=at)
    return held


def say_go(proposal: Proposal, *, actor: Actor, at: datetime) -> Party:
    """Say go for one's own organisation at the moment; a second person confirms."""
    with in_turn():
        held, whole = _bound(actor, proposal, Verb.RECORD)
        held.go_for = check_go(whole.moment, None, at)
        held.go_by, held.gone_at, held.gone_by = actor.person, None, None
        held.save(update_fields=["go_for", "go_by", "gone_at", "gone_by"])
        note("proposal.go", whole, actor=actor, at=at)
    return held


def confirm_go(proposal: Proposal, *, actor: Actor, at: datetime) -> Party:
    """Confirm go as a second person; a hold of one's own organisation ends with it."""
    with in_turn():
        held, whole = _bound(actor, proposal, Verb.PUBLISH)
        if held.go_for is None or held.gone_at is not None:
            raise AnnouncementRefused("go: nobody of your organisation has said it for this moment")
        check_go(whole.moment, held.go_for, at)
        held.gone_at, held.gone_by = at, actor.person
        held.held_at, held.held_by = None, None
        held.save(update_fields=["gone_at", "gone_by", "held_at", "held_by"])
        note("proposal.go_confirmed", whole, actor=actor, at=at)
    return held


def hold_announcement(proposal: Proposal, reason: str, *, actor: Actor, at: datetime) -> Party:
    """Hold the announcement for one's own organisation, with the reason; at once, by one person.

    Stopping never waits for a second person. It takes back the organisation's go, whoever said it:
    going on takes two people who say go after the hold.
    """
    told = needed_text("reason", reason)
    with in_turn():
        held, whole = _bound(actor, proposal, Verb.RECORD)
        check_hold(stands_of(actor, whole, at))
        tell(held, Said.HOLD, told, actor=actor, at=at)
        held.held_at, held.held_by = at, actor.person
        held.go_for, held.go_by, held.gone_at, held.gone_by = None, None, None, None
        held.save(update_fields=["held_at", "held_by", "go_for", "go_by", "gone_at", "gone_by"])
        note("proposal.held", whole, actor=actor, at=at)
    return held


def prepare(  # noqa: PLR0913 - of which proposal, what, how far, by when, by whom
    proposal: Proposal,
    kind: Preparation,
    state: CoordinationState,
    *,
    actor: Actor,
    at: datetime,
    due: date | None = None,
) -> Prepared:
    """Say how far one's own organisation is with a preparation; the other parties read it."""
    with in_turn():
        held, whole = _bound(actor, proposal, Verb.RECORD)
        made = Prepared.objects.select_for_update().filter(party=held, kind=kind).first()
        if made is None:
            made = Prepared(party=held, holder=held.holder, kind=kind)
            made.recorded_at, made.recorded_by = at, actor.person
        made.state, made.due = state, checked_due(due, at.date())
        made.save()
        note("proposal.prepared", whole, actor=actor, at=at)
    return made


def _bound(actor: Actor, proposal: Proposal, verb: Verb) -> tuple[Party, Proposal]:
    party = own_party(actor, proposal.pk)
    if party is None:
        raise Forbidden("there is no such proposal for you")
    hands = frozenset({party.go_by}) if party.go_by else frozenset()
    require(actor, verb, Facts(holder=party.holder, earlier_hands=hands))
    held, whole = standing_party(party)
    if held.answer != Answer.ACCEPTED:
        raise CoordinationRefused("answer: your organisation accepts the proposal first")
    return held, whole
