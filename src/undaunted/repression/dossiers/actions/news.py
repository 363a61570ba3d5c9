"""News of consent: whoever withdraws is in no submission to that government any more, at once."""

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
    """End every submission that tells of whom this news is about; a desk writes it anew.

    The bytes are destroyed in the transaction of the withdrawal, whoever holds them.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM dossiers_heed(%s)", [news.pk])
        ((ended, acts),) = cursor.fetchall()
    if ended or acts:
        record_entry(
            "submission.person_removed",
            actor=actor,
            subject_kind="party",
            subject_id=news.subject,
            at=at,
            right="consent",
            detail={"submissions": ended, "acts": acts, "news": str(news.pk)},
        )
    return {"submissions": ended, "acts": acts}
