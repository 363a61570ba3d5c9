"""Partners and circles: recorded by one person, verified by another who compared fingerprints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from undaunted.core.access.rules import Facts, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.sharing.models import Circle, CircleMember, Partner
from undaunted.core.sharing.rules import (
    ForeignSignature,
    KeyUnreadable,
    PartnerKind,
    RecipientsRefused,
    StepRefused,
    audience_of,
    fingerprint,
    same_fingerprint,
)
from undaunted.core.vault.actions import check_receiving_key
from undaunted.core.vault.rules import SealRefused

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor

__all__ = [
    "end_partner",
    "join_circle",
    "leave_circle",
    "make_circle",
    "record_partner",
    "verify_partner",
]


def record_partner(  # noqa: PLR0913 - who it is, its two keys, who and when
    holder: UUID,
    *,
    name: str,
    kind: PartnerKind,
    audience: str,
    signing_key: str,
    recipient: str,
    actor: Actor,
    at: datetime,
) -> Partner:
    """Record a partner with the two public keys it gave; nothing goes to it before it is verified.

    Raises `RecipientsRefused`, `KeyUnreadable`, `StepRefused` where its key is recorded already.
    """
    require(actor, Verb.RECORD_PARTNER, Facts(holder=holder))
    if not name.strip():
        raise RecipientsRefused("name: say who the partner is")
    try:
        receiving = check_receiving_key(recipient)
    except SealRefused as problem:
        raise KeyUnreadable(f"recipient: {problem}") from problem
    try:
        with transaction.atomic():
            made = Partner.objects.create(
                holder=holder,
                name=name.strip(),
                kind=kind.value,
                audience=str(audience_of(kind, audience)),
                signing_key=signing_key.strip(),
                recipient=receiving,
                fingerprint=fingerprint(signing_key.strip(), receiving),
                recorded_by=actor.person,
                recorded_at=at,
            )
            _note("partner.recorded", made, actor=actor, at=at)
    except IntegrityError as problem:
        raise StepRefused("signing_key: a partner with this key is recorded already") from problem
    return made


def verify_partner(partner: Partner, read_out: str, *, actor: Actor, at: datetime) -> Partner:
    """Confirm, as a second person, the fingerprint that the partner read out by another way.

    Raises `Forbidden` for whoever recorded it, `ForeignSignature` where the fingerprints differ.
    """
    hands = frozenset({partner.recorded_by})
    require(actor, Verb.VERIFY_PARTNER, Facts(holder=partner.holder, earlier_hands=hands))
    if not same_fingerprint(read_out, partner.fingerprint):
        raise ForeignSignature("fingerprint: it differs from the recorded keys; do not share")
    with transaction.atomic():
        open_ = Partner.objects.filter(
            pk=partner.pk, verified_by__isnull=True, ended_at__isnull=True
        )
        if not open_.update(verified_by=actor.person, verified_at=at):
            raise StepRefused("the partner was verified or ended before")
        _note("partner.verified", partner, actor=actor, at=at)
    partner.refresh_from_db()
    return partner


def end_partner(partner: Partner, *, actor: Actor, at: datetime) -> None:
    """Share with a partner no more, and take nothing in from it but takedowns and receipts."""
    require(actor, Verb.RECORD_PARTNER, Facts(holder=partner.holder))
    with transaction.atomic():
        if not Partner.objects.filter(pk=partner.pk, ended_at__isnull=True).update(ended_at=at):
            raise StepRefused("the partner was ended before")
        _note("partner.ended", partner, actor=actor, at=at)


def make_circle(holder: UUID, name: str, *, actor: Actor, at: datetime) -> Circle:
    """Make a circle; as long as nobody is in it, it stands for nobody."""
    require(actor, Verb.RECORD_PARTNER, Facts(holder=holder))
    try:
        with transaction.atomic():
            made = Circle.objects.create(
                holder=holder, name=name.strip(), made_at=at, made_by=actor.person
            )
            _about("circle.made", made, actor=actor, at=at)
    except IntegrityError as problem:
        raise StepRefused("name: there is a circle of this name") from problem
    return made


def join_circle(circle: Circle, partner: Partner, *, actor: Actor, at: datetime) -> None:
    """Put a partner of the same organisation into a circle."""
    require(actor, Verb.RECORD_PARTNER, Facts(holder=circle.holder))
    if partner.holder != circle.holder:
        raise RecipientsRefused("the partner is another organisation's")
    with transaction.atomic():
        CircleMember.objects.get_or_create(
            circle=circle, partner=partner, defaults={"holder": circle.holder}
        )
        _about("circle.joined", circle, actor=actor, at=at, partner=partner.pk)


def leave_circle(circle: Circle, partner: Partner, *, actor: Actor, at: datetime) -> None:
    """Take a partner out of a circle; what it received stays received."""
    require(actor, Verb.RECORD_PARTNER, Facts(holder=circle.holder))
    with transaction.atomic():
        CircleMember.objects.filter(circle=circle, partner=partner).delete()
        _about("circle.left", circle, actor=actor, at=at, partner=partner.pk)


def _note(verb: str, partner: Partner, *, actor: Actor, at: datetime) -> None:
    record_entry(
        verb,
        actor=actor,
        subject_kind="partner",
        subject_id=partner.pk,
        at=at,
        detail={"kind": partner.kind, "fingerprint": partner.fingerprint},
    )


def _about(
    verb: str, circle: Circle, *, actor: Actor, at: datetime, partner: UUID | None = None
) -> None:
    record_entry(
        verb,
        actor=actor,
        subject_kind="circle",
        subject_id=circle.pk,
        at=at,
        detail={"partner": str(partner) if partner else ""},
    )
