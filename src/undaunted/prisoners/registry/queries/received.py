"""What partners sent: whether a case holds any, whose it is; it is never published or sent on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection

from undaunted.core.sharing.queries import received_subjects

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor

__all__ = ["holds_received", "received_records"]


def holds_received(_actor: Actor, cases: Iterable[UUID]) -> bool:
    """Tell whether a standing record of these cases was received; `cases` are canonical ids.

    The database answers for records that the actor may not see too: it refuses them as well.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT registry_holds_received(%s::uuid[])", [[str(one) for one in cases]])
        ((found,),) = cursor.fetchall()
    return bool(found)


def received_records(actor: Actor) -> QuerySet[Any, UUID]:
    """Give the ids of the records that partners sent to the actor's organisations, as a query."""
    return received_subjects(actor).filter(subject_kind="party").values_list("subject", flat=True)
