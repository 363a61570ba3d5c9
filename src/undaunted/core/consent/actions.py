"""Recording and revoking consent, and the outbox by which others learn of it.

News is written in the transaction of the change. Whoever holds affected things registers a handler
in `apps.py`; a receipt proves that it has dealt with a piece of news. Delivery is tried at once. A
handler that fails is noted, audited and asked again by a task, later each time, until it succeeds.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict, Unpack

from django.db import connection, transaction

from undaunted.core.access.rules import Facts, Sharing, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.audit.rules import merkle_root
from undaunted.core.consent.models import Attempt, Grant, News
from undaunted.core.consent.queries import news_waiting
from undaunted.core.consent.rules import (
    Audience,
    Basis,
    FieldGroup,
    IdentityLevel,
    Purpose,
    check_public,
    next_try,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor

__all__ = [
    "ConsentAlreadyEnded",
    "Terms",
    "announce",
    "announce_expiries",
    "deliver_news",
    "handlers",
    "record_consent",
    "record_consents",
    "register_handler",
    "revoke_consent",
]

Handler = Callable[..., Mapping[str, Any]]
"""Called as `handler(news, actor=…, at=…)`; gives what it did, in opaque ids and counts."""

_HANDLERS: dict[str, Handler] = {}
_LOG = logging.getLogger(__name__)


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
    sharing: NotRequired[Sharing]


class ConsentAlreadyEnded(ValueError):
    """The grant was revoked before."""


def register_handler(name: str, function: Handler) -> None:
    """Let `function` deal with every piece of news under `name`; a second call replaces it."""
    _HANDLERS[name] = function


def handlers() -> tuple[str, ...]:
    """Give the names of all registered handlers."""
    return tuple(sorted(_HANDLERS))


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
        _deliver(news, actor=actor, at=at)
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
        news = announce("revoked", held.subject, at, {"grant": str(held.pk)})
        _deliver(news, actor=actor, at=at)
    return news


def announce_expiries(*, actor: Actor, at: datetime) -> int:
    """Announce grants that have run out and were not announced yet; gives their number.

    The database finds them whoever asks: time passes for every organisation.
    """
    with transaction.atomic():
        fresh = list(News.objects.raw("SELECT * FROM consent_announce_expiries(%s)", [at]))
        for news in fresh:
            _deliver(news, actor=actor, at=at)
    return len(fresh)


def announce(
    kind: str, subject: UUID, at: datetime, detail: Mapping[str, Any] | None = None
) -> News:
    """Put a piece of news into the outbox: revoked, expired, erased, merged.

    Part of another action: it must run in that action's transaction.
    """
    return News.objects.create(kind=kind, subject=subject, at=at, detail=dict(detail or {}))


def deliver_news(*, actor: Actor, at: datetime, limit: int = 500) -> int:
    """Hand waiting news to the handlers whose turn it is; gives how many receipts came of it."""
    done = 0
    for name in handlers():
        waiting = news_waiting(actor, name, at=at, most=limit)
        done += sum(_hand_over(name, news, actor=actor, at=at) for news in waiting)
    return done


def _agreed(
    subjects: Iterable[UUID], *, actor: Actor, at: datetime, **terms: Unpack[Terms]
) -> list[Grant]:
    """Give the agreements, not kept yet, once it is sure that the actor may record such ones."""
    require(actor, Verb.RECORD, Facts(holder=terms["holder"]))
    if terms["until"] <= terms["given_on"]:
        raise ValueError("consent ends after the day it is given")
    given = tuple(FieldGroup(group) for group in terms["field_groups"])
    check_public(terms["audience"], given)
    return [
        Grant(
            holder=terms["holder"],
            sharing=terms.get("sharing", Sharing.ORGANISATION),
            subject=subject,
            purpose=Purpose(terms["purpose"]).value,
            audience=str(terms["audience"]),
            level=terms["level"].name.lower(),
            field_groups=sorted(group.value for group in given),
            basis=Basis(terms["basis"]).value,
            relation=terms.get("relation", ""),
            how=terms["how"],
            evidence_document=terms.get("evidence_document"),
            given_on=terms["given_on"],
            until=terms["until"],
            recorded_at=at,
            recorded_by=actor.person,
        )
        for subject in subjects
    ]


def _deliver(news: News, *, actor: Actor, at: datetime) -> None:
    """Part of the action that announces: tell everyone, and audit who could not deal with it."""
    failed = [name for name in handlers() if not _hand_over(name, news, actor=actor, at=at)]
    if failed:
        record_entry(
            "consent.news_waits",
            actor=actor,
            subject_kind="news",
            subject_id=news.pk,
            at=at,
            detail={"kind": news.kind, "handlers": failed},
        )


def _hand_over(name: str, news: News, *, actor: Actor, at: datetime) -> bool:
    """Let one handler deal with one piece of news; a failure undoes only what it did itself."""
    try:
        with transaction.atomic():
            done = _HANDLERS[name](news, actor=actor, at=at)
            _receive(news, name, done, at)
            Attempt.objects.filter(news=news, handler=name).update(settled_at=at)
    except Exception as error:  # noqa: BLE001 - whatever one handler breaks, the others must hear the news
        _LOG.exception("News %s waits: its handler %s failed", news.pk, name)
        _note_failure(news, name, error, at)
        return False
    return True


def _receive(news: News, name: str, done: Mapping[str, Any], at: datetime) -> None:
    """Keep the receipt, through the owner's function: the worker acts for nobody."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT consent_receive(%s, %s, %s, %s)", [news.pk, name, at, json.dumps(dict(done))]
        )


def _note_failure(news: News, name: str, error: Exception, at: datetime) -> None:
    before = Attempt.objects.filter(news=news, handler=name).first()
    tries = (before.tries if before else 0) + 1
    Attempt.objects.update_or_create(
        news=news,
        handler=name,
        defaults={
            "tries": tries,
            "tried_at": at,
            "next_at": next_try(tries, at),
            "problem": type(error).__name__[:80],
        },
    )
