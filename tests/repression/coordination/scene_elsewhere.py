"""A proposer and a partner on another installation, who exchange packages through real actions.

Each stands for an installation: row security keeps them apart as two databases would.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from tests.core.vault.factories import PASSPHRASE, Colleague
from tests.core.vault.factories import take_in as admitted_to
from tests.repression.coordination.factories import SUBJECT, make_body
from undaunted.core.accounts.actions import acting_as
from undaunted.core.sharing.actions import (
    accept_item,
    hand_over_copy,
    make_own_keys,
    record_partner,
    reject_item,
    seal_parcel,
    take_in,
    verify_partner,
)
from undaunted.core.sharing.models import Arrival, ArrivalItem, Copy, Parcel
from undaunted.core.sharing.rules import PartnerKind, Tlp
from undaunted.core.vault.actions import make_key_pair, open_at_terminal
from undaunted.core.vault.rules import FLOOR
from undaunted.repression.coordination.actions import (
    begin_proposal,
    confirm_go,
    confirm_parting,
    invite_partner,
    propose_parting,
    say_go,
    send_proposal,
    set_moment,
    tell_guest,
    tell_proposer,
)
from undaunted.repression.coordination.queries import (
    guest_for,
    invitations_for,
    proposal_for,
    stands_of,
)
from undaunted.repression.coordination.rules import Announced, CoordinationStep

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from tests.repression.coordination.factories import Body
    from undaunted.core.sharing.models import OwnKeys, Partner
    from undaunted.core.vault.rules import OpenKey
    from undaunted.repression.coordination.models import Guest, Invitation, Proposal, Sending

__all__ = [
    "Across",
    "House",
    "agreed_across",
    "befriended",
    "in_days",
    "make_across",
    "make_house",
    "part_over",
    "part_proposed_over",
    "pass_moment",
    "refused_unread",
]

PAST = "(SELECT moment FROM coordination_proposal)"


def in_days(days: int) -> datetime:
    """Give a time some days from now."""
    return timezone.now() + timedelta(days=days)


@dataclass
class House:
    """An installation of one organisation, with its keys for sharing; both people seal."""

    body: Body
    own: OwnKeys
    name: str
    second_key: OpenKey

    def sealed(self, parcel: Parcel) -> bytes:
        """Seal a package as a second person; gives the file of its one recipient."""
        with acting_as(self.body.publisher) as actor:
            seal_parcel(parcel, key=self.second_key, actor=actor, at=timezone.now())
        with acting_as(self.body.documenter) as actor:
            copy = Copy.objects.select_related("parcel", "partner").get(parcel=parcel)
            return hand_over_copy(copy, actor=actor, at=timezone.now())

    def accepted(self, file: bytes) -> Any:
        """Take a file in and accept its one item; gives what came of it."""
        with acting_as(self.body.documenter) as actor:
            arrival = take_in(file, self.body.id, key=self.body.key, actor=actor, at=timezone.now())
            assert isinstance(arrival, Arrival)
            item = ArrivalItem.objects.select_related("arrival__partner").get(arrival=arrival)
        with acting_as(self.body.documenter) as actor:
            return accept_item(item, key=self.body.key, actor=actor, at=timezone.now())


@dataclass
class Across:
    """A proposal of one installation, and a guest on another."""

    ours: House
    theirs: House
    proposal: Proposal
    guest: Guest

    def told(self, *, until: datetime | None = None) -> bytes:
        """Write the proposal down for the guest; gives the sealed file."""
        with acting_as(self.ours.body.documenter) as actor:
            guest = guest_for(actor, self.guest.pk)
            assert guest is not None
            parcel = tell_guest(guest, until or in_days(90), actor=actor, at=timezone.now())
        return self.ours.sealed(parcel)

    def invitation(self) -> Invitation:
        """Give the latest word there."""
        with acting_as(self.theirs.body.documenter) as actor:
            return invitations_for(actor).get()

    def said(self, step: CoordinationStep, words: str = "", **more: Any) -> bytes:
        """Tell the proposer a step; gives the sealed file."""
        return self.theirs.sealed(self.written(step, words, **more)[1])

    def written(
        self, step: CoordinationStep, words: str = "", **more: Any
    ) -> tuple[Sending, Parcel]:
        """Write a step down there; gives it with its package, not sealed yet."""
        held = self.invitation()
        with acting_as(self.theirs.body.documenter) as actor:
            made = tell_proposer(
                held, step, words=words, until=in_days(60), actor=actor, at=timezone.now(), **more
            )
            return made, Parcel.objects.get(items__thing=made.pk)

    def back(self, step: CoordinationStep, words: str = "", **more: Any) -> Any:
        """Tell the proposer a step, and let it be accepted there."""
        return self.ours.accepted(self.said(step, words, **more))

    def held(self) -> Guest:
        """Give the guest as it stands at the proposer."""
        with acting_as(self.ours.body.documenter) as actor:
            found = guest_for(actor, self.guest.pk)
            assert found is not None
            return found

    def stands(self) -> Announced:
        """Say where the announcement stands at the proposer."""
        held = self.now()
        with acting_as(self.ours.body.documenter) as actor:
            return stands_of(actor, held, timezone.now())

    def timed(self, hours: int = 3) -> None:
        """Propose a moment."""
        held = self.now()
        with acting_as(self.ours.body.documenter) as actor:
            now = timezone.now()
            set_moment(held, now + timedelta(hours=hours), actor=actor, at=now)

    def we_go(self) -> None:
        """Let two people of the proposer say go."""
        with acting_as(self.ours.body.documenter) as actor:
            say_go(self.proposal, actor=actor, at=timezone.now())
        with acting_as(self.ours.body.publisher) as actor:
            confirm_go(self.proposal, actor=actor, at=timezone.now())

    def now(self) -> Proposal:
        """Give the proposal as it stands at the proposer."""
        with acting_as(self.ours.body.documenter) as actor:
            found = proposal_for(actor, self.proposal.pk)
            assert found is not None
            return found


def make_house(owner_sql: Any, code: str, name: str, *, government: bool = True) -> House:
    """Make an organisation with a seat and keys for sharing."""
    body = make_body(owner_sql, code, government=government)
    with acting_as(body.documenter) as actor:
        own = make_own_keys(body.id, body.team, name, actor=actor, at=timezone.now())
    with acting_as(body.publisher) as actor:
        make_key_pair(PASSPHRASE, actor=actor, at=timezone.now(), work=FLOOR)
        key = open_at_terminal(PASSPHRASE, actor=actor, at=timezone.now(), work=FLOOR)
    steward = Colleague(body.documenter, body.key)
    admitted_to(owner_sql, body.team, body.publisher.pk, by=steward)
    return House(body, own, name, key)


def befriended(ours: House, theirs: House, audience: str, *, kind: str = "government") -> Partner:
    """Record one as the other's partner, compared by a second person."""
    with acting_as(ours.body.documenter) as actor:
        made = record_partner(
            ours.body.id, name=theirs.name, kind=PartnerKind(kind), audience=audience,
            signing_key=theirs.own.signing_key, recipient=theirs.own.recipient, actor=actor,
            at=timezone.now(),
        )  # fmt: skip
    with acting_as(ours.body.publisher) as actor:
        return verify_partner(made, theirs.own.fingerprint, actor=actor, at=timezone.now())


