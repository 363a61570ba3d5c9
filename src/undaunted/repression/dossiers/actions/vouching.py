"""What the application alone says of papers, with a code: SQL alone writes and searches nothing.

A submission that was written, and what a search of lists found of somebody (migration 0020); that
a submission was released, after all that it tells was asked again (migration 0022).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection

from undaunted.core.vault.rules import code_for_database, moment_in_code, text_in_code

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from undaunted.repression.dossiers.analysis import ListSearch
    from undaunted.repression.dossiers.models import Accused, Submission

__all__ = ["keep_released", "keep_search", "keep_vouched"]


def keep_vouched(made: Submission) -> None:
    """Insert a submission with the code of the application for it. Not an action."""
    made.vouched = _code(
        "dossiers-written", made.pk, made.holder, made.dossier_id, made.number, made.authority,
        made.jurisdiction, made.reader, made.digest, made.written_by,
        moment_in_code(made.written_at),
    )  # fmt: skip
    made.save(force_insert=True)
    made.vouched = None


def keep_released(held: Submission, by: UUID | None, at: datetime) -> None:
    """Keep who released a submission, and when, with the code of the application. Not an action."""
    held.state, held.released_by, held.released_at = "released", by, at
    held.vouched = _code("dossiers-released", held.pk, held.digest, by, moment_in_code(at))
    held.save(update_fields=["state", "released_by", "released_at", "vouched"])
    held.vouched = None


def keep_search(accused: Accused, found: ListSearch, at: datetime) -> None:
    """Keep what a search of lists found of somebody, on which lists, and when. Not an action."""
    alike, lists = json.dumps(found.alike), json.dumps(found.searched)
    code = _code(
        "dossiers-searched",
        accused.pk,
        text_in_code(alike),
        text_in_code(lists),
        moment_in_code(at),
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT dossiers_searched(%s, %s, %s, %s, %s)", [accused.pk, alike, lists, at, code]
        )
    accused.listings, accused.searched = list(found.alike), list(found.searched)
    accused.searched_at = at


def _code(what: str, *facts: object) -> bytes:
    return code_for_database(settings.SESSION_BINDING_KEY, what, *facts)
