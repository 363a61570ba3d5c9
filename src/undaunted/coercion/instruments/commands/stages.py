"""Stages at the terminal: proposed by one person, decided by a second one."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated

import typer
from django.utils import timezone

from undaunted.coercion.instruments.actions import (
    confirm_step,
    propose_step,
    record_vote,
    refuse_step,
)
from undaunted.coercion.instruments.analysis import (
    MEDIA,
    StepFacts,
    StepPlan,
    counted,
    counted_of,
    vote_file,
)
from undaunted.coercion.instruments.commands.root import (
    Day,
    Reason,
    Which,
    acting,
    commands,
    day_of,
    found,
    proceeding_here,
)
from undaunted.coercion.instruments.queries import step_waiting
from undaunted.coercion.instruments.readers import read_votes
from undaunted.coercion.instruments.rules import (
    Ballot,
    Opinion,
    Stage,
    SuspensionGround,
    TerminationGround,
    still_open,
)
from undaunted.coercion.instruments.writers import count_in_words

if TYPE_CHECKING:
    from undaunted.coercion.instruments.analysis import Counted
    from undaunted.core.access.rules import Actor

__all__: list[str] = []

Committee = Annotated[
    Opinion | None, typer.Option("--opinion", help="What the committee said of the draft.")
]
Urgent = Annotated[
    bool, typer.Option("--immediate", help="Without the committee, at once (Article 18(3)).")
]


@commands.command("propose")
def propose(  # noqa: PLR0913 - all that a step may need
    which: Which,
    to: Annotated[Stage, typer.Argument(help="Stage to enter.")],
    *,
    reason: Reason,
    on: Day = "",
    consulted: Annotated[bool, typer.Option(help="Views were gathered.")] = False,
    heard: Annotated[bool, typer.Option(help="Named persons had time to answer.")] = False,
    opinion: Committee = None,
    immediate: Urgent = False,
    explained: Annotated[str, typer.Option(help="Why it stays within the injury.")] = "",
    ground: Annotated[str, typer.Option(help="Of a suspension or an end.")] = "",
    applies_on: Annotated[str, typer.Option(help="Day of application.")] = "",
) -> None:
    """Propose that a proceeding enter a stage; a second person decides."""
    with acting() as actor:
        facts = StepFacts(
            consulted=consulted,
            heard=heard,
            opinion=opinion,
            immediate=immediate,
            explained=explained,
            ground=ground,
            applies_on=day_of(applies_on, timezone.now().date()) if applies_on else None,
        )
        _propose(actor, which, to, on, reason, facts)


@commands.command("determine")
def determine(
    which: Which,
    *,
    reason: Reason,
    on: Day = "",
) -> None:
    """Propose the step that the count of the Council's vote gives; a second person decides."""
    with acting() as actor:
        counted = found(counted_of(actor, proceeding_here(actor, which)), "vote")
        to = Stage.CLOSED if counted.count.carried is False else Stage.ENGAGEMENT
        _propose(actor, which, to, on, reason, StepFacts())


@commands.command("vote")
def vote(
    which: Which,
    file: Annotated[Path, typer.Argument(help="Member states and votes: CSV or TOML.")],
    *,
    on: Day = "",
) -> None:
    """Record what each member state did in the Council, from a file, and say the count."""
    with acting() as actor:
        at = timezone.now()
        told = read_votes(file)
        held = proceeding_here(actor, which)
        made = record_vote(held, day_of(on, at.date()), told, actor=actor, at=at)
        _say(counted(made))


@commands.command("count")
def count(
    which: Which,
    *,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder to write Word and PDF to.")
    ] = None,
) -> None:
    """Say the count of the Council's vote; with --out, as a paper."""
    with acting() as actor:
        held = proceeding_here(actor, which)
        _say(found(counted_of(actor, held), "vote"))
        for media in MEDIA if out is not None else ():
            content = vote_file(actor, held, media)
            if out is not None and content is not None:
                out.mkdir(parents=True, exist_ok=True)
                (out / f"vote.{media}").write_bytes(content)
                typer.echo(f"written  {out / f'vote.{media}'}")


@commands.command("suspend")
def suspend(  # noqa: PLR0913 - all that the step may need
    which: Which,
    ground: SuspensionGround,
    *,
    reason: Reason,
    on: Day = "",
    opinion: Committee = None,
    immediate: Urgent = False,
) -> None:
    """Propose to suspend the measures; a second person decides."""
    with acting() as actor:
        facts = StepFacts(ground=ground.value, opinion=opinion, immediate=immediate)
        _propose(actor, which, Stage.SUSPENDED, on, reason, facts)


@commands.command("end")
def end(  # noqa: PLR0913 - all that the step may need
    which: Which,
    ground: TerminationGround,
    *,
    reason: Reason,
    on: Day = "",
    opinion: Committee = None,
    immediate: Urgent = False,
) -> None:
    """Propose to end the measures; a second person decides."""
    with acting() as actor:
        facts = StepFacts(ground=ground.value, opinion=opinion, immediate=immediate)
        _propose(actor, which, Stage.ENDED, on, reason, facts)


@commands.command("evaluate")
def evaluate(which: Which, *, reason: Reason, on: Day = "") -> None:
    """Propose to record the evaluation of ended measures; a second person decides."""
    with acting() as actor:
        _propose(actor, which, Stage.EVALUATED, on, reason, StepFacts())


@commands.command("decide")
def decide(
    which: Which,
    *,
    refuse: Annotated[bool, typer.Option("--refuse", help="Refuse it, or take it back.")] = False,
) -> None:
    """Take the step that waits as a second person, or refuse it."""
    with acting() as actor:
        held, at = proceeding_here(actor, which), timezone.now()
        waiting = found(step_waiting(actor, held), "step")
        typer.echo(f"step  {waiting.on}  {waiting.stage}  {waiting.reasons}")
        for name, value in waiting.facts.get("given", {}).items():
            typer.echo(f"  {name}  {value}")
        made = (
            refuse_step(waiting, actor=actor, at=at)
            if refuse
            else confirm_step(waiting, actor=actor, at=at)
        )
        typer.echo("refused" if refuse else f"now  {made.stage}")


def _say(held: Counted) -> None:
    if held.count.vote is None:
        typer.echo(still_open(held.count.missing))
    else:
        apart = held.count.by_ballot[Ballot.APART]
        for line in count_in_words(held.count.vote, all_take_part=not apart):
            typer.echo(line)
    figures = held.figures
    typer.echo(f"People of {figures.of_year}: {figures.title} ({figures.status})")


def _propose(  # noqa: PLR0913, PLR0917 - the step as it was typed
    actor: Actor, which: str, to: Stage, on: str, reason: str, facts: StepFacts
) -> None:
    at = timezone.now()
    plan = StepPlan(to, day_of(on, at.date()), reason, facts)
    propose_step(proceeding_here(actor, which), plan, actor=actor, at=at)
    typer.echo(f"proposed  {to}; it waits for a second person")
