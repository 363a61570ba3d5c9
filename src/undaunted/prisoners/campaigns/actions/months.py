"""What the beginning of a month does: private raises are counted once, for everybody to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction

from undaunted.core.audit.actions import record_entry

if TYPE_CHECKING:
    from datetime import datetime

    from undaunted.core.access.rules import Actor

__all__ = ["freeze_private"]


def freeze_private(*, actor: Actor, at: datetime) -> int:
    """Count the private raises of every campaign as the month began, where that was not done yet.

    The number stays what it is until the next month, whatever is logged, taken out or withdrawn.
    Gives how many campaigns were counted.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT campaigns_freeze_private()")
            ((done,),) = cursor.fetchall()
        if done:
            record_entry(
                "campaign.private_counted",
                actor=actor,
                subject_kind="campaigns",
                subject_id=f"{at:%Y-%m}",
                at=at,
                right="calendar",
                detail={"campaigns": done},
            )
    return int(done)
