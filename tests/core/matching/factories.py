"""Invented entries of two lists that are in force, and people who match them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from tests.core.accounts.terminal import run_at_terminal
from tests.core.listings.factories import AT, Office, loaded, make_office
from undaunted.core.access.rules import PUBLIC
from undaunted.core.accounts.actions import acting_as
from undaunted.core.actors.actions import record_name
from undaunted.core.actors.models import Party
from undaunted.core.matching.actions import (
    answer_question,
    confirm_judgement,
    judge_entries,
    resolve_entries,
    screen_subjects,
    undo_judgement,
)
from undaunted.core.matching.queries import sheets_of, shown_of_pairs, together_for
from undaunted.core.matching.rules import Named

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path
    from uuid import UUID

    import typer
    from django.test import Client

    from undaunted.core.access.rules import Actor
    from undaunted.core.accounts.models import User
    from undaunted.core.matching.actions import Resolution, Screened
    from undaunted.core.matching.models import Answer, MatchJudgement, Question
    from undaunted.core.matching.rules import EntryKey, Verdict

__all__ = [
    "AT",
    "XF",
    "XZ",
    "Office",
    "answered_as_shown",
    "at_terminal_as_shown",
    "confirmed",
    "in_file",
    "judged",
    "listed",
    "make_office",
    "person",
    "resolved",
    "screened",
    "seen_on",
    "shown",
    "shown_together",
    "undone",
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
    seen = shown((left, right))
    with acting_as(who) as actor:
        made = judge_entries(left, right, verdict=verdict, why=why, seen=seen, actor=actor, at=AT)
    return confirmed(second, made) if second else made


def confirmed(who: User, made: MatchJudgement) -> MatchJudgement:
    """Confirm a verdict, of what both entries say now."""
    with acting_as(who) as actor:
        return confirm_judgement(made.pk, seen=shown(made.pair), actor=actor, at=AT)


def undone(who: User, made: MatchJudgement, why: str = "", at: datetime = AT) -> MatchJudgement:
    """Undo a verdict, of what both entries say now."""
    with acting_as(who) as actor:
        return undo_judgement(made.pk, why=why, seen=shown(made.pair), actor=actor, at=at)


def shown(*pairs: tuple[EntryKey, EntryKey]) -> str:
    """Give what names pairs as they are."""
    return shown_of_pairs(PUBLIC, pairs).seen


def shown_together(who: User, batch: UUID) -> str:
    """Give what names all that stands of an act."""
    with acting_as(who) as actor:
        held = together_for(actor, batch)
    return held.seen if held else ""


def answered_as_shown(
    actor: Actor, asked: Question, verdict: Verdict, why: str = "Looked.", at: datetime = AT
) -> Answer:
    """Answer a question, of what both sides say now."""
    (sheet,) = sheets_of(actor, [asked])
    return answer_question(asked.pk, verdict=verdict, why=why, seen=sheet.seen, actor=actor, at=at)


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


def at_terminal_as_shown(commands: typer.Typer, *words: object, person: User | None) -> str:
    """Run a command that shows something first, and again with the mark of that."""
    told = run_at_terminal(commands, *words, person=person, status=2)
    _rest, found, mark = told.rpartition("--seen ")
    assert found, told
    return run_at_terminal(commands, *words, "--seen", mark.split()[0], person=person)


def seen_on(client: Client, address: str) -> str:
    """Give what a page names as shown, which its form sends along with a verdict."""
    page = client.get(address).content.decode()
    return page.partition('name="seen" value="')[2].partition('"')[0]
