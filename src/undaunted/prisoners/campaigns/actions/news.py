"""News of consent: whoever withdraws is silent in every campaign at once."""

from __future__ import annotations

import json
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
    """Make silent what no agreement covers any more, and destroy what was written of it.

    The database finds the cases by itself, so that the worker hears news that no organisation sent.
    What the public reads asks consent by itself and is right before this has run.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT campaigns_heed(%s)", [news.pk])
        ((told,),) = cursor.fetchall()
    done: dict[str, Any] = json.loads(told) if isinstance(told, str) else told
    if done["cases"]:
        record_entry(
            "campaign.consent_ended",
            actor=actor,
            subject_kind="news",
            subject_id=news.pk,
            at=at,
            right="consent",
            detail=done,
        )
    return done
