"""A seat's key is changed by two people; what its holder could read is sealed anew to it.

Earlier halves stay sealed to the team, for what others sealed to them meanwhile. Where the earlier
key is lost, what was sealed to it stays closed, and is told to be.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING
from uuid import uuid4

from undaunted.core.access.rules import Facts, Forbidden, Verb, decide, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.vault.actions import new_receiving_key, seal_abroad, seal_for
from undaunted.core.vault.rules import VaultError
from undaunted.repression.coordination.actions.proposing import SUBJECT_KIND, reseal_subject
from undaunted.repression.coordination.actions.seats import opened_with, seat_secrets
from undaunted.repression.coordination.actions.turns import in_turn, note, standing
from undaunted.repression.coordination.models import SeatKey, Wrapped
from undaunted.repression.coordination.queries import proposals_for, remarks_of
from undaunted.repression.coordination.rules import (
    SEAT_KIND,
    VERSION,
    CoordinationRefused,
    SealUnreadable,
    written_sealed,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.vault.rules import OpenKey
    from undaunted.repression.coordination.models import Proposal, Seat

__all__ = ["change_seat_key", "confirm_seat_key", "renew_seal", "withdraw_seat_key"]


def change_seat_key(
    seat: Seat, *, key: OpenKey, lost: bool = False, actor: Actor, at: datetime
) -> SeatKey:
    """Make another key for one's own seat, and seal anew to it what the earlier one opens.

    Others seal to it once a second person confirms. Where the earlier key cannot be opened, `lost`
    says that one knows: what was sealed to it alone stays closed.
    """
    require(actor, Verb.RECORD, Facts(holder=seat.holder))
    if seat.confirmed_at is None:
        raise CoordinationRefused("seat: a second person confirms it first")
    secret, public = new_receiving_key()
    made = SeatKey(pk=uuid4(), holder=seat.holder, seat=seat, public_key=public, lost=lost)
    made.recorded_at, made.recorded_by = at, actor.person
    with in_turn():
        waiting = SeatKey.objects.filter(seat=seat, confirmed_at__isnull=True)
        if waiting.filter(withdrawn_at__isnull=True).exists():
            raise CoordinationRefused(
                "key: another waits for a second person already; confirm it, or withdraw it"
            )
        secrets = _earlier(seat, key=key, lost=lost, actor=actor, at=at)
        texts = list(_texts(seat, secrets, actor=actor))
        made.rewrapped = sum(told is not None for _, told in texts)
        made.closed = len(texts) - made.rewrapped
        try:
            sealed = seal_for(
                seat.team, made.pk, secret.encode(), kind=SEAT_KIND, version=VERSION, actor=actor,
                at=at,
            )  # fmt: skip
        except VaultError as problem:
            raise CoordinationRefused(f"team: {problem}") from problem
        made.envelope, made.sequence = sealed.envelope, sealed.binding.sequence
        made.save(force_insert=True)
        for row, told in texts:
            if told is not None:
                _wrap(made, row, told, at)
        _note("seat.key_made", made, actor=actor, at=at)
    return made


def confirm_seat_key(made: SeatKey, *, actor: Actor, at: datetime) -> SeatKey:
    """Confirm another key of a seat as a second person; others seal to it from then on."""
    hands = frozenset({made.recorded_by})
    require(actor, Verb.PUBLISH, Facts(holder=made.holder, earlier_hands=hands))
    with in_turn():
        held = _waiting(made)
        held.confirmed_at, held.confirmed_by = at, actor.person
        held.save(update_fields=["confirmed_at", "confirmed_by"])
        _note("seat.key_confirmed", held, actor=actor, at=at)
    return held


def withdraw_seat_key(made: SeatKey, *, actor: Actor, at: datetime) -> SeatKey:
    """Withdraw a key that waits for its second person, as whoever made it or another.

    Its private half is erased, and what was sealed anew to it; the earlier key stays in use.
    """
    second = Facts(holder=made.holder, earlier_hands=frozenset())
    if not decide(actor, Verb.PUBLISH, second).allowed:
        require(actor, Verb.RECORD, Facts(holder=made.holder))
    with in_turn():
        held = _waiting(made)
        held.withdrawn_at, held.withdrawn_by, held.envelope = at, actor.person, b""
        held.save(update_fields=["withdrawn_at", "withdrawn_by", "envelope"])
        Wrapped.objects.filter(key=held).delete()
        _note("seat.key_withdrawn", held, actor=actor, at=at)
    return held


def renew_seal(proposal: Proposal, *, key: OpenKey, actor: Actor, at: datetime) -> Proposal:
    """Seal the subject of one's own proposal anew to the parties' present keys.

    For a party that lost its earlier key. What was said before is not sealed anew: it was said to
    who held the keys then.
    """
    require(actor, Verb.RECORD, Facts(holder=proposal.holder))
    with in_turn():
        held = standing(proposal, own=True)
        reseal_subject(held, key=key, actor=actor, at=at)
        note("proposal.resealed", held, actor=actor, at=at)
    return held


def _waiting(made: SeatKey) -> SeatKey:
    held = SeatKey.objects.select_for_update().filter(pk=made.pk).first()
    if held is None:
        raise Forbidden("there is no such key for you")
    if held.confirmed_at is not None or held.withdrawn_at is not None:
        raise CoordinationRefused("key: it was confirmed or withdrawn before")
    return held


def _earlier(seat: Seat, *, key: OpenKey, lost: bool, actor: Actor, at: datetime) -> list[str]:
    try:
        return seat_secrets(seat, key=key, actor=actor, at=at)
    except SealUnreadable as problem:
        if not lost:
            raise CoordinationRefused(
                "lost: the earlier key cannot be opened; somebody else of the team opens it, or "
                "say that it is lost, and that what was sealed to it stays closed"
            ) from problem
        return []


def _texts(
    seat: Seat, secrets: list[str], *, actor: Actor
) -> Iterator[tuple[UUID, tuple[str, dict[str, object]] | None]]:
    """Give every text under one's proposals, with its kind; None for what no key opens."""
    for proposal in proposals_for(actor):
        rows = [(each.pk, each.kind, each.envelope) for each in remarks_of(actor, proposal)]
        for row, kind, envelope in [(proposal.pk, SUBJECT_KIND, proposal.envelope), *rows]:
            if not envelope:
                continue
            told = None
            with suppress(SealUnreadable):
                told = kind, opened_with(secrets, bytes(envelope), row, kind, holder=seat.holder)
            yield row, told


def _wrap(made: SeatKey, row: UUID, told: tuple[str, dict[str, object]], at: datetime) -> None:
    kind, text = told
    Wrapped.objects.create(
        holder=made.holder,
        key=made,
        row=row,
        envelope=seal_abroad(written_sealed(row, kind, text), [made.public_key]),
        recorded_at=at,
        recorded_by=made.recorded_by,
    )


def _note(verb: str, made: SeatKey, *, actor: Actor, at: datetime) -> None:
    detail = {"rewrapped": made.rewrapped, "closed": made.closed, "lost": made.lost}
    record_entry(
        verb, actor=actor, subject_kind="seat", subject_id=made.seat_id, at=at, detail=detail
    )
