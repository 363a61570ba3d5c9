"""`undaunted sanctions notices`: entered, held against lists and files, judged, erased."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated
from uuid import UUID  # noqa: TC003 - as above

import typer
from django.utils import timezone

from undaunted.core.accounts.commands import acting_at
from undaunted.core.matching.actions import answer_question
from undaunted.core.matching.analysis import name_meant
from undaunted.core.matching.commands import SeenMark, show_question_first
from undaunted.core.matching.queries import questions_for, sheets_of, uncompared_of
from undaunted.core.matching.rules import Named, Verdict
from undaunted.repression.coordination import actions
from undaunted.repression.coordination.commands.acting import Holder, found, holder_here
from undaunted.repression.coordination.queries import notice_for, notices_for

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from undaunted.core.access.rules import Actor
    from undaunted.core.matching.queries import Asked

__all__ = ["notices"]

notices = typer.Typer(help="Notices of police organisations.", no_args_is_help=True)

Because = Annotated[str, typer.Option("--why", help="On what it rests, in your words.")]


@notices.command("load")
def load(
    file: Annotated[Path, typer.Argument(help="A table: CSV, XLSX.", exists=True, dir_okay=False)],
    *,
    holder: Holder = "",
    amend: Annotated[
        bool, typer.Option("--amend", help="Amend what was entered under the same number.")
    ] = False,
) -> None:
    """Enter the notices of a table, all or none."""
    with _acting() as actor:
        organisation = holder_here(actor, holder)
        made = actions.import_notices(
            organisation, file.read_bytes(), actor=actor, at=timezone.now(), amending=amend
        )
        typer.echo(f"{len(made)} notices entered; `sanctions notices screen` holds them up")


@notices.command("list")
def show() -> None:
    """List the notices of your organisations, the newest first."""
    with _acting() as actor:
        for each in notices_for(actor):
            names = "; ".join(each.told["names"])
            typer.echo(f"{each.pk}  {each.number}  {each.kind}  {each.state or '--'}  {names}")


@notices.command("screen")
def screen(*, holder: Holder = "") -> None:
    """Hold whom notices name against lists in force and your own case files."""
    with _acting() as actor:
        done = actions.screen_notices(holder_here(actor, holder), actor=actor, at=timezone.now())
        typer.echo(
            f"{done.asked} notices: {done.new} new questions, {done.again} asked again, "
            f"{done.remembered} answered before, {done.closed} closed, "
            f"{len(done.refused)} names cannot be compared, or not in full."
        )
        for each in sorted(uncompared_of(actor, done.refused), key=lambda one: one.why):
            typer.echo(f"not in full  {each.subject}  {each.called}  {each.why}")


@notices.command("questions")
def questions() -> None:
    """Show the questions about notices that wait for an answer, likeliest first."""
    with _acting() as actor:
        asked = [
            each
            for each in sheets_of(actor, questions_for(actor))
            if each.question.subject.startswith(f"{Named.NOTICE.value}:")
        ]
        for each in asked:
            listed = each.entry.name if each.entry else "on its list no more"
            state = "  waits for a second person" if each.waits else ""
            state = "  changed since it was answered" if each.again else state
            typer.echo(
                f"{each.question.likeness:.2f}  {each.question.pk}  {_noticed(each)}  "
                f"{each.question.entry}  {listed}{state}"
            )
        typer.echo(f"{len(asked)} questions wait.")


@notices.command("judge")
def judge(
    question: Annotated[UUID, typer.Argument(help="As `questions` shows it.")],
    verdict: Verdict,
    *,
    why: Because = "",
    seen: SeenMark = "",
) -> None:
    """Answer whether whom a notice names, who is shown first, is meant.

    `sanctions undo-answer` takes it back.
    """
    with _acting() as actor:
        if not seen:
            show_question_first(actor, question)
        made = answer_question(
            question, verdict=verdict, why=why, seen=seen, actor=actor, at=timezone.now()
        )
        waits = "  waits for a second person" if made.waits else ""
        typer.echo(f"{made.pk}  {made.verdict}  {made.entry}{waits}")


@notices.command("erase")
def erase(which: Annotated[UUID, typer.Argument(help="As `list` shows it.")]) -> None:
    """Erase whom a notice names; that it was there stays."""
    with _acting() as actor:
        held = found(notice_for(actor, which), f"{which}: there is no such notice for you")
        actions.erase_notice(held, actor=actor, at=timezone.now())
        typer.echo("erased")


def _noticed(asked: Asked) -> str:
    """Give the number of a notice, and the name in it that is like the entry."""
    if asked.subject is None:
        return "the notice is gone"
    return f"{asked.subject.called}  {name_meant(asked)}"


def _acting() -> AbstractContextManager[Actor]:
    return acting_at("sanctions")
