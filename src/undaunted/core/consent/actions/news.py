"""The outbox by which others learn what consent has changed.

News is written in the transaction of the change. Whoever holds affected things registers a handler
in `apps.py`; a receipt proves that it has dealt with a piece of news. Delivery is tried at once. A
handler that fails is noted, audited and asked again by a task, later each time, until it succeeds.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection, transaction

from undaunted.core.audit.actions import record_entry
from undaunted.core.consent.models import Attempt, News
from undaunted.core.consent.queries import news_waiting
from undaunted.core.consent.rules import moment_kept, next_try
from undaunted.core.vault.rules import code_for_database, moment_in_code

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor

__all__ = [
    "announce",
    "announce_expiries",
    "deliver",
    "deliver_news",
    "handlers",
    "register_handler",
]

Handler = Callable[..., Mapping[str, Any]]
"""Called as `handler(news, actor=…, at=…)`; gives what it did, in opaque ids and counts."""

_HANDLERS: dict[str, Handler] = {}
_LOG = logging.getLogger(__name__)


def register_handler(name: str, function: Handler) -> None:
    """Let `function` deal with every piece of news under `name`; a second call replaces it."""
    _HANDLERS[name] = function


def handlers() -> tuple[str, ...]:
    """Give the names of all registered handlers."""
    return tuple(sorted(_HANDLERS))


def announce_expiries(*, actor: Actor, at: datetime) -> int:
    """Announce grants that have run out and were not announced yet; gives their number.

    The database finds them whoever asks: time passes for every organisation.
    """
    with transaction.atomic():
        code = _code("consent-expiries", moment_in_code(at))
        asked = "SELECT * FROM consent_announce_expiries(%s, %s)"
        fresh = list(News.objects.raw(asked, [at, code]))
        for news in fresh:
            deliver(news, actor=actor, at=at)
    return len(fresh)


def announce(
    kind: str, subject: UUID, at: datetime, detail: Mapping[str, Any] | None = None
) -> News:
    """Put a piece of news into the outbox: revoked, expired, erased, merged; given_up, fallen.

    Of somebody who is `erased` every record goes, of what is `given_up` that record alone; what is
    `fallen` is a document that stands open no more, or a copy of one.

    Part of another action: it must run in that action's transaction. The database takes it from
    the application alone: what hears it destroys what others hold.
    """
    news = News(kind=kind, subject=subject, at=at, detail=dict(detail or {}))
    told = json.dumps(news.detail, sort_keys=True)
    code = _code("consent-announce", news.pk, kind, subject, moment_in_code(at), told)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT consent_announce(%s, %s, %s, %s, %s, %s)",
            [news.pk, kind, subject, at, told, code],
        )
    return news


def deliver_news(*, actor: Actor, at: datetime, limit: int = 500) -> int:
    """Hand waiting news to the handlers whose turn it is; gives how many receipts came of it.

    What somebody else hands over meanwhile is waited for, and not handed over again.
    """
    done = 0
    for name in handlers():
        waiting = news_waiting(actor, name, at=at, most=limit)
        done += sum(_hand_over(name, news, actor=actor, at=at) for news in waiting)
    return done


def deliver(news: News, *, actor: Actor, at: datetime) -> tuple[str, ...]:
    """Part of the action that announces: tell everyone, and audit who could not deal with it.

    Gives their names, for an action after which they could deal with it no more.
    """
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
    return tuple(failed)


def _hand_over(name: str, news: News, *, actor: Actor, at: datetime) -> bool:
    """Let one handler deal with one piece of news; a failure undoes only what it did itself.

    Gives whether it has dealt with it now: not where somebody else has meanwhile.
    """
    kept = moment_kept(news.detail, at)
    try:
        with transaction.atomic():
            if not _take(news, name, at):
                return False
            done = _HANDLERS[name](news, actor=actor, at=kept)
            _receive(news, name, done, kept)
    except Exception as error:  # noqa: BLE001 - whatever one handler breaks, the others must hear the news
        _LOG.exception("News %s waits: its handler %s failed", news.pk, name)
        _note_failure(news, name, error, kept)
        return False
    return True


def _take(news: News, name: str, at: datetime) -> bool:
    """Keep others from handing this over until we end; gives whether nobody has by now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT consent_take(%s, %s, %s)", [news.pk, name, at])
        return bool(cursor.fetchone()[0])


def _receive(news: News, name: str, done: Mapping[str, Any], at: datetime) -> None:
    """Keep the receipt, and settle what failed before; both are the application's alone."""
    what = json.dumps(dict(done))
    code = _code("consent-receive", news.pk, name, moment_in_code(at), what)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT consent_receive(%s, %s, %s, %s, %s)", [news.pk, name, at, what, code]
        )


def _note_failure(news: News, name: str, error: Exception, at: datetime) -> None:
    before = Attempt.objects.filter(news=news, handler=name).first()
    tries = (before.tries if before else 0) + 1
    later = next_try(tries, at)
    problem = type(error).__name__[:80]
    facts = (news.pk, name, tries, moment_in_code(at), moment_in_code(later), problem)
    code = _code("consent-failed", *facts)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT consent_failed(%s, %s, %s, %s, %s, %s, %s)",
            [news.pk, name, tries, at, later, problem, code],
        )


def _code(what: str, *facts: object) -> bytes:
    return code_for_database(settings.SESSION_BINDING_KEY, what, *facts)
