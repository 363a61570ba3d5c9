"""Recording consent, revoking it, and being left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NotRequired, TypedDict, Unpack

from django.db import transaction
from django.db.models import Q

from undaunted.core.access.rules import Facts, Sharing, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.audit.rules import merkle_root
from undaunted.core.consent.actions.news import announce, deliver
from undaunted.core.consent.actions.withdrawals import write_withdrawals_after_commit
from undaunted.core.consent.models import Grant, Objection
from undaunted.core.consent.queries import agreement
from undaunted.core.consent.rules import (
    PROXIES,
    Audience,
    Basis,
    FieldGroup,
    IdentityLevel,
    Mandate,
    PersonHasSpoken,
    Purpose,
    check_proxy,
    check_public,
    replaced_by,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date, datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.consent.models import News
    from undaunted.core.consent.rules import Shown

__all__ = [
    "ConsentAlreadyEnded",
    "Objected",
    "Terms",
    "end_proxy",
    "object_to_use",
    "record_consent",
    "record_consents",
    "revoke_consent",
]


class Terms(TypedDict):
    """What somebody agreed to: every dimension of consent is asked for, none is guessed."""

    holder: UUID
    purpose: Purpose
    audience: Audience
    level: IdentityLevel
    field_groups: Iterable[FieldGroup]
    basis: Basis
    how: str
    given_on: date
    until: date
    relation: NotRequired[str]
    evidence_document: NotRequired[UUID | None]
    mandate_document: NotRequired[UUID | None]
    mandate_until: NotRequired[date | None]
    shown: NotRequired[Shown | None]
    fingerprints: NotRequired[Iterable[str]]
    sharing: NotRequired[Sharing]


class ConsentAlreadyEnded(ValueError):
    """The grant was revoked before."""


class Objected(ValueError):
    """The person asked to be left out, and only they can agree anew, on a later day."""


def record_consent(subject: UUID, *, actor: Actor, at: datetime, **terms: Unpack[Terms]) -> Grant:
    """Record one agreement and announce it. Raises `Forbidden` or `NeverPublic`."""
    (grant,) = _agreed((subject,), actor=actor, at=at, **terms)
    with transaction.atomic():
        grant.save(force_insert=True)
        record_entry(
            "consent.recorded",
            actor=actor,
            subject_kind="consent",
            subject_id=grant.pk,
            at=at,
            detail={
                "subject": str(subject),
                "purpose": grant.purpose,
                "audience": grant.audience,
                "level": grant.level,
                "until": grant.until.isoformat(),
            },
        )
        news = announce("granted", subject, at, {"grant": str(grant.pk)})
        deliver(news, actor=actor, at=at)
        _replace_proxies(grant, actor=actor, at=at)
    return grant


def record_consents(
    subjects: Collection[UUID], *, actor: Actor, at: datetime, **terms: Unpack[Terms]
) -> list[Grant]:
    """Record the same agreement for many subjects at once, as a list agreed to as a whole gives it.

    One audit entry holds the Merkle root of the grants. For subjects that nothing is published of
    yet: nobody is told. Raises `Forbidden` without the right to record.
    """
    rows = _agreed(subjects, actor=actor, at=at, **terms)
    with transaction.atomic():
        made = Grant.objects.bulk_create(rows)
        root = merkle_root(f"{row.pk} {row.subject}".encode() for row in made)
        record_entry(
            "consent.recorded_together",
            actor=actor,
            subject_kind="consent_batch",
            subject_id=root,
            at=at,
            detail={"grants": len(made), "purpose": Purpose(terms["purpose"]).value},
        )
    return made


def revoke_consent(grant: Grant, *, actor: Actor, at: datetime) -> News:
    """End a grant now and tell everybody who holds something that rests on it.

    `queries.pending_of` names the holders that could not deal with the news yet.
    """
    require(actor, Verb.RECORD, Facts(holder=grant.holder))
    with transaction.atomic():
        held = Grant.objects.select_for_update().get(pk=grant.pk)
        if held.revoked_at is not None:
            raise ConsentAlreadyEnded(f"{held.pk} was revoked before")
        held.revoked_at, held.revoked_by = at, actor.person
        held.save(update_fields=["revoked_at", "revoked_by"])
        record_entry(
            "consent.revoked",
            actor=actor,
            subject_kind="consent",
            subject_id=held.pk,
            at=at,
            detail={"subject": str(held.subject)},
        )
        write_withdrawals_after_commit()
        news = announce("revoked", held.subject, at, {"grant": str(held.pk)})
        deliver(news, actor=actor, at=at)
    return news


def end_proxy(
    subject: UUID, relation: str, *, holder: UUID, actor: Actor, at: datetime
) -> list[News]:
    """End whatever a proxy of this relation agreed to: the mandate is over, or was none.

    An empty relation ends what every proxy agreed to, as when the person can be asked themself.
    """
    require(actor, Verb.RECORD, Facts(holder=holder))
    rows = Grant.objects.filter(
        subject=subject, holder=holder, revoked_at__isnull=True, basis__in=[*PROXIES]
    )
    if relation:
        rows = rows.filter(relation=relation)
    with transaction.atomic():
        return [
            revoke_consent(grant, actor=actor, at=at)
            for grant in rows.select_for_update().order_by("recorded_at", "id")
        ]


def object_to_use(  # noqa: PLR0913 - whose, held by whom, to what, for whom, by whom, when
    subject: UUID,
    *,
    holder: UUID,
    actor: Actor,
    at: datetime,
    purpose: Purpose | None = None,
    audience: Audience | None = None,
) -> Objection:
    """Leave somebody out: what this organisation holds in scope ends, and stays shut.

    Without purpose or audience it is every one; an objection to the public reaches every audience.
    Only what the person agrees to by themself on a later day opens again.
    """
    require(actor, Verb.RECORD, Facts(holder=holder))
    with transaction.atomic():
        made = Objection.objects.create(
            subject=subject,
            purpose=purpose.value if purpose else "",
            audience=str(audience) if audience else "",
            made_on=at.date(),
            recorded_at=at,
            recorded_by=actor.person,
        )
        record_entry(
            "consent.objected",
            actor=actor,
            subject_kind="objection",
            subject_id=made.pk,
            at=at,
            detail={"subject": str(subject), "purpose": made.purpose, "audience": made.audience},
        )
        write_withdrawals_after_commit()
        held = Grant.objects.filter(subject=subject, holder=holder, revoked_at__isnull=True)
        for grant in held.select_for_update():
            if _in_scope(made, grant):
                revoke_consent(grant, actor=actor, at=at)
    return made


def _in_scope(made: Objection, grant: Grant) -> bool:
    return made.purpose in {"", grant.purpose} and made.audience in {"", "public", grant.audience}


def _agreed(
    subjects: Iterable[UUID], *, actor: Actor, at: datetime, **terms: Unpack[Terms]
) -> list[Grant]:
    """Give the agreements, not kept yet, once it is sure that the actor may record such ones."""
    require(actor, Verb.RECORD, Facts(holder=terms["holder"]))
    if terms["until"] <= terms["given_on"]:
        raise ValueError("consent ends after the day it is given")
    given = tuple(FieldGroup(group) for group in terms["field_groups"])
    check_public(terms["audience"], given)
    _check_mandate(terms, given)
    held = tuple(subjects)
    _refuse_what_was_objected_to(held, terms)
    _refuse_where_the_person_spoke(held, terms)
    shown = terms.get("shown")
    return [
        Grant(
            holder=terms["holder"],
            sharing=terms.get("sharing", Sharing.ORGANISATION),
            subject=subject,
            purpose=Purpose(terms["purpose"]).value,
            audience=str(terms["audience"]),
            fingerprints=sorted(terms.get("fingerprints", ())),
            level=terms["level"].name.lower(),
            field_groups=sorted(group.value for group in given),
            basis=Basis(terms["basis"]).value,
            relation=terms.get("relation", ""),
            how=terms["how"],
            evidence_document=terms.get("evidence_document"),
            mandate_document=terms.get("mandate_document"),
            mandate_until=terms.get("mandate_until"),
            pack=shown.pack if shown else "",
            pack_version=shown.version if shown else "",
            language=shown.language if shown else "",
            text_hash=shown.hash if shown else "",
            given_on=terms["given_on"],
            until=terms["until"],
            recorded_at=at,
            recorded_by=actor.person,
        )
        for subject in held
    ]


def _refuse_what_was_objected_to(subjects: Collection[UUID], terms: Terms) -> None:
    """Raise `Objected` where the person asked to be left out and nothing newer opens it."""
    rows = Objection.objects.filter(
        Q(purpose="") | Q(purpose=Purpose(terms["purpose"]).value),
        Q(audience__in=("", "public")) | Q(audience=str(terms["audience"])),
        subject__in=subjects,
    )
    if Basis(terms["basis"]) is not Basis.PUBLIC_RECORD:
        rows = rows.filter(made_on__gte=terms["given_on"])
    if rows.exists():
        raise Objected("the person asked to be left out of this")


def _check_mandate(terms: Terms, groups: Collection[FieldGroup]) -> None:
    check_proxy(
        Basis(terms["basis"]),
        Mandate(
            terms.get("relation", ""),
            terms.get("mandate_document") is not None,
            terms.get("mandate_until"),
        ),
        purpose=Purpose(terms["purpose"]),
        audience=terms["audience"],
        level=terms["level"],
        groups=groups,
        until=terms["until"],
    )


def _refuse_where_the_person_spoke(subjects: Collection[UUID], terms: Terms) -> None:
    """Raise `PersonHasSpoken` where a proxy would speak after the person, whatever they said."""
    if Basis(terms["basis"]) not in PROXIES:
        return
    spoken = Grant.objects.filter(
        subject__in=subjects,
        basis=Basis.SELF.value,
        purpose=Purpose(terms["purpose"]).value,
        audience=str(terms["audience"]),
    )
    if spoken.exists():
        raise PersonHasSpoken("the person has spoken on this purpose and audience themself")


def _replace_proxies(spoken: Grant, *, actor: Actor, at: datetime) -> None:
    """End what proxies agreed to where the person now speaks for themself."""
    if spoken.basis != Basis.SELF:
        return
    held = {
        str(row.pk): row
        for row in Grant.objects.filter(subject=spoken.subject, holder=spoken.holder)
    }
    for over in replaced_by(agreement(spoken), [agreement(row) for row in held.values()]):
        revoke_consent(held[over], actor=actor, at=at)
