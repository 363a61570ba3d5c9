"""People who agreed to be counted and to nothing else, written as the owner; all invented."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING, Any

from tests.prisoners.registry.published_worlds import HOLDER, ONE, PUBLISHED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["agree_to_statistics", "hide", "remember"]


def agree_to_statistics(
    owner_sql: Callable[..., Any], subjects: Iterable[uuid.UUID], **changed: Any
) -> None:
    """Record that these agreed to be counted; `changed` are columns of the grant."""
    for subject in subjects:
        row = {
            "id": uuid.uuid4(), "holder": HOLDER, "sharing": "organisation", "subject": subject,
            "purpose": "statistics", "audience": "public", "level": "aggregate",
            "field_groups": ["detention"], "basis": "self", "relation": "", "how": "invented",
            "given_on": date(2020, 1, 1), "until": date(2090, 1, 1), "recorded_at": PUBLISHED,
            "recorded_by": ONE,
        } | changed  # fmt: skip
        columns = ", ".join(row)
        marks = ", ".join("%s" for _ in row)
        owner_sql(f"INSERT INTO consent_grant ({columns}) VALUES ({marks})", list(row.values()))


def hide(owner_sql: Callable[..., Any]) -> None:
    """Let nobody be published any more, nor ever have been."""
    owner_sql("DELETE FROM registry_approval")
    owner_sql("DELETE FROM registry_publication")
    owner_sql("SELECT registry_project_all()")


def remember(owner_sql: Callable[..., Any], salt: uuid.UUID) -> None:
    """Give the database this salt, and no key that it was counted with."""
    owner_sql("DELETE FROM registry_draw")
    owner_sql("INSERT INTO registry_draw (salt) VALUES (%s)", [salt])
