"""Reads of proposals: for their parties alone; absent and forbidden look the same."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from undaunted.core.access.rules import RECORD_ROLES, Facts, Verb, decide
from undaunted.repression.coordination.models import (
    Guest,
    Party,
    Prepared,
    Proposal,
    Remark,
    Seat,
    SeatKey,
    SeatKnown,
)
from undaunted.repression.coordination.rules import Announced, Answer, CoordinationStage, announced

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor
    from undaunted.repression.coordination.rules import PartyStanding

__all__ = [
    "ProposalSheet",
    "RefusedPackage",
    "called_off",
    "guests_of",
    "others_in",
    "own_parties",
    "own_party",
    "own_seats",
    "parties_of",
    "party_for",
    "prepared_of",
    "proposal_for",
    "proposal_sheet",
    "proposals_for",
    "refused_of",
    "remarks_of",
    "seat_for",
    "seat_key_for",
    "seat_keys_for",
    "seat_of",
    "seats_known",
    "seats_waiting",
    "stands_of",
    "stands_of_all",
    "unheard_of",
    "working_for",
]

_TAKES_PART = (Answer.INVITED, Answer.ACCEPTED)


def working_for(actor: Actor) -> frozenset[UUID]:
    """Give the organisations in whose name the actor reads: officials have one."""
    held = actor.organisations_as(*RECORD_ROLES) if actor.second_factor else frozenset()
    return held & actor.governments if actor.governments else held


def own_seats(actor: Actor) -> QuerySet[Seat]:
    """Give the seats of one's own organisations, confirmed or not."""
    return Seat.objects.filter(holder__in=working_for(actor)).order_by("recorded_at", "id")


def seat_of(actor: Actor, holder: UUID) -> Seat | None:
    """Give the confirmed seat of one's own organisation."""
    return own_seats(actor).filter(holder=holder, confirmed_at__isnull=False).first()


def seat_for(actor: Actor, seat: UUID) -> Seat | None:
    """Give one seat of one's own organisations; None for absent and for forbidden."""
    return own_seats(actor).filter(pk=seat).first()


def seats_waiting(actor: Actor) -> QuerySet[Seat]:
    """Give the seats that wait for a second person of one's own organisation."""
    return own_seats(actor).filter(confirmed_at__isnull=True)


def seat_keys_for(actor: Actor) -> QuerySet[SeatKey]:
    """Give the later keys of one's own seats, those that wait for a second person too."""
    rows = SeatKey.objects.filter(holder__in=working_for(actor))
    return rows.select_related("seat")


def seat_key_for(actor: Actor, key: UUID) -> SeatKey | None:
    """Give one; None for absent and for forbidden."""
    return seat_keys_for(actor).filter(pk=key).first()


def seats_known(actor: Actor) -> QuerySet[SeatKnown]:
    """Give the seats that can be invited, with the key to which one seals."""
    rows = SeatKnown.objects.order_by("name", "id")
    return rows if working_for(actor) else rows.none()


def proposals_for(actor: Actor) -> QuerySet[Proposal]:
    """Give one's own proposals and those to which one's organisation was invited and has a part."""
    mine = working_for(actor)
    part = Party.objects.filter(
        proposal=OuterRef("pk"),
        holder__in=mine,
        invited_at__isnull=False,
        answer__in=_TAKES_PART,
    )
    sent = Q(sent_at__isnull=False) & ~Q(stage=CoordinationStage.WITHDRAWN)
    rows = Proposal.objects.filter(Q(holder__in=mine) | sent & Exists(part))
    return rows.order_by("-recorded_at", "id")


def proposal_for(actor: Actor, proposal: UUID) -> Proposal | None:
    """Give one proposal; None for absent and for forbidden."""
    return proposals_for(actor).filter(pk=proposal).first()


def called_off(actor: Actor, proposal: UUID) -> Proposal | None:
    """Give the announcement of a proposal that was withdrawn lately, to whoever was its party.

    Its moment, how often it was moved, and when it was called off; nothing else of it. None for
    absent and for forbidden.
    """
    if not working_for(actor):
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM coordination_called_off(%s)", [proposal])
        row = cursor.fetchone()
    if row is None:
        return None
    moment, moves, closed_at = row
    return Proposal(pk=proposal, moment=moment, moves=moves, closed_at=closed_at)


def parties_of(actor: Actor, proposal: Proposal) -> QuerySet[Party]:
    """Give the parties of a proposal that one reads."""
    return Party.objects.filter(proposal__in=proposals_for(actor), proposal=proposal)


def others_in(actor: Actor) -> dict[UUID, tuple[str, ...]]:
    """Give by proposal who has a part in it beside one's own organisations, as one reads it.

    Of a proposal to oneself the proposer comes first.
    """
    rows = Party.objects.filter(proposal__in=proposals_for(actor)).select_related("proposal")
    others: dict[UUID, list[Party]] = {}
    for each in rows.exclude(holder__in=working_for(actor)):
        others.setdefault(each.proposal_id, []).append(each)
    return {
        proposal: tuple(
            each.name for each in sorted(told, key=lambda one: one.holder != one.proposal.holder)
        )
        for proposal, told in others.items()
    }


def guests_of(actor: Actor, proposal: Proposal) -> QuerySet[Guest]:
    """Give the partners elsewhere that have a part in a proposal that one reads."""
    return Guest.objects.filter(proposal__in=proposals_for(actor), proposal=proposal)


