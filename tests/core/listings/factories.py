"""An organisation whose people load lists, and invented lists of the five states as files."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.core.accounts.factories import make_organisation, make_user
from undaunted.core.access.rules import PUBLIC, Role
from undaunted.core.accounts.actions import acting_as
from undaunted.core.listings.actions import attest_version, load_list
from undaunted.core.listings.queries import version_in_force
from undaunted.core.listings.readers import Reading, read_list

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from undaunted.core.accounts.models import User
    from undaunted.core.listings.rules import Entry, Loaded

__all__ = [
    "AT",
    "FILES",
    "REAL",
    "Office",
    "attested",
    "loaded",
    "main_checkout",
    "make_office",
    "plain_list",
    "read",
]

AT = datetime(2026, 6, 1, 12, tzinfo=UTC)
FILES = Path(__file__).parent / "files"
"""Invented lists in the formats of real issuers."""
_ROOT = Path(__file__).parents[3]


def main_checkout(root: Path) -> Path:
    """Give the checkout that a work tree belongs to, as its file `.git` tells; else the root."""
    told = root / ".git"
    if not told.is_file():
        return root
    place = told.read_text("utf-8").partition("gitdir:")[2].strip()
    return (root / place).resolve().parents[2]


_SHARED = main_checkout(_ROOT).parent / "shared" / "data" / "sanctions" / "lists"
REAL = Path(os.environ.get("REAL_SANCTIONS") or _SHARED)
"""Real lists, for tests alone, beside the main checkout; `REAL_SANCTIONS` names another folder."""


@dataclass(frozen=True)
class Office:
    """An organisation with somebody who loads lists, one who reviews, and one who only reads."""

    holder: UUID
    writer: User
    reviewer: User
    reader: User


def make_office(owner_sql: Any) -> Office:
    """Make the organisation and its people."""
    ours = make_organisation(owner_sql)
    return Office(
        holder=ours,
        writer=make_user(owner_sql, {ours: [Role.DOCUMENTER]}),
        reviewer=make_user(owner_sql, {ours: [Role.REVIEWER]}),
        reader=make_user(owner_sql, {ours: [Role.READER]}),
    )


def loaded(office: Office, source: str, file: Path, *, at: datetime = AT, **more: Any) -> Loaded:
    """Load a file as the documenter."""
    with acting_as(office.writer) as actor:
        return load_list(source, file, actor=actor, at=at, **more)


def attested(second: User, source: str, *, at: datetime = AT) -> None:
    """Let a second person say that the version in force is the issuer's."""
    version = version_in_force(PUBLIC, source)
    assert version is not None
    with acting_as(second) as actor:
        attest_version(version, actor=actor, at=at)


def read(source: str, file: Path) -> tuple[list[Entry], Reading]:
    """Read a file without a database; gives the entries and what was wrong."""
    told = Reading(file.name)
    return list(read_list(source, file, told)), told


def plain_list(path: Path, names: Iterable[str], *, day: str = "2026-05-01", **more: Any) -> Path:
    """Write an invented list of bodies: one entry a name, which is its key too."""
    rows = [
        {"key": name, "kind": "body", "names": [{"text": name, "quality": "primary"}], **more}
        for name in names
    ]
    lines = [{"published": day, "entries": len(rows)}, *rows]
    path.write_text("\n".join(map(json.dumps, lines)) + "\n", encoding="utf-8")
    return path
