"""Invented entries of two lists that are in force, and people who match them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from tests.core.listings.factories import AT, Office, loaded, make_office
from undaunted.core.accounts.actions import acting_as
from undaunted.core.actors.actions import record_name
from undaunted.core.actors.models import Party
from undaunted.core.matching.actions import (
    confirm_judgement,
    judge_entries,
    resolve_entries,
    screen_subjects,
)
from undaunted.core.matching.rules import Named

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from django.test import Client

    from undaunted.core.accounts.models import User
    from undaunted.core.matching.actions import Resolution, Screened
    from undaunted.core.matching.models import MatchJudgement
    from undaunted.core.matching.rules import EntryKey, Verdict

__all__ = [
    "AT",
    "XF",
    "XZ",
    "Office",
    "confirmed",
    "in_file",
    "judged",
    "listed",
    "make_office",
    "person",
    "resolved",
    "screened",
    "seen_on",
]

XF, XZ = "xf-invented", "xz-invented"


def person(key: str, *names: str, born: str = "", **more: Any) -> dict[str, Any]:
    """Give a row of a list: somebody with these names, born on a day."""
    row = {
        "key": key,
        "kind": "person",
        "names": [{"text": name, "quality": "primary"} for name in names],
        "nationalities": ["XR"],
        **more,
    }
    return {**row, "births": [{"day": born, "text": born}]} if born else row


def listed(office: Office, source: str, folder: Path, rows: list[dict[str, Any]]) -> None:
    """Load rows as the next version of a list, although half of it may go."""
    file = folder / f"{source}.jsonl"
    lines = [{"published": "2026-05-01", "entries": len(rows)}, *rows]
    file.write_text("\n".join(map(json.dumps, lines)) + "\n", encoding="utf-8")
    loaded(office, source, file, confirmed=True)


def resolved(who: User, **more: Any) -> Resolution:
    """Hold lists against each other."""
    with acting_as(who) as actor:
        return resolve_entries(actor=actor, at=AT, **more)


def judged(  # noqa: PLR0913, PLR0917 - the pair, what is said of it and why, by whom
    who: User,
    left: EntryKey,
    right: EntryKey,
    verdict: Verdict,
    why: str = "Looked.",
    second: User | None = None,
) -> MatchJudgement:
    """Judge a pair; a second person, if named, confirms the verdict."""
    with acting_as(who) as actor:
        made = judge_entries(left, right, verdict=verdict, why=why, actor=actor, at=AT)
    return confirmed(second, made) if second else made


def confirmed(who: User, made: MatchJudgement) -> MatchJudgement:
    """Confirm a verdict."""
    with acting_as(who) as actor:
        return confirm_judgement(made.pk, actor=actor, at=AT)


def in_file(office: Office, *names: str, born: str = "", holder: UUID | None = None) -> str:
    """Record somebody in the registry of the office; gives the key."""
    with acting_as(office.writer) as actor:
        new = uuid4()
        party = Party.objects.create(
            id=new,
            canonical=new,
            holder=holder or office.holder,
            birth=born,
            nationalities=["XR"],
            recorded_at=AT,
            recorded_by=actor.person,
        )
        for name in names:
            record_name(party, name, actor=actor, at=AT)
    return str(party.pk)


def screened(office: Office, who: User | None = None) -> Screened:
    """Hold everybody in the registry of the office against lists."""
    with acting_as(who or office.writer) as actor:
        return screen_subjects(office.holder, Named.PERSON, actor=actor, at=AT)


def seen_on(client: Client, address: str) -> str:
    """Give what a page names as shown, which its form sends along with a verdict."""
    page = client.get(address).content.decode()
    return page.partition('name="seen" value="')[2].partition('"')[0]
