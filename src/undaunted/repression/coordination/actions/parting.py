"""The part of a guest ended by two people, and a refused package of it set aside by a second."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.core.access.rules import Facts, Forbidden, Verb, require
from undaunted.core.sharing.actions import release_takedowns
from undaunted.repression.coordination.actions.turns import in_turn, note, standing
from undaunted.repression.coordination.models import Guest, SetAside
from undaunted.repression.coordination.queries import refused_of
from undaunted.repression.coordination.rules import (
    PROPOSAL_FORMAT,
    AnnouncementRefused,
    CoordinationRefused,
    CoordinationStage,
)

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.repression.coordination.models import Proposal

__all__ = ["confirm_parting", "drop_parting", "propose_parting", "set_aside"]


def propose_parting(guest: Guest, *, actor: Actor, at: datetime) -> Guest:
    """Propose to end the part of a guest, as where it changed its key and can answer no more.

    It takes effect when a second person confirms; the partner is invited anew with its later key.
    """
    require(actor, Verb.RECORD, Facts(holder=guest.holder))
    with in_turn():
        held = _parted(guest)
        if held.ending_by is not None:
            raise CoordinationRefused("guest: a colleague proposed it already; confirm it")
        held.ending_by = actor.person
        held.save(update_fields=["ending_by"])
        note("proposal.guest_ending", held.proposal, actor=actor, at=at)
    return held


def drop_parting(guest: Guest, *, actor: Actor, at: datetime) -> Guest:
    """Take back a proposal to end the part of a guest; its part goes on as before.

    Whoever proposed it does, or a second person in the place of confirming it.
    """
    with in_turn():
        held = _parted(guest)
        if held.ending_by is None:
            raise CoordinationRefused("guest: nobody has proposed to end its part")
        second = Facts(holder=held.holder, earlier_hands=frozenset({held.ending_by}))
        if held.ending_by == actor.person:
            require(actor, Verb.RECORD, Facts(holder=held.holder))
        else:
            require(actor, Verb.PUBLISH, second)
        held.ending_by = None
        held.save(update_fields=["ending_by"])
        note("proposal.guest_kept", held.proposal, actor=actor, at=at)
    return held


def confirm_parting(guest: Guest, *, actor: Actor, at: datetime) -> Guest:
    """End the part of a guest as a colleague proposed, before the moment of the announcement.

    Nothing goes to it any more, what went is taken back, and the announcement waits for it no more.
    """
    with in_turn():
        held = _parted(guest)
        if held.ending_by is None:
            raise CoordinationRefused("guest: nobody has proposed to end its part")
        hands = frozenset({held.ending_by})
        require(actor, Verb.PUBLISH, Facts(holder=held.holder, earlier_hands=hands))
        moment = held.proposal.moment
        if moment is not None and moment <= at:
            raise AnnouncementRefused(
                "moment: it has passed, and what was missed stays so; move it first"
            )
        held.ended_at, held.ended_by = at, actor.person
        held.save(update_fields=["ended_at", "ended_by"])
        release_takedowns(PROPOSAL_FORMAT, [held.pk], why="withdrawn", actor=actor, at=at)
        note("proposal.guest_ended", held.proposal, actor=actor, at=at)
    return held


def set_aside(proposal: Proposal, item: UUID, *, actor: Actor, at: datetime) -> SetAside:
    """Set aside a package of a guest that another person refused, or that ran out unread.

    Until then it keeps the embargo: whoever refused it alone lifts nothing.
    """
    with in_turn():
        held = standing(proposal, own=True)
        found = [each for each in refused_of(actor, held) if each.item == item]
        if not found:
            raise Forbidden("there is no such package for you")
        hands = frozenset({found[0].hand})
        require(actor, Verb.PUBLISH, Facts(holder=held.holder, earlier_hands=hands))
        made = SetAside(holder=held.holder, item=item, recorded_at=at, recorded_by=actor.person)
        made.save(force_insert=True)
        note("proposal.package_set_aside", held, actor=actor, at=at)
    return made


def _parted(guest: Guest) -> Guest:
    whole = standing(guest.proposal, own=True)
    held = Guest.objects.select_for_update(of=("self",)).filter(pk=guest.pk).first()
    if held is None:
        raise Forbidden("there is no such guest for you")
    if not held.has_part:
        raise CoordinationRefused("guest: it has no part any more")
    if whole.stage != CoordinationStage.SENT:
        raise CoordinationRefused("guest: send the proposal first, or withdraw it")
    held.proposal = whole
    return held
