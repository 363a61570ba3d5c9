"""News of consent: whoever withdraws is in no edition any more, at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection

from undaunted.core.audit.actions import record_entry

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from undaunted.core.access.rules import Actor
    from undaunted.core.consent.models import News

__all__ = ["heed_news"]


def heed_news(news: News, *, actor: Actor, at: datetime) -> Mapping[str, Any]:
    """Withdraw every edition that shows whom this news is about; the worker builds n.m+1.

    The bytes are destroyed in the transaction of the withdrawal. The database finds the editions by
    itself, so that the worker hears news that no organisation sent.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT editions_heed(%s)", [news.pk])
        ((ended,),) = cursor.fetchall()
    if ended:
        record_entry(
            "edition.withdrawn",
            actor=actor,
            subject_kind="news",
            subject_id=news.pk,
            at=at,
            right="consent",
            detail={"editions": ended},
        )
    return {"editions": ended}
