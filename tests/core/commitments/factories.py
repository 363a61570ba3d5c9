"""Statements about hypothetical states, and an organisation whose people record and review them."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tests.core.accounts.factories import make_organisation, make_user
from undaunted.core.access.rules import Role
from undaunted.core.accounts.actions import acting_as
from undaunted.core.commitments.actions import (
    accept_statement,
    correct_statement,
    record_statement,
)
from undaunted.core.commitments.rules import read_statement

if TYPE_CHECKING:
    from uuid import UUID

    from undaunted.core.accounts.models import User
    from undaunted.core.commitments.models import CommitmentStatement
    from undaunted.core.commitments.rules import Statement

__all__ = ["AT", "Office", "accepted", "corrected", "make_office", "recorded", "said", "written"]

AT = datetime(2026, 6, 1, 12, tzinfo=UTC)
_WRITTEN: dict[str, Any] = {
    "instrument": "investment-screening",
    "state": "XF",
    "status": "in_force",
    "since": "2024-03-01",
    "law": "Harbour and Works Act",
    "text": "Screens buyers of harbours.",
    "language": "en",
    "features": [
        {"code": "call-in", "has": True, "clause": "section 4", "sources": ["gazette"]},
        {"code": "penalties", "has": False, "sources": ["gazette", "review"]},
    ],
    "evidence": ["gazette"],
    "sources": [
        {
            "id": "gazette",
            "title": "Gazette of Freedonia",
            "publisher": "Freedonia",
            "date": "2024-02-01",
            "url": "https://gazette.example/1",
            "status": "verified",
            "read_on": "2026-05-01",
        },
        {
            "id": "review",
            "title": "Review of Zubrowka",
            "publisher": "University of Zubrowka",
            "date": "2025",
            "url": "https://review.example/2",
            "status": "unverified",
        },
    ],
}


def written(**changed: Any) -> dict[str, Any]:
    """Give the statement as it stands in a file, with some of it changed."""
    return {**deepcopy(_WRITTEN), **changed}


def said(**changed: Any) -> Statement:
    """Give the statement as it is read."""
    return read_statement(written(**changed), where="test")


@dataclass(frozen=True)
class Office:
    """An organisation with somebody who records, two who review, and a stranger elsewhere."""

    holder: UUID
    writer: User
    reviewer: User
    publisher: User
    steward: User
    stranger: User


def make_office(owner_sql: Any) -> Office:
    """Make the organisation and its people."""
    ours, theirs = make_organisation(owner_sql), make_organisation(owner_sql)
    return Office(
        holder=ours,
        writer=make_user(owner_sql, {ours: [Role.DOCUMENTER]}),
        reviewer=make_user(owner_sql, {ours: [Role.REVIEWER]}),
        publisher=make_user(owner_sql, {ours: [Role.PUBLISHER]}),
        steward=make_user(owner_sql, {ours: [Role.STEWARD]}),
        stranger=make_user(owner_sql, {theirs: [Role.STEWARD]}),
    )


def recorded(office: Office, *, at: datetime = AT, **changed: Any) -> CommitmentStatement:
    """Record the statement."""
    with acting_as(office.writer) as actor:
        return record_statement(office.holder, said(**changed), actor=actor, at=at)


def accepted(office: Office, *, at: datetime = AT, **changed: Any) -> CommitmentStatement:
    """Record the statement and accept it as a second person."""
    made = recorded(office, at=at, **changed)
    with acting_as(office.reviewer) as actor:
        return accept_statement(made, actor=actor, at=at)


def corrected(
    office: Office, earlier: CommitmentStatement, *, at: datetime = AT, **changed: Any
) -> CommitmentStatement:
    """Correct an accepted statement, and accept the correction."""
    with acting_as(office.writer) as actor:
        made = correct_statement(earlier, said(**changed), actor=actor, at=at)
    with acting_as(office.reviewer) as actor:
        return accept_statement(made, actor=actor, at=at)
