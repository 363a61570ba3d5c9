"""News of consent: whoever withdraws is in no submission to that government any more, at once.

Whoever is erased is named in no text of a dossier either: what people typed is read while the names
exist still, whoever hands the news over, and what names them is destroyed.

A document that fell lies in no paper any more: one that waits has to be written anew, one that went
out ends. Its team learns so by the dossier and its papers, and nobody else by anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection

from undaunted.core.audit.actions import record_entry
from undaunted.core.vault.rules import code_for_database
from undaunted.repression.dossiers.rules import forms_in, names_in, surnames_in

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.consent.models import News

__all__ = ["heed_news"]


def heed_news(news: News, *, actor: Actor, at: datetime) -> Mapping[str, Any]:
    """End every submission that tells of whom this news is about; a desk writes it anew.

    The bytes are destroyed in the transaction of the withdrawal, whoever holds them; so are texts
    that name somebody who is erased, and annexes of a document that fell. Where a partner's record
    is given up the receipt tells nothing either: that dossiers held it is known to their team.
    """
    if news.kind == "fallen":
        return _heed_fallen(news, actor, at)
    texts = _unname(news) if news.kind in {"erased", "given_up"} else 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM dossiers_heed(%s)", [news.pk])
        ((ended, acts),) = cursor.fetchall()
    if ended or acts or texts:
        record_entry(
            "submission.person_removed",
            actor=actor,
            subject_kind="party",
            subject_id=news.subject,
            at=at,
            right="consent",
            detail={"submissions": ended, "acts": acts, "texts": texts, "news": str(news.pk)},
        )
    if news.kind == "given_up":
        return {}
    return {"submissions": ended, "acts": acts, "texts": texts}


def _heed_fallen(news: News, actor: Actor, at: datetime) -> Mapping[str, Any]:
    """Take a document that fell out of every paper in which it lies.

    The receipt tells nothing, and the audit the same whether a paper held it or none: others read
    these, and whose papers hold it is their team's.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM dossiers_fallen(%s)", [news.pk])
    record_entry(
        "submission.annex_fell",
        actor=actor,
        subject_kind="document",
        subject_id=news.subject,
        at=at,
        right="evidence",
        detail={"news": str(news.pk)},
    )
    return {}


def _unname(news: News) -> int:
    """Destroy what was typed in their dossiers and names somebody; gives how many parts."""
    key = settings.SESSION_BINDING_KEY
    with connection.cursor() as cursor:
        code = code_for_database(key, "dossiers-typed", news.pk)
        cursor.execute("SELECT kind, part, said FROM dossiers_typed(%s, %s)", [news.pk, code])
        found = _naming(cursor.fetchall())
        if not found:
            return 0
        parts = sorted({part for _, part in found})
        received = sorted(part for kind, part in found if kind == "recipient")
        told = (",".join(map(str, each)) for each in (parts, received))
        code = code_for_database(key, "dossiers-unname", news.pk, *told)
        cursor.execute(
            "SELECT dossiers_unname(%s, %s, %s::uuid[], %s)", [news.pk, parts, received, code]
        )
        ((done,),) = cursor.fetchall()
    return int(done)


def _naming(typed: list[tuple[str, UUID, str]]) -> set[tuple[str, UUID]]:
    """Give what names them, by the whole name or by a surname that is no alleged's, by its kind."""
    names = [said for kind, _, said in typed if kind == "name"]
    passed = forms_in(said for kind, _, said in typed if kind == "alleged")
    return {
        (kind, part)
        for kind, part, said in typed
        if kind not in {"name", "alleged"}
        and said
        and (names_in(said, names) or surnames_in(said, names, passed))
    }
