"""A proposer and its guests on other installations: what goes to them, and what comes back.

Everything goes by packages of `core/sharing`, which two people seal; what comes back is taken in by
somebody who accepts it, is shown as the guest's, and is nobody's own word here.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from undaunted.core.access.rules import Facts, Forbidden, Verb, require
from undaunted.core.consent.rules import AudienceKind, Purpose
from undaunted.core.sharing.actions import Wanted, propose_parcel
from undaunted.core.sharing.rules import ItemRefused, Offer, Pap, ShareRefused, Taken, Tlp
from undaunted.repression.coordination.actions.seats import keys_of
from undaunted.repression.coordination.actions.turns import in_turn, note, standing
from undaunted.repression.coordination.models import Guest, Remark
from undaunted.repression.coordination.queries import (
    guest_for,
    guests_of,
    parties_of,
    remarks_of,
    stands_of,
)
from undaunted.repression.coordination.readers import read_told_step
from undaunted.repression.coordination.rules import (
    PROPOSAL_FORMAT,
    SAID_BY,
    Announced,
    Answer,
    CoordinationRefused,
    CoordinationStage,
    CoordinationStep,
    GuestStanding,
    Said,
    SealedRemark,
    ToldParty,
    ToldProposal,
    check_marking,
    check_told_step,
)
from undaunted.repression.coordination.writers import write_told_proposal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.sharing.actions import Parcel
    from undaunted.core.sharing.rules import Origin
    from undaunted.repression.coordination.models import Proposal
    from undaunted.repression.coordination.rules import ToldStep

__all__ = [
    "GUEST",
    "REMARK",
    "as_items",
    "give_up_answer",
    "look_at_answer",
    "offer_proposal",
    "package_for",
    "take_answer",
    "tell_guest",
]

GUEST, REMARK = "coordination_guest", "coordination_remark"


@contextmanager
def as_items() -> Iterator[None]:
    """Say a refusal of coordination as one of the desk of sharing."""
    try:
        yield
    except CoordinationRefused as problem:
        raise ItemRefused(str(problem)) from problem


def tell_guest(guest: Guest, until: datetime, *, actor: Actor, at: datetime) -> Parcel:
    """Propose a package that tells a guest the proposal as it stands; a second person seals it.

    It is written when it is sealed, so that it tells what stands then.
    """
    if guest.invited_at is None:
        raise CoordinationRefused("guest: a second person of your organisation confirms it first")
    with in_turn():
        made = package_for(
            guest.holder, PROPOSAL_FORMAT, guest.pk, guest.partner, Tlp(guest.proposal.tlp), until,
            title=guest.name, actor=actor, at=at,
        )  # fmt: skip
        note("proposal.package_written", guest.proposal, actor=actor, at=at)
    return made


def package_for(  # noqa: PLR0913, PLR0917 - what, of whom, to whom, how marked, until when
    holder: UUID,
    kind: str,
    thing: UUID,
    partner: UUID,
    tlp: Tlp,
    until: datetime,
    *,
    title: str,
    actor: Actor,
    at: datetime,
) -> Parcel:
    """Propose a package with one thing for one partner. Raises `CoordinationRefused`."""
    wanted = Wanted(
        title=title,
        things=((kind, thing),),
        partners=(partner,),
        circles=(),
        tlp=tlp,
        pap=Pap.RED,
        purpose=Purpose.SANCTIONS_SUBMISSION,
        expires_at=until,
    )
    try:
        return propose_parcel(holder, wanted, actor=actor, at=at)
    except ShareRefused as problem:
        raise CoordinationRefused(str(problem)) from problem


def offer_proposal(  # noqa: PLR0913 - which thing, whose, for whom, how marked, by whom, when
    thing: UUID,
    *,
    holder: UUID,
    fingerprint: str,
    tlp: Tlp,
    actor: Actor,
    at: datetime,
    **_more: object,
) -> Offer:
    """Offer a guest the proposal as it stands; whom it is about stays sealed to its key."""
    guest = guest_for(actor, thing)
    if guest is None or guest.holder != holder or guest.invited_at is None:
        raise ItemRefused(f"{thing}: no guest of a proposal of your organisation has this id")
    if guest.fingerprint != fingerprint:
        raise ItemRefused(f"{guest.name}: its keys are not those with which it was invited")
    held = guest.proposal
    if not guest.has_part or held.envelope is None:
        raise ItemRefused(f"{guest.name}: it has no part any more, or the proposal was withdrawn")
    with as_items():
        check_marking(tlp, Tlp(held.tlp))
    content = write_told_proposal(_told(held, guest.invited_at, actor=actor, at=at))
    return Offer(content, "application/json", str(held.moves), frozenset(), (), marked=True)


def _told(held: Proposal, since: datetime | None, *, actor: Actor, at: datetime) -> ToldProposal:
    parties = list(parties_of(actor, held))
    guests = guests_of(actor, held).filter(invited_at__isnull=False).order_by("invited_at")
    latest = {each.signing_key: each for each in guests}
    named = {each.holder: each.name for each in parties}
    told = [
        ToldParty(each.name, each.country, each.government, Answer(each.answer))
        for each in parties
        if each.invited_at is not None
    ]
    told += [
        ToldParty(each.name, *_counted(each.audience), each.standing.answer)
        for each in sorted(latest.values(), key=lambda one: one.name)
    ]
    return ToldProposal(
        proposal=held.pk,
        tlp=Tlp(held.tlp),
        state=held.state,
        stage=CoordinationStage(held.stage),
        moment=held.moment,
        stands=stands_of(actor, held, at),
        written_at=at,
        parties=tuple(told),
        seats=tuple(keys_of(held, guests=False)),
        subject=bytes(held.envelope or b""),
        remarks=tuple(
            SealedRemark(
                each.pk,
                Said(each.kind),
                each.guest.name if each.guest else named.get(each.holder, "?"),
                each.recorded_at,
                bytes(each.envelope),
            )
            for each in remarks_of(actor, held).select_related("guest")
            if each.given_up_at is None
        ),
        since=since,
    )


def _counted(audience: str) -> tuple[str, bool]:
    """Give the country of a partner that counts as a government, and whether it does."""
    kind, _, code = audience.partition(":")
    government = kind == AudienceKind.GOVERNMENT
    return (code[:4] if government else ""), government


def look_at_answer(content: bytes) -> list[tuple[str, str]]:
    """Give what a guest's step says in the clear; its words are opened with a seat's key."""
    with as_items():
        told = read_told_step(content)
    lines = [("step", told.step.value), ("at", f"{told.at:%Y-%m-%d %H:%M %Z}")]
    lines += [("moment", f"{told.moment:%Y-%m-%d %H:%M %Z}")] if told.moment else []
    if told.preparation:
        lines += [("preparation", f"{told.preparation}: {told.state or ''} {told.due or ''}")]
    return [*lines, ("sealed", "1" if told.envelope else "0")]


def take_answer(  # noqa: PLR0913 - what, whose, from where, by whom, when
    content: bytes,
    *,
    holder: UUID,
    origin: Origin,
    into: UUID | None = None,  # noqa: ARG001 - it belongs to its proposal
    actor: Actor,
    at: datetime,
) -> tuple[Taken, ...]:
    """Take a step of a guest in: by its signature it is that guest's, or nobody's."""
    require(actor, Verb.RECORD, Facts(holder=holder))
    with as_items():
        told = read_told_step(content)
        with in_turn():
            return _taken(told, holder, origin, actor=actor, at=at)


def _taken(
    told: ToldStep, holder: UUID, origin: Origin, *, actor: Actor, at: datetime
) -> tuple[Taken, ...]:
    guest = (
        Guest.objects.select_for_update(of=("self",))
        .filter(holder=holder, proposal=told.proposal, signing_key=origin.signing_key)
        .filter(invited_at__isnull=False, ended_at__isnull=True)
        .order_by("-invited_at")
        .first()
    )
    if guest is None:
        raise CoordinationRefused(
            f"proposal: none of your organisation has {origin.partner} as a party; nothing was "
            "taken in"
        )
    whole = standing(guest.proposal, own=True)
    stands = stands_of(actor, whole, at)
    known = GuestStanding(Answer(guest.answer), guest.said_at, _anew(guest))
    guest.answer = check_told_step(told, known, moment=whole.moment, stands=stands, at=at)
    _moved(guest, told, at)
    guest.said_at, guest.item = max(told.at, known.said_at or told.at), origin.item
    guest.taken_at, guest.taken_by = at, actor.person
    guest.save()
    note(f"proposal.guest_{told.step}", whole, actor=actor, at=at)
    if not told.envelope:
        return (Taken(GUEST, guest.pk),)
    if Remark.objects.filter(pk=told.id).exists():
        raise CoordinationRefused("id: it was taken in before; told again, it changes nothing")
    made = Remark(pk=told.id, holder=holder, proposal=whole, guest=guest, kind=SAID_BY[told.step])
    made.envelope, made.recorded_at, made.recorded_by = told.envelope, at, actor.person
    made.save(force_insert=True)
    return (Taken(REMARK, made.pk),)


def _anew(guest: Guest) -> datetime | None:
    """Say when a partner was invited again, where it had a part before."""
    rows = Guest.objects.filter(proposal=guest.proposal_id, signing_key=guest.signing_key)
    return guest.invited_at if rows.exclude(pk=guest.pk).exists() else None


def _moved(guest: Guest, told: ToldStep, at: datetime) -> None:
    if told.step is CoordinationStep.GO:
        guest.go_for, guest.held_at = told.moment, None
    elif told.step is CoordinationStep.HOLD:
        guest.held_at = at
    elif told.step is CoordinationStep.LEFT:
        guest.go_for, guest.held_at = None, None
    elif told.step is CoordinationStep.PREPARED and told.preparation and told.state:
        due = told.due.isoformat() if told.due else ""
        entry = {"state": told.state.value, "due": due}
        guest.prepared = guest.prepared | {told.preparation.value: entry}


def give_up_answer(
    subject_kind: str, subject: UUID, *, why: str, actor: Actor, at: datetime
) -> None:
    """Erase what a guest said. What it answered stays; go that it takes back stands no more."""
    with in_turn():
        if subject_kind == REMARK:
            rows = Remark.objects.filter(pk=subject, guest__isnull=False, given_up_at__isnull=True)
            held = rows.select_related("proposal").first()
            if held is None:
                raise Forbidden("there is no such remark for you")
            held.envelope, held.given_up_at = b"", at
            held.save(update_fields=["envelope", "given_up_at"])
            whole = held.proposal
        else:
            guest = guest_for(actor, subject)
            if guest is None:
                raise Forbidden("there is no such guest for you")
            lifted = stands_of(actor, guest.proposal, at) is Announced.LIFTED
            if why == "taken_back" and not lifted:  # what is announced stays so
                guest.go_for = None
                guest.save(update_fields=["go_for"])
            whole = guest.proposal
        note("proposal.guest_given_up", whole, actor=actor, at=at)
