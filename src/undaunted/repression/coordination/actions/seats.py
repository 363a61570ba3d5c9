"""An organisation takes its seat: a key to which others seal, opened by one of its teams."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from undaunted.core.access.rules import Facts, Forbidden, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.vault.actions import (
    new_receiving_key,
    open_abroad,
    open_sealed,
    seal_abroad,
    seal_for,
)
from undaunted.core.vault.queries import team_for
from undaunted.core.vault.rules import VaultError
from undaunted.repression.coordination.actions.turns import in_turn
from undaunted.repression.coordination.models import Guest, Party, Seat
from undaunted.repression.coordination.queries import seat_of
from undaunted.repression.coordination.rules import (
    SEAT_KIND,
    VERSION,
    Answer,
    CoordinationRefused,
    SealUnreadable,
    read_sealed,
    written_sealed,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.vault.rules import OpenKey
    from undaunted.repression.coordination.models import Proposal

__all__ = [
    "confirm_seat",
    "keys_of",
    "opened_with",
    "own_seat",
    "sealed_to",
    "seat_secret",
    "take_seat",
]


def take_seat(holder: UUID, team: UUID, *, actor: Actor, at: datetime) -> Seat:
    """Take a seat for one's own organisation; others invite it once a second person confirms.

    Whoever is in `team` opens what is sealed to it, each with their own key.
    """
    require(actor, Verb.RECORD, Facts(holder=holder))
    if Seat.objects.filter(holder=holder).exists():
        raise CoordinationRefused("seat: your organisation has one already")
    secret, public = new_receiving_key()
    made = Seat(pk=uuid4(), holder=holder, team=team, public_key=public)
    made.recorded_at, made.recorded_by = at, actor.person
    with in_turn():
        try:
            if team_for(actor, team).holder != holder:
                raise CoordinationRefused("team: it belongs to another organisation")
            sealed = seal_for(
                team, made.pk, secret.encode(), kind=SEAT_KIND, version=VERSION, actor=actor, at=at
            )
        except VaultError as problem:
            raise CoordinationRefused(f"team: {problem}") from problem
        made.envelope, made.sequence = sealed.envelope, sealed.binding.sequence
        made.save(force_insert=True)
        _note("seat.taken", made, actor=actor, at=at)
    return made


def confirm_seat(seat: Seat, *, actor: Actor, at: datetime) -> Seat:
    """Confirm a seat as a second person of its organisation."""
    hands = frozenset({seat.recorded_by})
    require(actor, Verb.PUBLISH, Facts(holder=seat.holder, earlier_hands=hands))
    with in_turn():
        held = Seat.objects.select_for_update().filter(pk=seat.pk).first()
        if held is None:
            raise Forbidden("there is no such seat for you")
        if held.confirmed_at is not None:
            raise CoordinationRefused("seat: it was confirmed before")
        held.confirmed_at, held.confirmed_by = at, actor.person
        held.save(update_fields=["confirmed_at", "confirmed_by"])
        _note("seat.confirmed", held, actor=actor, at=at)
    return held


def own_seat(actor: Actor, holder: UUID) -> Seat:
    """Give the confirmed seat of one's own organisation. Raises `CoordinationRefused` without."""
    held = seat_of(actor, holder)
    if held is None:
        raise CoordinationRefused(
            "seat: your organisation has no confirmed seat; take one, and let a second person "
            "confirm it"
        )
    return held


def keys_of(proposal: Proposal, *, waiting: bool = False, guests: bool = True) -> list[str]:
    """Give the public keys of who has a part in a proposal, on other installations too.

    With `waiting`, also of whom the proposer's second person has not confirmed yet.
    """
    found: list[str] = []
    for rows, name in ((Party.objects, "public_key"), (Guest.objects, "recipient")):
        there = rows.filter(proposal=proposal).exclude(answer__in=[Answer.DECLINED, Answer.LEFT])
        if not waiting:
            there = there.filter(invited_at__isnull=False)
        if guests or name == "public_key":
            found += there.values_list(name, flat=True)
    return found


def sealed_to(keys: Iterable[str], row: UUID, kind: str, told: Mapping[str, object]) -> bytes:
    """Seal what a row says to public keys of seats; needs no open key."""
    try:
        return seal_abroad(written_sealed(row, kind, told), sorted(set(keys)))
    except VaultError as problem:
        raise CoordinationRefused(f"seat: {problem}") from problem


def seat_secret(seat: Seat, *, key: OpenKey, actor: Actor, at: datetime) -> str:
    """Open the private half of one's own seat; on record. Raises `SealUnreadable`."""
    try:
        return open_sealed(
            bytes(seat.envelope),
            seat.pk,
            kind=SEAT_KIND,
            version=VERSION,
            sequence=seat.sequence,
            key=key,
            actor=actor,
            at=at,
        ).decode()
    except VaultError as problem:
        raise SealUnreadable(f"sealed: {problem}") from problem


def opened_with(secret: str, envelope: bytes, row: UUID, kind: str) -> dict[str, object]:
    """Open what was sealed to a seat. Raises `SealUnreadable`, as where one was no party then."""
    try:
        content = open_abroad(envelope, secret)
    except VaultError as problem:
        raise SealUnreadable(f"sealed: {problem}") from problem
    return read_sealed(content, row, kind)


def _note(verb: str, seat: Seat, *, actor: Actor, at: datetime) -> None:
    record_entry(verb, actor=actor, subject_kind="seat", subject_id=seat.pk, at=at)
