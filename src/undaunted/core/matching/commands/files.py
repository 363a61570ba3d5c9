"""`undaunted sanctions`: people of files held against lists, and the questions answered."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer
from django.utils import timezone

from undaunted.core.accounts.queries import organisations_for
from undaunted.core.matching.actions import (
    MatchingRefused,
    answer_question,
    screen_subjects,
    undo_answer,
)
from undaunted.core.matching.analysis import name_meant
from undaunted.core.matching.commands.acting import (
    AsJson,
    SeenMark,
    acting,
    commands,
    id_read,
    no_id,
    print_json,
    refuse_unseen,
    show_sides,
)
from undaunted.core.matching.queries import questions_for, sheets_of, uncompared_of
from undaunted.core.matching.rules import Named, Verdict, shown_of_entry
from undaunted.core.matching.writers import told_by_field
from undaunted.site.terminal import seen as escaped

if TYPE_CHECKING:
    from undaunted.core.access.rules import Actor

__all__ = ["show_question_first"]

_VERDICTS = "|".join(Verdict)
Holder = Annotated[str, typer.Option("--for", help="Name of your organisation, if several.")]


def _id_of_an_answer(text: str) -> UUID:
    return id_read(text, "answer")


@commands.command("screen-cases")
def screen_cases(*, holder: Holder = "", as_json: AsJson = False) -> None:
    """Hold the people of your organisation's case files against lists in force."""
    with acting() as actor:
        done = screen_subjects(_holder(actor, holder), Named.PERSON, actor=actor, at=timezone.now())
        refused = uncompared_of(actor, done.refused)
    if as_json:
        told = {name: getattr(done, name) for name in _COUNTS}
        print_json(told | {"refused": [asdict(each) for each in refused]})
        return
    typer.echo(
        f"{done.asked} people: {done.new} new questions, {done.again} asked again, "
        f"{done.remembered} answered before, {done.closed} closed, "
        f"{len(done.refused)} names cannot be compared, or not in full."
    )
    for each in sorted(refused, key=lambda one: one.why):
        typer.echo(escaped(f"not in full  {each.subject}  {each.called}  {each.why}"))


@commands.command("screen")
def show_questions(
    *,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many.")] = 50,
) -> None:
    """Show the questions about people in your files that wait for an answer."""
    with acting() as actor:
        rows = questions_for(actor)
        for each in sheets_of(actor, rows[:limit]):
            name = name_meant(each) or "the file is gone"
            listed = each.entry.name if each.entry else "on its list no more"
            asked = each.question
            state = "  waits for a second person" if each.waits else ""
            state = "  changed since it was answered" if each.again else state
            told = f"{asked.likeness:.2f}  {asked.pk}  {name}  {asked.entry}  {listed}{state}"
            typer.echo(escaped(told))
        typer.echo(f"{rows.count()} questions wait.")


@commands.command("answer")
def answer(
    question: Annotated[str, typer.Argument(help="Id, as `screen` shows it.")],
    verdict: Annotated[str, typer.Argument(metavar=f"[{_VERDICTS}]")],
    *,
    why: Annotated[str, typer.Option("--why", help="On what it rests; always needed.")] = "",
    seen: SeenMark = "",
) -> None:
    """Answer whether somebody in a file is who is listed: both are shown first."""
    which, said = _answered(question, verdict)
    with acting() as actor:
        if not seen:
            show_question_first(actor, which)
        made = answer_question(
            which, verdict=said, why=why, seen=seen, actor=actor, at=timezone.now()
        )
    waits = "  waits for a second person" if made.waits else ""
    typer.echo(f"{made.pk}  {made.verdict}  {made.entry}{waits}")


@commands.command("undo-answer")
def undo_answered(
    which: Annotated[UUID, typer.Argument(help="As `answer` printed it.", parser=_id_of_an_answer)],
) -> None:
    """Take an answer back; the question is asked again."""
    with acting() as actor:
        undo_answer(which, actor=actor, at=timezone.now())
    typer.echo(f"undone  {which}")


def show_question_first(actor: Actor, question: UUID) -> None:
    """Show who of a file may be whom, with the mark of it, and end there; nothing where neither is.

    What is said of them is said once they were looked at.
    """
    rows = questions_for(actor).filter(pk=question)
    for sheet in sheets_of(actor, rows):
        if sheet.subject is not None and sheet.entry is not None:
            file = ("in the file", told_by_field(sheet.subject.form))
            show_sides([file, (sheet.question.entry, shown_of_entry(sheet.entry))])
            if (held := sheet.before) is not None:
                show_sides([("answered before", {held.verdict: (f"{held.at:%Y-%m-%d}", held.why)})])
            if sheet.waits:
                typer.echo("answered the same by one person  waits for a second person")
            refuse_unseen(sheet.seen)


def _answered(question: str, verdict: str) -> tuple[UUID, Verdict]:
    """Read both words; what is wrong with either is told at once."""
    faults = []
    try:
        which = UUID(question)
    except ValueError:
        faults.append(no_id(question, "screen"))
    try:
        said = Verdict(verdict)
    except ValueError:
        faults.append(f"{verdict[:60]!r} is no verdict; write one of {_VERDICTS}")
    if faults:
        raise typer.BadParameter(". ".join(faults))
    return which, said


_COUNTS = ("asked", "new", "again", "remembered", "closed")


def _holder(actor: Actor, named: str) -> UUID:
    found = list(organisations_for(actor).filter(**({"name": named} if named else {})))
    if len(found) != 1:
        names = ", ".join(str(each.name) for each in organisations_for(actor))
        raise MatchingRefused(f"for: name one of your organisations: {names}")
    return found[0].pk