def make_across(owner_sql: Any, *, tlp: Tlp = Tlp.AMBER_STRICT) -> Across:
    """Make both installations, and a proposal that two people send with the other as its guest."""
    ours = make_house(owner_sql, "XF", "Freedonia (invented)")
    theirs = make_house(owner_sql, "XS", "Syldavia (invented)")
    partner = befriended(ours, theirs, "government:XS")
    befriended(theirs, ours, "government:XF")
    with acting_as(ours.body.documenter) as actor:
        proposal = begin_proposal(
            ours.body.id, SUBJECT, tlp=tlp, state="XR", invited=[], actor=actor, at=timezone.now()
        )
        guest = invite_partner(
            proposal, partner.pk, key=ours.body.key, actor=actor, at=timezone.now()
        )
    with acting_as(ours.body.publisher) as actor:
        held = proposal_for(actor, proposal.pk)
        assert held is not None
        send_proposal(held, actor=actor, at=timezone.now())
    return Across(ours, theirs, proposal, guest)


def agreed_across(across: Across) -> Across:
    """Let both sides go ahead at a moment."""
    across.timed()
    across.theirs.accepted(across.told())
    across.back(CoordinationStep.ACCEPTED)
    across.we_go()
    across.back(CoordinationStep.GO)
    assert across.stands() is Announced.AGREED
    return across


def part_proposed_over(across: Across) -> None:
    """Let one person of the proposer's propose to end the guest's part."""
    with acting_as(across.ours.body.documenter) as actor:
        propose_parting(across.guest, actor=actor, at=timezone.now())


def part_over(across: Across) -> None:
    """Let two people of the proposer's end the guest's part."""
    part_proposed_over(across)
    with acting_as(across.ours.body.publisher) as actor:
        confirm_parting(across.guest, actor=actor, at=timezone.now())


def pass_moment(owner_sql: Any) -> None:
    """Let the moment to which everybody agreed be one minute ago."""
    owner_sql("UPDATE coordination_proposal SET moment = now() - interval '1 minute'")
    owner_sql(f"UPDATE coordination_party SET go_for = {PAST}")
    owner_sql(f"UPDATE coordination_guest SET go_for = {PAST}")


def refused_unread(across: Across, step: CoordinationStep, words: str = "") -> UUID:
    """Let the guest say something, which one person here refuses unread."""
    file, body = across.said(step, words), across.ours.body
    with acting_as(body.documenter) as actor:
        take_in(file, body.id, key=body.key, actor=actor, at=timezone.now())
        item = ArrivalItem.objects.get(holder=body.id, state="waiting")
        reject_item(item, actor=actor, at=timezone.now())
        return item.pk
