"""A practice of hypothetical states, and an organisation whose people propose and review it."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tests.core.accounts.factories import make_organisation, make_user
from undaunted.core.access.rules import Role
from undaunted.core.accounts.actions import acting_as
from undaunted.core.practices.actions import accept_version, propose_practice
from undaunted.core.practices.rules import read_entry

if TYPE_CHECKING:
    from uuid import UUID

    from undaunted.core.accounts.models import User
    from undaunted.core.practices.models import Version
    from undaunted.core.practices.rules import Entry

__all__ = ["AT", "Library", "accepted", "entry", "make_library", "proposed", "written"]

AT = datetime(2026, 6, 1, 12, tzinfo=UTC)
_WRITTEN: dict[str, Any] = {
    "reference": "lists-at-the-bridge",
    "aim": "release",
    "instrument": "prisoner_list",
    "language": "en",
    "tlp": "CLEAR",
    "title": "Lists handed over at the bridge",
    "summary": "Each month a list is handed over at the bridge between the two states.",
    "preconditions": [{"kind": "counterpart_access", "text": "Somebody takes it.", "sources": []}],
    "implementations": [
        {
            "when": "2024-03",
            "where": ["XR"],
            "by": "Syldavia",
            "text": "Handed over a list of twelve.",
            "result": "Four were answered for.",
            "sources": ["gazette"],
        }
    ],
    "effects": [
        {"text": "Two of twelve were free a year later.", "grade": "single", "sources": ["gazette"]}
    ],
    "risks": [{"text": "A name on a list can harm."}],
    "failures": [{"text": "The list becomes a ritual.", "sources": ["gazette"]}],
    "sources": [
        {
            "id": "gazette",
            "title": "Gazette of Syldavia",
            "publisher": "Syldavia",
            "date": "2024-04-01",
            "url": "https://gazette.example/1",
            "status": "verified",
            "read_on": "2026-05-01",
        }
    ],
}


def written(**changed: Any) -> dict[str, Any]:
    """Give the practice as it stands in a file, with some of it changed."""
    return {**deepcopy(_WRITTEN), **changed}


def entry(**changed: Any) -> Entry:
    """Give the practice as it is read."""
    return read_entry(written(**changed), where="test")


@dataclass(frozen=True)
class Library:
    """An organisation with somebody who writes, two who review, and a stranger elsewhere."""

    holder: UUID
    writer: User
    reviewer: User
    publisher: User
    steward: User
    stranger: User


def make_library(owner_sql: Any) -> Library:
    """Make the organisation and its people."""
    ours, theirs = make_organisation(owner_sql), make_organisation(owner_sql)
    return Library(
        holder=ours,
        writer=make_user(owner_sql, {ours: [Role.DOCUMENTER]}),
        reviewer=make_user(owner_sql, {ours: [Role.REVIEWER]}),
        publisher=make_user(owner_sql, {ours: [Role.PUBLISHER]}),
        steward=make_user(owner_sql, {ours: [Role.STEWARD]}),
        stranger=make_user(owner_sql, {theirs: [Role.STEWARD]}),
    )


def proposed(library: Library, *, readers: tuple[UUID, ...] = (), **changed: Any) -> Version:
    """Propose the practice."""
    with acting_as(library.writer) as actor:
        return propose_practice(
            library.holder, entry(**changed), actor=actor, at=AT, readers=readers
        )


def accepted(library: Library, *, readers: tuple[UUID, ...] = (), **changed: Any) -> Version:
    """Propose the practice and accept it as a second person."""
    version = proposed(library, readers=readers, **changed)
    with acting_as(library.reviewer) as actor:
        return accept_version(version, actor=actor, at=AT)
