"""An organisation that writes the texts of a report: a writer, two who review, who signs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tests.core.accounts.factories import make_organisation, make_user
from undaunted.core.access.rules import Role
from undaunted.core.accounts.actions import acting_as
from undaunted.prisoners.report.actions import (
    propose_text,
    review_text,
    sign_text,
    write_text,
)
from undaunted.prisoners.report.rules.texts import place_named

if TYPE_CHECKING:
    from uuid import UUID

    from undaunted.core.accounts.models import User
    from undaunted.prisoners.report.models import TextVersion

__all__ = ["AT", "ENGLISH", "FRENCH", "YEAR", "Writers", "make_writers", "reviewed", "signed"]

AT = datetime(2026, 6, 1, 12, tzinfo=UTC)
YEAR = 2025
ENGLISH = (
    "In Ruritania {number:by-country/XR/persons@2025-12-31} people are held, see"
    " {table:by-country}.\n\n- The **Gazette**{note:Gazette of Ruritania|2025-11-03} names"
    " {plain:Article 12|article of a law}.\n- [Its page](https://gazette.example/3) is open."
)
FRENCH = (
    "En Ruritanie, {number:by-country/XR/persons@2025-12-31} personnes sont détenues, voir"
    " {table:by-country}.\n\n- La **Gazette**{note:Gazette of Ruritania|2025-11-03} cite"
    " {plain:article 12|article de loi}.\n- [Sa page](https://gazette.example/3) est ouverte."
)


@dataclass(frozen=True)
class Writers:
    """An organisation, its people, and somebody of another."""

    holder: UUID
    writer: User
    steward: User
    reviewer: User
    publisher: User
    reader: User
    stranger: User


def make_writers(owner_sql: Any) -> Writers:
    """Make the organisation and its people; the publisher can write as well."""
    ours, theirs = make_organisation(owner_sql), make_organisation(owner_sql)
    return Writers(
        holder=ours,
        writer=make_user(owner_sql, {ours: [Role.DOCUMENTER]}),
        steward=make_user(owner_sql, {ours: [Role.STEWARD]}),
        reviewer=make_user(owner_sql, {ours: [Role.REVIEWER]}),
        publisher=make_user(owner_sql, {ours: [Role.PUBLISHER, Role.DOCUMENTER]}),
        reader=make_user(owner_sql, {ours: [Role.READER]}),
        stranger=make_user(owner_sql, {theirs: [Role.STEWARD, Role.PUBLISHER]}),
    )


def reviewed(
    writers: Writers,
    body: str = ENGLISH,
    *,
    chapter: str = "summary",
    language: str = "en",
    by: User | None = None,
) -> TextVersion:
    """Write a text, propose it, and review it as another person."""
    place = place_named(YEAR, chapter, language)
    with acting_as(by or writers.writer) as actor:
        version = write_text(writers.holder, place, body, actor=actor, at=AT)
        propose_text(version, actor=actor, at=AT)
    with acting_as(writers.reviewer) as actor:
        return review_text(version, actor=actor, at=AT)


def signed(
    writers: Writers,
    body: str = ENGLISH,
    accepted: dict[str, str] | None = None,
    *,
    chapter: str = "summary",
    language: str = "en",
) -> TextVersion:
    """Take a text through every step."""
    version = reviewed(writers, body, chapter=chapter, language=language)
    with acting_as(writers.publisher) as actor:
        return sign_text(version, accepted or {}, actor=actor, at=AT)
