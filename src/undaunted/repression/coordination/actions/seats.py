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
from undaunted.repression.coordination.models import Guest, Party, Seat, SeatKey, SeatKnown, Wrapped
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
    from collections.abc import Iterable, Mapping, Sequence
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
    "seat_secrets",
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

    Of parties here these are the keys that their seats have by now, never what a row of the
    proposal says: it may be older than the key, or be nobody's. With `waiting`, also of whom the
    proposer's second person has not confirmed yet.
    """
    there: dict[str, object] = {"proposal": proposal}
    if not waiting:
        there["invited_at__isnull"] = False
    gone = [Answer.DECLINED, Answer.LEFT]
    parties = Party.objects.filter(**there).exclude(answer__in=gone).values("holder")
    seats = SeatKnown.objects.filter(holder__in=parties).order_by("name", "id")
    found = list(seats.values_list("public_key", flat=True))
    if guests:
        elsewhere = Guest.objects.filter(**there, ended_at__isnull=True).exclude(answer__in=gone)
        found += elsewhere.values_list("recipient", flat=True)
    return found


def sealed_to(keys: Iterable[str], row: UUID, kind: str, told: Mapping[str, object]) -> bytes:
    """Seal what a row says to public keys of seats; needs no open key."""
    try:
        return seal_abroad(written_sealed(row, kind, told), sorted(set(keys)))
    except VaultError as problem:
        raise CoordinationRefused(f"seat: {problem}") from problem


def seat_secrets(seat: Seat, *, key: OpenKey, actor: Actor, at: datetime) -> list[str]:
    """Open the private halves of one's own seat, the latest first; on record.

    Earlier ones that cannot be opened are left out. Raises `SealUnreadable` where none can.
    """
    later = SeatKey.objects.filter(seat=seat, confirmed_at__isnull=False).order_by("-confirmed_at")
    found, problem = [], SealUnreadable("sealed: your seat has no key")
    held: list[Seat | SeatKey] = [*later, seat]
    for each in held:
        try:
            found.append(_secret(each, key=key, actor=actor, at=at))
        except SealUnreadable as refusal:
            problem = refusal
    if not found:
        raise problem
    return found


def opened_with(
    secrets: Sequence[str], envelope: bytes, row: UUID, kind: str, *, holder: UUID
) -> dict[str, object]:
    """Open what was sealed to a seat, or was re-wrapped to a later key of it by its holder.

    Raises `SealUnreadable`, as where one was no party then.
    """
    wrapped = Wrapped.objects.filter(holder=holder, row=row).order_by("-recorded_at")
    sealed = [envelope, *(bytes(each) for each in wrapped.values_list("envelope", flat=True))]
    problem: VaultError | None = None
    for each in sealed:
        for secret in secrets:
            try:
                return read_sealed(open_abroad(each, secret), row, kind)
            except VaultError as refusal:
                problem = refusal
    raise SealUnreadable(f"sealed: {problem or 'no key of your seat opens it'}") from problem


def _secret(held: Seat | SeatKey, *, key: OpenKey, actor: Actor, at: datetime) -> str:
    try:
        return open_sealed(
            bytes(held.envelope),
            held.pk,
            kind=SEAT_KIND,
            version=VERSION,
            sequence=held.sequence,
            key=key,
            actor=actor,
            at=at,
        ).decode()
    except VaultError as problem:
        raise SealUnreadable(f"sealed: {problem}") from problem


def _note(verb: str, seat: Seat, *, actor: Actor, at: datetime) -> None:
    record_entry(verb, actor=actor, subject_kind="seat", subject_id=seat.pk, at=at)
