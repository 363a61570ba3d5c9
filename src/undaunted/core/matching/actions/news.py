"""News that somebody is erased: nothing is asked of them any more, and no answer tells of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol
from uuid import uuid4

from django.conf import settings
from django.db import connection

from undaunted.core.audit.actions import record_entry
from undaunted.core.vault.rules import code_for_database

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor

__all__ = ["heed_news"]


class _News(Protocol):
    """What is heard of a piece of news."""

    @property
    def pk(self) -> UUID: ...
    @property
    def kind(self) -> str: ...


def heed_news(news: _News, *, actor: Actor, at: datetime) -> Mapping[str, Any]:
    """Destroy the questions about somebody who is erased, and what was answered.

    How many that were nobody is told: whoever reads receipts or the audit would learn of a hit.
    The entry is that of every step, and is left whether or not there was any.
    """
    if news.kind not in {"erased", "given_up"}:
        return {}
    code = code_for_database(settings.SESSION_BINDING_KEY, "matching-forget", news.pk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT matching_forget(%s, %s)", [news.pk, code])
        cursor.fetchall()
    record_entry(
        "screening.step",
        actor=actor,
        subject_kind="screening",
        subject_id=uuid4(),
        at=at,
        right="consent",
    )
    return {"by": str(actor.id), "at": at.isoformat()}
