"""A guest of invented people: two organisations exchange sealed packages, as two installations do.

Row security keeps them apart as two databases would; nothing is opened but by its own team.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from undaunted.core.accounts.actions import acting_as
from undaunted.core.sharing.actions import (
    accept_item,
    hand_over_copy,
    make_own_keys,
    record_partner,
    seal_parcel,
    take_in,
    verify_partner,
)
from undaunted.core.sharing.queries import (
    arrivals_for,
    copies_of,
    copy_for,
    parcel_of,
)
from undaunted.core.sharing.rules import PartnerKind
from undaunted.core.vault.actions import (
    add_member,
    approve_member,
    make_key_pair,
    open_at_terminal,
    propose_member,
)
from undaunted.core.vault.queries import admissions_waiting
from undaunted.repression.coordination.actions.elsewhere import tell_proposer
from undaunted.repression.coordination.actions.guests import tell_guest
from undaunted.repression.coordination.actions.proposing import invite_partner
from undaunted.repression.coordination.queries import guest_for, invitations_for
from undaunted.repression.coordination.rules import (
    ANSWER_FORMAT,
    PROPOSAL_FORMAT,
    CoordinationState,
    CoordinationStep,
    Preparation,
)

if TYPE_CHECKING:
    from uuid import UUID

    from undaunted.core.accounts.actions import InstalledPerson
    from undaunted.core.sharing.queries import Partner
    from undaunted.core.vault.rules import OpenKey
    from undaunted.repression.coordination.models import Guest, Proposal

__all__ = ["House", "befriended", "exchange", "invited", "opened_house"]

_DAYS = 60


@dataclass(frozen=True)
class House:
    """An organisation that shares: who records, who seals, their open keys, its own keys."""

    id: UUID
    name: str
    code: str
    first: InstalledPerson
    second: InstalledPerson
    first_key: OpenKey
    second_key: OpenKey
    signing_key: str
    recipient: str
    fingerprint: str


def opened_house(  # noqa: PLR0913, PLR0917 - an organisation, its two people and their team
    holder: UUID, name: str, code: str, first: InstalledPerson, second: InstalledPerson, team: UUID
) -> House:
    """Take the second person into the team, and make the keys by which it signs and receives."""
    with acting_as(second.user) as actor:
        make_key_pair(second.passphrase, actor=actor, at=timezone.now())
        second_key = open_at_terminal(second.passphrase, actor=actor, at=timezone.now())
    with acting_as(first.user, kind="terminal") as actor:
        propose_member(team, second.user.pk, actor=actor, at=timezone.now())
    with acting_as(second.user, kind="terminal") as actor:
        waiting = admissions_waiting(actor).get(team=team, person=second.user.pk)
        approve_member(waiting.pk, actor=actor, at=timezone.now())
    with acting_as(first.user) as actor:
        key = open_at_terminal(first.passphrase, actor=actor, at=timezone.now())
        add_member(team, second.user.pk, key=key, actor=actor, at=timezone.now())
        own = make_own_keys(holder, team, name, actor=actor, at=timezone.now())
    return House(
        holder, name, code, first, second, key, second_key, own.signing_key, own.recipient,
        own.fingerprint,
    )  # fmt: skip


def befriended(ours: House, theirs: House) -> Partner:
    """Record one as the other's partner, whose fingerprint a second person compares."""
    with acting_as(ours.first.user) as actor:
        made = record_partner(
            ours.id, name=theirs.name, kind=PartnerKind.GOVERNMENT,
            audience=f"government:{theirs.code}", signing_key=theirs.signing_key,
            recipient=theirs.recipient, actor=actor, at=timezone.now(),
        )  # fmt: skip
    with acting_as(ours.second.user) as actor:
        return verify_partner(made, theirs.fingerprint, actor=actor, at=timezone.now())


def invited(ours: House, theirs: House, held: Proposal) -> Guest:
    """Invite the other to a draft; whoever sends it confirms."""
    partner = befriended(ours, theirs)
    befriended(theirs, ours)
    with acting_as(ours.first.user) as actor:
        key = ours.first_key
        return invite_partner(held, partner.pk, key=key, actor=actor, at=timezone.now())


def exchange(ours: House, theirs: House, guest: Guest) -> None:
    """Let the guest read, accept and say how far it is; one more word of it waits unread."""
    with acting_as(ours.first.user) as actor:
        held, now = guest_for(actor, guest.pk), timezone.now()
        if held is None:
            raise LookupError(f"there is no guest {guest.pk}")
        tell_guest(held, now + timedelta(days=_DAYS), actor=actor, at=now)
    _take_in(theirs, _sealed(ours, PROPOSAL_FORMAT, guest.pk), accept=True)
    accepted = _said(theirs, CoordinationStep.ACCEPTED, "Our council has agreed (invented).")
    _take_in(ours, accepted, accept=True)
    _take_in(ours, _said(theirs, CoordinationStep.PREPARED), accept=True)
    waits = _said(theirs, CoordinationStep.COMMENT, "Our gazette appears on Thursdays (invented).")
    _take_in(ours, waits, accept=False)


def _said(house: House, step: CoordinationStep, words: str = "") -> bytes:
    prepared = step is CoordinationStep.PREPARED
    with acting_as(house.first.user) as actor:
        (held,), now = invitations_for(actor), timezone.now()
        made = tell_proposer(
            held, step, until=now + timedelta(days=_DAYS), words=words, actor=actor, at=now,
            preparation=Preparation.LEGAL_REVIEW if prepared else None,
            state=CoordinationState.DONE if prepared else None,
        )  # fmt: skip
    return _sealed(house, ANSWER_FORMAT, made.pk)


def _sealed(house: House, kind: str, thing: UUID) -> bytes:
    with acting_as(house.second.user) as actor:
        parcel = parcel_of(actor, kind, thing)
        if parcel is None:
            raise LookupError(f"no package holds {kind} {thing}")
        seal_parcel(parcel, key=house.second_key, actor=actor, at=timezone.now())
    with acting_as(house.first.user) as actor:
        (found,) = copies_of(actor, parcel)
        copy = copy_for(actor, found.pk)
        if copy is None:
            raise LookupError(f"no copy of {parcel.pk} is there")
        return hand_over_copy(copy, actor=actor, at=timezone.now())


def _take_in(house: House, file: bytes, *, accept: bool) -> None:
    with acting_as(house.first.user) as actor:
        take_in(file, house.id, key=house.first_key, actor=actor, at=timezone.now())
    if not accept:
        return
    with acting_as(house.first.user) as actor:
        arrived, *_earlier = arrivals_for(actor)
        item = arrived.items.select_related("arrival__partner").get()
        accept_item(item, key=house.first_key, actor=actor, at=timezone.now())
