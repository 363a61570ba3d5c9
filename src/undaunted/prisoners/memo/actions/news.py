"""News of consent: whoever withdraws is in no memo any more, at once."""

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
    """End every memo that shows whom this news is about; a desk builds it anew without them.

    The bytes, and the texts that name them, are destroyed in the transaction of the withdrawal,
    whoever holds them.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM memo_heed(%s)", [news.pk])
        ((ended, texts),) = cursor.fetchall()
    if ended or texts:
        record_entry(
            "memo.name_removed",
            actor=actor,
            subject_kind="party",
            subject_id=news.subject,
            at=at,
            right="consent",
            detail={"memos": ended, "texts": texts, "news": str(news.pk)},
        )
    return {"memos": ended, "texts": texts}
