"""When files were held last, and against which lists: said with a code of the application.

It held them; SQL alone did not. The code is that of migration 0009, which empties it.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import IntegrityError, transaction

from undaunted.core.access.rules import Sharing
from undaunted.core.matching.models import Screening
from undaunted.core.vault.rules import code_for_database

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from undaunted.core.matching.rules import Named

__all__ = ["keep_held", "vouched_for"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def keep_held(
    holder: UUID,
    kind: Named,
    lists: Mapping[str, int],
    at: datetime,
    refused: Mapping[str, str],
) -> None:
    """Keep when the files of a kind were held last, against which lists, and who could not be.

    Not an action.
    """
    new = Screening(holder=holder, kind=kind.value, sharing=Sharing.ORGANISATION)
    rows = Screening.objects.select_for_update().filter(holder=holder, kind=kind.value)
    row = rows.first() or new
    row.at, row.lists, row.refused = at, dict(lists), dict(refused)
    try:
        with transaction.atomic():
            _keep(row)
    except IntegrityError:  # somebody else held them for the first time meanwhile
        row = rows.get()
        row.at, row.lists, row.refused = at, dict(lists), dict(refused)
        _keep(row)


def _keep(row: Screening) -> None:
    row.vouched = vouched_for(row)
    row.save()


def vouched_for(row: Screening) -> bytes:
    """Give the code for a row: when, and the number of the version of each list by its code."""
    lists = ",".join(f"{code}={number}" for code, number in sorted(row.lists.items()))
    moment = (row.at - _EPOCH) // timedelta(microseconds=1)
    key = settings.SESSION_BINDING_KEY
    return code_for_database(key, "held-against", row.pk, row.holder, row.kind, moment, lists)
