"""`undaunted coordination petition`: received, looked at anew, answered by two people.

What the papers say is read from files and printed only for whoever types their passphrase.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer
from django.utils import timezone

from undaunted.repression.coordination import actions
from undaunted.repression.coordination.analysis import letter_of
from undaunted.repression.coordination.commands.acting import (
    File,
    Holder,
    Out,
    acting,
    found,
    holder_here,
    opened_key,
    saved,
)
from undaunted.repression.coordination.queries import parts_of, petition_for, petitions_for
from undaunted.repression.coordination.readers import read_petition
from undaunted.repression.coordination.rules import (
    CoordinationRefused,
    CoordinationReply,
    Part,
    shown_text,
)
from undaunted.repression.coordination.writers import MEDIA, write_letter

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.core.access.rules import Actor
    from undaunted.repression.coordination.models import Petition

__all__ = ["petitions"]

petitions = typer.Typer(help="Petitions of listed persons.", no_args_is_help=True)
Which = Annotated[UUID, typer.Argument(help="Id of a petition, as `list` shows it.")]


@petitions.command("list")
def list_petitions() -> None:
    """List the petitions to your authority, the newest first."""
    with acting() as actor:
        for each in petitions_for(actor):
            closed = f"answered {each.closed_on}" if each.closed_on else "open"
            law = each.authority or each.law
            typer.echo(f"{each.pk}  {each.asked}  {each.received_on}  {closed}  {law}")


@petitions.command("show")
def show(
    which: Which,
    *,
    unseal: Annotated[bool, typer.Option("--open", help="With your passphrase.")] = False,
) -> None:
    """Show the papers of a petition, oldest first; what they say with your passphrase alone."""
    with acting() as actor:
        held = _petition(actor, which)
        told = {}
        if unseal:
            key = opened_key(actor)
            opened = actions.open_petition(held, key=key, actor=actor, at=timezone.now())
            told = {row.pk: said for row, said in opened}
        typer.echo(f"{held.pk}  {held.asked}  {held.received_on}  {held.authority or held.law}")
        typer.echo(f"acknowledged  {held.acknowledged_on or 'not yet'}")
        for each in parts_of(actor, held):
            typer.echo(f"{each.kind}  {each.pk}  {each.recorded_at.date()}")
            for name, said in told.get(each.pk, {}).items():
                text = shown_text(str(said)).replace("\n", "\n    ")
                typer.echo(f"  {name}: {text}")
        if held.reply:
            out = f"let out {held.closed_on}" if held.closed_on else "waits for a second person"
            typer.echo(f"reply  {held.reply}  {out}")


@petitions.command("enter")
def enter(file: File, *, holder: Holder = "") -> None:
    """Enter a petition out of a TOML file; its clocks run from the day on which it came."""
    with acting() as actor:
        told, mine = read_petition(file.read_bytes()), holder_here(actor, holder)
        made = actions.record_petition(
            mine, told.petitioner, authority=told.authority, law=told.law, asked=told.asked,
            received_on=told.received_on, actor=actor, at=timezone.now(),
        )  # fmt: skip
        typer.echo(f"{made.pk}  entered")


@petitions.command("acknowledge")
def acknowledge(
    which: Which,
    *,
    on: Annotated[str, typer.Option(help="Day, YYYY-MM-DD; today without.")] = "",
) -> None:
    """Note on which day the petitioner was told that the petition came in."""
    with acting() as actor:
        held, day = _petition(actor, which), _day(on)
        actions.acknowledge_petition(held, day, actor=actor, at=timezone.now())
        typer.echo("acknowledged")


@petitions.command("add")
def add(
    which: Which,
    kind: Annotated[Part, typer.Argument(help="request, review or exculpatory.")],
    file: File,
) -> None:
    """Add a paper out of a text file: asked further, looked at anew, or speaks for the person."""
    with acting() as actor:
        held = _petition(actor, which)
        made = actions.add_part(held, kind, _said(file), actor=actor, at=timezone.now())
        typer.echo(f"{made.pk}  {made.kind}")


@petitions.command("answer")
def answer(
    which: Which,
    reply: Annotated[CoordinationReply, typer.Argument(help="What is answered.")],
    file: File,
) -> None:
    """Draw up the answer, with its reasons out of a text file; a second person lets it out."""
    with acting() as actor:
        held = _petition(actor, which)
        actions.draw_up_answer(held, reply, _said(file), actor=actor, at=timezone.now())
        typer.echo("drawn up; a second person reads it with `show --open` and lets it out")


@petitions.command("let-out")
def let_out(
    which: Which,
    paper: Annotated[UUID, typer.Argument(help="Id of the answer, as `show --open` shows it.")],
) -> None:
    """Let out the answer that you read, as a second person, with your passphrase."""
    with acting() as actor:
        held = _petition(actor, which)
        key = opened_key(actor)
        actions.let_out_answer(held, paper, key=key, actor=actor, at=timezone.now())
        typer.echo("let out")


@petitions.command("letter")
def letter(
    which: Which,
    *,
    out: Out,
    language: Annotated[str, typer.Option(help="Language of the letter.")] = "en",
) -> None:
    """Save the letter as Word or PDF, with your passphrase; a draft until it was let out."""
    with acting() as actor:
        held, now, media = _petition(actor, which), timezone.now(), out.suffix.lstrip(".")
        if media not in MEDIA:
            raise CoordinationRefused("out: end its name in .docx or .pdf")
        papers = actions.open_petition(held, key=opened_key(actor), actor=actor, at=now)
        told = letter_of(actor, held, papers, language=language, at=now)
        saved(out, write_letter(told, media=media))


def _day(told: str) -> date | None:
    try:
        return date.fromisoformat(told) if told else None
    except ValueError as problem:
        raise CoordinationRefused("on: it is no day; write it as 2026-12-10") from problem


def _said(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as problem:
        raise CoordinationRefused("file: it is not written in UTF-8; save it as such") from problem


def _petition(actor: Actor, which: UUID) -> Petition:
    return found(petition_for(actor, which), f"{which}: there is no such petition for you")
