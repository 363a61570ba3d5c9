"""Notices of police organisations, by program; questions about them are answered at `matching`."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone

from undaunted.core.accounts.api import actor_of
from undaunted.core.matching.queries import uncompared_of
from undaunted.repression.coordination import actions
from undaunted.repression.coordination.api.messages import (
    HolderIn,
    NoticeOut,
    NoticesIn,
    ScreenedOut,
)
from undaunted.repression.coordination.api.root import (
    MOST_SHOWN,
    PROPOSE,
    READ,
    refusals,
    router,
    taken,
)
from undaunted.repression.coordination.api.schemas import CoordinationIdOut
from undaunted.repression.coordination.queries import notice_for, notices_for
from undaunted.repression.coordination.rules import ToldNotice

__all__: list[str] = []

SEVERAL = ("names", "births", "nationalities", "identifiers")


@router.get("/desk/notices", response=list[NoticeOut], auth=READ, summary="Notices")
def list_notices(request: HttpRequest) -> Any:  # noqa: ANN401 - rows
    """Give the notices of one's own organisations that were not erased, newest first."""
    return list(notices_for(actor_of(request))[:MOST_SHOWN])


@router.post(
    "/desk/notices", response={201: list[CoordinationIdOut]}, auth=PROPOSE, summary="Enter notices"
)
def enter(request: HttpRequest, told: NoticesIn) -> Any:  # noqa: ANN401
    """Enter notices, all or none; `amending` those that are there under their number."""
    rows = [each.model_dump() for each in told.notices]
    kept = [ToldNotice(**row | {name: tuple(row[name]) for name in SEVERAL}) for row in rows]
    with refusals():
        made = actions.record_notices(
            told.holder, kept, actor=actor_of(request), at=timezone.now(), amending=told.amending
        )
    return list(made)


@router.post(
    "/desk/notices/screening", response=ScreenedOut, auth=PROPOSE, summary="Hold notices up"
)
def screen(request: HttpRequest, told: HolderIn) -> dict[str, Any]:
    """Hold whom notices name against lists in force and one's own case files.

    What comes up is a question among those of `matching`, where it is answered and taken back.
    """
    with refusals():
        actor = actor_of(request)
        done = actions.screen_notices(told.holder, actor=actor, at=timezone.now())
    counts = {name: getattr(done, name) for name in ("asked", "new", "again", "remembered")}
    whose = list(uncompared_of(actor, done.refused))
    refused = {"refused": len(done.refused), "not_compared": whose}
    return {**counts, "closed": done.closed, **refused}


@router.delete(
    "/desk/notices/{uuid:notice}", response=CoordinationIdOut, auth=PROPOSE, summary="Erase"
)
def erase(request: HttpRequest, notice: UUID) -> Any:  # noqa: ANN401
    """Erase whom a notice names; that it was there stays."""
    return taken(request, notice_for, notice, actions.erase_notice)