def party_for(actor: Actor, party: UUID) -> Party | None:
    """Give a party of a proposal that one reads; None for absent and for forbidden."""
    rows = Party.objects.filter(proposal__in=proposals_for(actor), pk=party)
    return rows.select_related("proposal").first()


def own_parties(actor: Actor) -> QuerySet[Party]:
    """Give where one's own organisations have a part."""
    rows = Party.objects.filter(
        proposal__in=proposals_for(actor), holder__in=working_for(actor), answer__in=_TAKES_PART
    )
    return rows.select_related("proposal").order_by("-recorded_at", "id")


def own_party(actor: Actor, proposal: UUID) -> Party | None:
    """Give the part of one's own organisation; of several, that for which one records."""
    held = own_parties(actor).filter(proposal=proposal)
    rows = sorted(held, key=lambda each: not _records(actor, each.holder))
    return rows[0] if rows else None


def prepared_of(actor: Actor, proposal: Proposal) -> QuerySet[Prepared]:
    """Give what the parties of a proposal prepare."""
    rows = Prepared.objects.filter(party__in=parties_of(actor, proposal))
    return rows.select_related("party").order_by("party__name", "kind")


def remarks_of(actor: Actor, proposal: Proposal) -> QuerySet[Remark]:
    """Give what was said under a proposal, oldest first; sealed."""
    return Remark.objects.filter(proposal__in=proposals_for(actor), proposal=proposal)


def stands_of(actor: Actor, proposal: Proposal, now: datetime) -> Announced:
    """Say where the joint announcement stands."""
    guests = tuple(guests_of(actor, proposal))
    standing = _standing(tuple(parties_of(actor, proposal)), guests, unheard_of(actor, guests))
    return announced(proposal.moment, standing, now)


def stands_of_all(
    actor: Actor, proposals: Iterable[Proposal], now: datetime
) -> dict[UUID, Announced]:
    """Say it of several, by their ids, in as many queries however many there are."""
    rows = tuple(proposals)
    if not rows:
        return {}
    seen = {"proposal__in": proposals_for(actor), "proposal_id__in": [each.pk for each in rows]}
    parties, guests = tuple(Party.objects.filter(**seen)), tuple(Guest.objects.filter(**seen))
    unheard = unheard_of(actor, guests)
    return {
        row.pk: announced(
            row.moment,
            _standing(
                [each for each in parties if each.proposal_id == row.pk],
                [each for each in guests if each.proposal_id == row.pk],
                unheard,
            ),
            now,
        )
        for row in rows
    }


def unheard_of(_actor: Actor, guests: Collection[Guest]) -> frozenset[UUID]:
    """Give the guests of a proposal that one reads of which a package waits to be accepted.

    It came before the moment, and may say anything: hold, too.
    """
    which = sorted({each.proposal_id for each in guests})
    if not which:
        return frozenset()
    with connection.cursor() as cursor:
        cursor.execute("SELECT coordination_unheard(each) FROM unnest(%s::uuid[]) each", [which])
        return frozenset(row[0] for row in cursor.fetchall())


@dataclass(frozen=True, slots=True)
class RefusedPackage:
    """A package of a guest that was refused, or ran out unread, and keeps the embargo.

    Attributes:
        hand: who refused it, or took its file in; somebody else sets it aside.
    """

    guest: UUID
    item: UUID
    hand: UUID


def refused_of(_actor: Actor, proposal: Proposal) -> tuple[RefusedPackage, ...]:
    """Give the refused packages of guests that nobody has set aside, to the proposer alone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM coordination_refused(%s)", [proposal.pk])
        return tuple(RefusedPackage(*row) for row in cursor.fetchall())


def _standing(
    parties: Collection[Party], guests: Collection[Guest], unheard: Collection[UUID]
) -> list[PartyStanding]:
    """Give where all stand; a guest of which something waits goes only once it was heard."""
    standing = [each.standing for each in parties]
    for each in guests:
        held = each.standing
        standing.append(replace(held, go_for=None) if each.pk in unheard else held)
    return standing


@dataclass(frozen=True, slots=True)
class ProposalSheet:
    """A proposal as one of its parties sees it; what is sealed is opened apart."""

    row: Proposal
    own: Party | None
    parties: tuple[Party, ...]
    guests: tuple[Guest, ...]
    prepared: tuple[Prepared, ...]
    remarks: tuple[Remark, ...]
    stands: Announced
    proposes: bool
    unheard: frozenset[UUID]
    refused: tuple[RefusedPackage, ...]


def proposal_sheet(actor: Actor, proposal: Proposal, now: datetime) -> ProposalSheet:
    """Give a proposal with all that a party may read of it."""
    parties = tuple(parties_of(actor, proposal))
    guests = tuple(guests_of(actor, proposal))
    unheard = unheard_of(actor, guests)
    return ProposalSheet(
        row=proposal,
        own=own_party(actor, proposal.pk),
        parties=parties,
        guests=guests,
        prepared=tuple(prepared_of(actor, proposal)),
        remarks=tuple(remarks_of(actor, proposal)),
        stands=announced(proposal.moment, _standing(parties, guests, unheard), now),
        proposes=proposal.holder in working_for(actor),
        unheard=unheard,
        refused=refused_of(actor, proposal),
    )


def _records(actor: Actor, holder: UUID) -> bool:
    return decide(actor, Verb.RECORD, Facts(holder=holder)).allowed
