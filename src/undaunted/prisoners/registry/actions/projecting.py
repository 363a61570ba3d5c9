"""Bringing the public projection up to the ledger, in the transaction of the change."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.db import connection, connections, transaction

from undaunted.core.audit.actions import record_entry
from undaunted.prisoners.registry.actions.downloads import destroy_downloads, destroy_downloads_now

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.consent.models import News

__all__ = [
    "heed_news",
    "pass_time",
    "pass_time_in_public",
    "project",
    "project_published",
]

HEEDED = frozenset({"granted", "revoked", "expired", "erased", "merged"})


def project(parties: Iterable[UUID]) -> None:
    """Work the public projection of these parties out anew: shown, changed or taken out."""
    wanted = sorted({str(party) for party in parties})
    if wanted:
        with connection.cursor() as cursor:
            cursor.execute("SELECT registry_project(%s::uuid[])", [wanted])


def project_published(parties: Iterable[UUID | str]) -> int:
    """Project those of `parties` whose group was ever proposed for publication; gives how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT member.id FROM registry_publication gate"
            " JOIN actors_party published ON published.id = gate.party_id"
            " JOIN actors_party member ON member.canonical = published.canonical"
            " WHERE member.id = ANY (%s::uuid[])",
            [[str(party) for party in parties]],
        )
        found = [party for (party,) in cursor.fetchall()]
    project(found)
    return len(found)


def heed_news(news: News, *, actor: Actor, at: datetime) -> Mapping[str, Any]:
    """Take out of the projection, or show anew, what a piece of news of consent or merging touches.

    The projection asks the ledger of consent by itself, so one rule decides in both directions,
    and it finds the cases by itself, so that the worker hears news that no organisation sent.
    """
    if news.kind not in HEEDED:
        return {"cases": 0}
    if news.kind == "expired":
        touched = int(_pass("default")["cases"])
    else:
        subjects = [str(news.subject), *map(str, news.detail.get("members", ()))]
        with connection.cursor() as cursor:
            cursor.execute("SELECT registry_heed(%s::uuid[])", [subjects])
            ((touched,),) = cursor.fetchall()
    if touched and news.kind != "granted":
        destroy_downloads()
    return {"cases": touched, "by": str(actor.id), "at": at.isoformat()}


def pass_time(*, actor: Actor, at: datetime) -> int:
    """Project what the calendar changed: consent begun or ended, embargo over, custody ended.

    Gives how many cases that were. Downloads go when a case went.
    """
    with transaction.atomic():
        passed = _pass("default")
        if passed["cases"]:
            record_entry(
                "publication.time_passed",
                actor=actor,
                subject_kind="registry",
                subject_id=at.date().isoformat(),
                at=at,
                right="calendar",
                detail=passed,
            )
        if passed["gone"]:
            destroy_downloads()
    return passed["cases"]


def pass_time_in_public() -> None:
    """Do the same through the public connection, so that readers depend on no worker."""
    with transaction.atomic(using="public"):
        passed = _pass("public")
    if passed["gone"]:
        destroy_downloads_now()


def _pass(alias: str) -> dict[str, int]:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT registry_pass_time()")
        ((told,),) = cursor.fetchall()
    passed = json.loads(told) if isinstance(told, str) else told
    return {name: int(number) for name, number in passed.items()}
