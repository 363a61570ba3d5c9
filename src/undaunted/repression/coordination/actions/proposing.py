"""A proposal drawn up, sent by a second person, widened, withdrawn, ended, opened."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from django.conf import settings

from undaunted.core.access.rules import Facts, Forbidden, Verb, require
from undaunted.core.places.rules import UnknownCountry, country
from undaunted.core.sharing.actions import release_takedowns
from undaunted.core.vault.rules import code_for_database
from undaunted.repression.coordination.actions.seats import (
    keys_of,
    opened_with,
    own_seat,
    sealed_to,
    seat_secrets,
)
from undaunted.repression.coordination.actions.turns import in_turn, note, standing
from undaunted.repression.coordination.models import HAS_PART, Guest, Party, Proposal
from undaunted.repression.coordination.queries import (
    own_party,
    partners_to_invite,
    remarks_of,
    seats_known,
)
from undaunted.repression.coordination.rules import (
    MARKINGS,
    PROPOSAL_FORMAT,
    Answer,
    CoordinationRefused,
    CoordinationStage,
    SealUnreadable,
    Subject,
    check_audience,
    checked_subject,
    read_subject,
    subject_data,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.sharing.rules import Tlp
    from undaunted.core.vault.rules import OpenKey
    from undaunted.repression.coordination.models import SeatKnown

__all__ = [
    "SUBJECT_KIND",
    "Opened",
    "begin_proposal",
    "confirm_ending",
    "confirm_guest",
    "confirm_invitation",
    "invite_another",
    "invite_partner",
    "open_proposal",
    "propose_ending",
    "reseal_subject",
    "send_proposal",
    "withdraw_proposal",
]

SUBJECT_KIND = "subject"


@dataclass(frozen=True, slots=True)
class Opened:
    """What is sealed in a proposal: its subject, and each remark that can be opened, by row."""

    subject: Subject
    remarks: dict[UUID, dict[str, object]]


def begin_proposal(  # noqa: PLR0913 - whom it is about, how marked, whom it never reaches, to whom
    holder: UUID,
    subject: Subject,
    *,
    tlp: Tlp,
    state: str,
    invited: Iterable[UUID],
    actor: Actor,
    at: datetime,
) -> Proposal:
    """Draw up a proposal to organisations with a seat here; nobody else reads it before it is sent.

    `state` is the one to which the person belongs: its officials are never invited (S7). Raises
    `CoordinationRefused` naming the field.
    """
    require(actor, Verb.RECORD, Facts(holder=holder))
    kept, code = checked_subject(subject), _checked_state(state)
    if tlp not in MARKINGS:
        raise CoordinationRefused(f"tlp: {tlp} is for everybody; a proposal is AMBER or RED")
    seats = _seats(actor, {holder, *invited}, code)
    own_seat(actor, holder)
    made = Proposal(pk=uuid4(), holder=holder, tlp=tlp, state=code)
    made.recorded_at, made.recorded_by = at, actor.person
    keys = [each.public_key for each in seats]
    made.envelope = sealed_to(keys, made.pk, SUBJECT_KIND, subject_data(kept))
    with in_turn():
        made.save(force_insert=True)
        for each in seats:
            _enrol(made, each, actor=actor, at=at)
        note("proposal.begun", made, actor=actor, at=at)
    return made


def send_proposal(proposal: Proposal, *, actor: Actor, at: datetime) -> Proposal:
    """Send a proposal to whom it invites, as a second person of the proposer."""
    _second(proposal, proposal.recorded_by, actor)
    with in_turn():
        held = standing(proposal, own=True)
        if held.stage != CoordinationStage.DRAFT:
            raise CoordinationRefused("proposal: it was sent before")
        held.stage, held.sent_at, held.sent_by = CoordinationStage.SENT, at, actor.person
        held.save(update_fields=["stage", "sent_at", "sent_by"])
        waiting: list[Party | Guest] = [
            *Party.objects.filter(proposal=held, invited_at__isnull=True),
            *Guest.objects.filter(proposal=held, invited_at__isnull=True),
        ]
        if not waiting:
            raise CoordinationRefused("invited: name one other organisation at least")
        for each in waiting:
            _invited(each, actor=actor, at=at)
        note("proposal.sent", held, actor=actor, at=at)
    return held


def invite_another(
    proposal: Proposal, organisation: UUID, *, key: OpenKey, actor: Actor, at: datetime
) -> Party:
    """Invite one more organisation, as the proposer; it reads once a second person confirms.

    The subject is sealed anew to it too, which takes the open key of the proposer's team; what
    others said before stays closed to it.
    """
    require(actor, Verb.RECORD, Facts(holder=proposal.holder))
    (seat,) = _seats(actor, {organisation}, proposal.state)
    with in_turn():
        held = standing(proposal, own=True)
        if Party.objects.filter(proposal=held, holder=organisation).exists():
            raise CoordinationRefused(f"invited: {seat.name} was invited before")
        made = _enrol(held, seat, actor=actor, at=at)
        reseal_subject(held, key=key, actor=actor, at=at)
        note("proposal.widened", held, actor=actor, at=at)
    return made


def invite_partner(
    proposal: Proposal, partner: UUID, *, key: OpenKey, actor: Actor, at: datetime
) -> Guest:
    """Invite a verified partner on another installation, as the proposer.

    It gets packages once a second person confirms, each sealed by two people. The subject is sealed
    anew to its receiving key too; what others said before stays closed to it. Whose earlier part is
    over is invited anew, and answers anew; the earlier part stays in the record.
    """
    require(actor, Verb.RECORD, Facts(holder=proposal.holder))
    found = partners_to_invite(actor, proposal.holder).filter(pk=partner).first()
    if found is None:
        raise CoordinationRefused(
            "partner: there is no such verified partner; record it, and let a second person "
            "compare its fingerprint"
        )
    check_audience(found.audience, found.name, proposal.state)
    with in_turn():
        held = standing(proposal, own=True)
        if Guest.objects.filter(HAS_PART, proposal=held, signing_key=found.signing_key).exists():
            raise CoordinationRefused(f"invited: {found.name} was invited before")
        made = Guest(pk=uuid4(), holder=held.holder, proposal=held, partner=found.pk)
        for name in ("name", "audience", "signing_key", "recipient", "fingerprint"):
            setattr(made, name, getattr(found, name))
        made.recorded_at, made.recorded_by = at, actor.person
        _add(made, made.partner)
        reseal_subject(held, key=key, actor=actor, at=at)
        note("proposal.widened", held, actor=actor, at=at)
    return made


def confirm_guest(guest: Guest, *, actor: Actor, at: datetime) -> Guest:
    """Let packages go to a partner elsewhere, as a second person of the proposer."""
    _second(guest.proposal, guest.recorded_by, actor)
    with in_turn():
        held = standing(guest.proposal, own=True)
        row = Guest.objects.filter(HAS_PART, pk=guest.pk, invited_at__isnull=True).first()
        if row is None or held.stage != CoordinationStage.SENT:
            raise CoordinationRefused("invited: nobody waits here to be invited")
        _invited(row, actor=actor, at=at)
        note("proposal.invited", held, actor=actor, at=at)
    return row


def confirm_invitation(party: Party, *, actor: Actor, at: datetime) -> Party:
    """Let one more organisation read a proposal, as a second person of the proposer."""
    _second(party.proposal, party.recorded_by, actor)
    with in_turn():
        held = standing(party.proposal, own=True)
        row = Party.objects.filter(pk=party.pk, invited_at__isnull=True).first()
        if row is None or held.stage != CoordinationStage.SENT:
            raise CoordinationRefused("invited: nobody waits here to be invited")
        _invited(row, actor=actor, at=at)
        note("proposal.invited", held, actor=actor, at=at)
    return row


def withdraw_proposal(proposal: Proposal, *, actor: Actor, at: datetime) -> Proposal:
    """Withdraw one's own proposal at once: nobody else reads it, and its subject is erased.

    One person may: what was said too early is taken back without waiting for a second. What went
    to other installations is taken back too, by takedowns that the desk of sharing sends.
    """
    require(actor, Verb.TAKE_DOWN, Facts(holder=proposal.holder))
    with in_turn():
        held = standing(proposal, own=True)
        held.stage, held.envelope = CoordinationStage.WITHDRAWN, None
        held.closed_at, held.closed_by = at, actor.person
        held.save(update_fields=["stage", "envelope", "closed_at", "closed_by"])
        guests = list(Guest.objects.filter(proposal=held).values_list("pk", flat=True))
        release_takedowns(PROPOSAL_FORMAT, guests, why="withdrawn", actor=actor, at=at)
        note("proposal.withdrawn", held, actor=actor, at=at)
    return held


def propose_ending(proposal: Proposal, *, actor: Actor, at: datetime) -> Proposal:
    """Propose to end one's own proposal: its parties go on reading it, and nothing is added."""
    require(actor, Verb.RECORD, Facts(holder=proposal.holder))
    with in_turn():
        held = standing(proposal, own=True)
        held.ending_by = actor.person
        held.save(update_fields=["ending_by"])
        note("proposal.ending_proposed", held, actor=actor, at=at)
    return held


