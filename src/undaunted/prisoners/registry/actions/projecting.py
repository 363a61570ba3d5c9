"""Bringing the public projection up to the ledger, in the transaction of the change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection

from undaunted.core.actors.models import Party
from undaunted.prisoners.registry.actions.downloads import destroy_downloads

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from undaunted.core.access.rules import Actor
    from undaunted.core.consent.models import News

__all__ = ["heed_news", "project", "project_published"]

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

    The projection asks the ledger of consent by itself, so one rule decides in both directions.
    """
    if news.kind not in HEEDED:
        return {"cases": 0}
    subjects = [str(news.subject), *map(str, news.detail.get("members", ()))]
    groups = Party.objects.filter(pk__in=subjects).values("canonical")
    members = set(Party.objects.filter(canonical__in=groups).values_list("pk", flat=True))
    touched = project_published(members | set(map(UUID, subjects)))
    if touched and news.kind != "granted":
        destroy_downloads()
    return {"cases": touched, "by": str(actor.id), "at": at.isoformat()}
