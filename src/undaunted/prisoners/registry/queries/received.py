"""Whether a case holds what a partner sent, whoever holds the record: it is never published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from undaunted.core.access.rules import Actor

__all__ = ["holds_received"]


def holds_received(_actor: Actor, cases: Iterable[UUID]) -> bool:
    """Tell whether a standing record of these cases was received; `cases` are canonical ids.

    The database answers for records that the actor may not see too: it refuses them as well.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT registry_holds_received(%s::uuid[])", [[str(one) for one in cases]])
        ((found,),) = cursor.fetchall()
    return bool(found)