def confirm_ending(proposal: Proposal, *, actor: Actor, at: datetime) -> Proposal:
    """End a proposal as a colleague proposed."""
    if proposal.ending_by is None:
        raise CoordinationRefused("proposal: nobody has proposed to end it")
    _second(proposal, proposal.ending_by, actor)
    with in_turn():
        held = standing(proposal, own=True)
        held.stage, held.closed_at, held.closed_by = CoordinationStage.ENDED, at, actor.person
        held.save(update_fields=["stage", "closed_at", "closed_by"])
        note("proposal.ended", held, actor=actor, at=at)
    return held


def open_proposal(proposal: Proposal, *, key: OpenKey, actor: Actor, at: datetime) -> Opened:
    """Open what is sealed in a proposal with the key of one's own seat; on record.

    A remark that was sealed before one was a party is left out. Raises `SealUnreadable`.
    """
    party = own_party(actor, proposal.pk)
    if party is None:
        raise Forbidden("there is no such proposal for you")
    require(actor, Verb.READ, Facts(holder=party.holder))
    with in_turn():
        secrets = seat_secrets(own_seat(actor, party.holder), key=key, actor=actor, at=at)
        told = opened_with(
            secrets, _envelope(proposal), proposal.pk, SUBJECT_KIND, holder=party.holder
        )
        remarks: dict[UUID, dict[str, object]] = {}
        for each in remarks_of(actor, proposal):
            with suppress(SealUnreadable):
                remarks[each.pk] = opened_with(
                    secrets, bytes(each.envelope), each.pk, each.kind, holder=party.holder
                )
        note("proposal.opened", proposal, actor=actor, at=at)
    return Opened(read_subject(told), remarks)


