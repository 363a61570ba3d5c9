"""News of consent: the words of texts that name whoever withdraws are destroyed, at once."""

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
    """Destroy the words of every version that names whom this news is about, whoever holds it.

    Editions that print them end by the news of editions; they are built anew without these texts.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT report_heed(%s)", [news.pk])
        ((destroyed,),) = cursor.fetchall()
    if destroyed:
        record_entry(
            "report_text.destroyed",
            actor=actor,
            subject_kind="party",
            subject_id=news.subject,
            at=at,
            right="consent",
            detail={"texts": destroyed, "news": str(news.pk)},
        )
    return {"texts": destroyed}
