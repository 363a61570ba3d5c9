"""Proposing a package: every recipient written out, every item asked about for every recipient."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import DatabaseError, transaction

from undaunted.core.access.rules import Facts, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.consent.rules import Purpose
from undaunted.core.sharing.actions.kinds import kind_named
from undaunted.core.sharing.models import Copy, Parcel, ParcelItem
from undaunted.core.sharing.queries import circle_for, recipients_of
from undaunted.core.sharing.rules import (
    LONGEST,
    MOST_ITEMS,
    ItemRefused,
    RecipientsRefused,
    StepRefused,
    Tlp,
    check_recipients,
    written_out,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.sharing.rules import Pap, Recipient

__all__ = ["Wanted", "decline_parcel", "propose_parcel"]

NEVER_ONWARD = "42501"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be shared, with whom, under which marking, for what, until when."""

    title: str
    things: tuple[tuple[str, UUID], ...]
    """Kind and id of each."""
    partners: tuple[UUID, ...]
    circles: tuple[UUID, ...]
    tlp: Tlp
    pap: Pap
    purpose: Purpose
    expires_at: datetime


def propose_parcel(holder: UUID, wanted: Wanted, *, actor: Actor, at: datetime) -> Parcel:
    """Propose a package that a second person seals.

    Raises `RecipientsRefused` for nobody or an empty circle, `PartnerUnverified`, `MarkingRefused`,
    `ItemRefused` with the first item that one of the recipients may not have and why.
    """
    require(actor, Verb.SHARE, Facts(holder=holder))
    _check_time(wanted.expires_at, at)
    recipients = _recipients(holder, wanted, actor=actor)
    if not 0 < len(wanted.things) <= MOST_ITEMS:
        raise ItemRefused(f"items: name 1 to {MOST_ITEMS} things")
    with transaction.atomic():
        parcel = Parcel.objects.create(
            holder=holder,
            title=wanted.title.strip()[:120] or f"{at:%Y-%m-%d}",
            tlp=wanted.tlp.value,
            pap=wanted.pap.value,
            purpose=wanted.purpose.value,
            expires_at=wanted.expires_at,
            proposed_by=actor.person,
            proposed_at=at,
        )
        for kind, thing in dict.fromkeys(wanted.things):
            _add_item(parcel, kind, thing, recipients, actor=actor, at=at)
        Copy.objects.bulk_create(
            Copy(holder=holder, parcel=parcel, partner_id=each.id) for each in recipients
        )
        detail = {"items": parcel.items.count(), "to": sorted(str(r.id) for r in recipients)}
        _note("share.proposed", parcel, actor=actor, at=at, detail=detail)
    return parcel


def decline_parcel(parcel: Parcel, *, actor: Actor, at: datetime) -> None:
    """Turn a proposed package down; it is never sealed."""
    require(actor, Verb.SHARE, Facts(holder=parcel.holder))
    with transaction.atomic():
        if not Parcel.objects.filter(pk=parcel.pk, state="proposed").update(state="declined"):
            raise StepRefused("the package was sealed or declined before")
        _note("share.declined", parcel, actor=actor, at=at, detail={})


def _check_time(expires_at: datetime, at: datetime) -> None:
    if not at < expires_at <= at + LONGEST:
        raise StepRefused(f"expires: give a time after now and within {LONGEST.days} days")


def _recipients(holder: UUID, wanted: Wanted, *, actor: Actor) -> list[Recipient]:
    groups: list[Iterable[UUID]] = []
    for circle in wanted.circles:
        found = circle_for(actor, circle)
        if found is None or found.holder != holder:
            raise RecipientsRefused("circles: there is no such circle")
        groups.append([member.partner_id for member in found.members.all()])
    explicit = written_out(wanted.partners, groups)
    recipients = recipients_of(actor, explicit)
    if len(recipients) != len(explicit):
        raise RecipientsRefused("recipients: one of them is no partner, or was ended")
    check_recipients(recipients, wanted.tlp)
    return recipients


def _add_item(  # noqa: PLR0913 - which thing, for whom, by whom, when
    parcel: Parcel,
    kind: str,
    thing: UUID,
    recipients: Collection[Recipient],
    *,
    actor: Actor,
    at: datetime,
) -> None:
    subjects: frozenset[UUID] = frozenset()
    for recipient in recipients:
        subjects = (
            kind_named(kind)
            .offer(
                thing,
                holder=parcel.holder,
                audience=recipient.audience,
                fingerprint=recipient.fingerprint,
                purpose=Purpose(parcel.purpose),
                tlp=Tlp(parcel.tlp),
                actor=actor,
                at=at,
            )
            .subjects
        )
    try:
        with transaction.atomic():
            ParcelItem.objects.create(
                holder=parcel.holder,
                parcel=parcel,
                kind=kind,
                thing=thing,
                subjects=sorted(subjects),
            )
    except DatabaseError as problem:
        if getattr(problem.__cause__, "sqlstate", "") != NEVER_ONWARD:
            raise
        raise ItemRefused(f"{kind} {thing}: it was received, and never goes onward") from problem


def _note(
    verb: str, parcel: Parcel, *, actor: Actor, at: datetime, detail: dict[str, object]
) -> None:
    record_entry(
        verb, actor=actor, subject_kind="parcel", subject_id=parcel.pk, at=at, detail=detail
    )