def reseal_subject(held: Proposal, *, key: OpenKey, actor: Actor, at: datetime) -> None:
    """Seal the subject to all who have a part by now, elsewhere too; part of a step.

    The database asks for a code of the application: in SQL alone nobody puts another subject there.
    """
    told, before = _subject(held, key=key, actor=actor, at=at), _envelope(held)
    keys = keys_of(held, waiting=True)
    held.envelope = sealed_to(keys, held.pk, SUBJECT_KIND, subject_data(told))
    digests = [hashlib.sha256(each).hexdigest() for each in (before, held.envelope)]
    held.vouched = code_for_database(
        settings.SESSION_BINDING_KEY, "coordination-resealed", held.pk, *digests
    )
    held.save(update_fields=["envelope", "vouched"])
    held.vouched = None


def _subject(held: Proposal, *, key: OpenKey, actor: Actor, at: datetime) -> Subject:
    secrets = seat_secrets(own_seat(actor, held.holder), key=key, actor=actor, at=at)
    told = opened_with(secrets, _envelope(held), held.pk, SUBJECT_KIND, holder=held.holder)
    return read_subject(told)


def _envelope(proposal: Proposal) -> bytes:
    if proposal.envelope is None:
        raise SealUnreadable("sealed: the proposal was withdrawn, which erased it")
    return bytes(proposal.envelope)


def _seats(actor: Actor, organisations: set[UUID], state: str) -> list[SeatKnown]:
    found = list(seats_known(actor).filter(holder__in=organisations))
    if len(found) != len(organisations):
        raise CoordinationRefused(
            "invited: an organisation has no confirmed seat here; it takes one first"
        )
    for each in found:
        if each.government and each.country == state:
            raise CoordinationRefused(
                f"invited: {each.name} belongs to the state that the proposal is about; "
                "its officials are never invited"
            )
    return found


def _enrol(held: Proposal, seat: SeatKnown, *, actor: Actor, at: datetime) -> Party:
    first = seat.holder == held.holder
    made = Party(
        pk=uuid4(),
        holder=seat.holder,
        proposal=held,
        name=seat.name,
        country=seat.country,
        government=seat.government,
        public_key=seat.public_key,
        answer=Answer.ACCEPTED if first else Answer.INVITED,
        invited_at=at if first else None,
        recorded_at=at,
        recorded_by=actor.person,
    )
    _add(made, seat.holder)
    return made


def _add(row: Party | Guest, whom: UUID) -> None:
    """Add a row that invites somebody, with a code: to a row of SQL alone nobody seals."""
    row.vouched = code_for_database(
        settings.SESSION_BINDING_KEY, "coordination-invited", row.pk, row.proposal_id, whom
    )
    row.save(force_insert=True)
    row.vouched = None


def _invited(party: Party | Guest, *, actor: Actor, at: datetime) -> None:
    party.invited_at, party.invited_by = at, actor.person
    party.save(update_fields=["invited_at", "invited_by"])


def _second(proposal: Proposal, first: UUID, actor: Actor) -> None:
    hands = frozenset({first})
    require(actor, Verb.PUBLISH, Facts(holder=proposal.holder, earlier_hands=hands))


def _checked_state(state: str) -> str:
    try:
        code = country(state.strip()).code
    except UnknownCountry:
        raise CoordinationRefused(
            f"state: {state[:10]!r} is no state; write two letters: its officials are never told"
        ) from None
    return code
