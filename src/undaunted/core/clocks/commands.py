"""Commands: the rules, a deadline explained, and the board of whoever asks."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer
from django.db import transaction
from django.utils import timezone

from undaunted.core.access.rules import PUBLIC
from undaunted.core.accounts.queries import actor_at_terminal
from undaunted.core.clocks.queries import (
    coming_for,
    kept_until,
    overdue_clocks,
    passed_clocks,
    standing_clocks,
    upcoming_clocks,
    what_if,
)
from undaunted.core.clocks.readers import QuestionUnreadable, read_question
from undaunted.core.clocks.rules import EventsRefused, rules
from undaunted.core.clocks.writers import (
    as_json,
    end_words,
    ends_words,
    period_words,
    rule_title,
    sentences,
    start_words,
    state_words,
    status_words,
    subject_code,
    whose_words,
)
from undaunted.site.terminal import print_table

if TYPE_CHECKING:
    from undaunted.core.clocks.rules import Deadline

__all__ = ["commands"]

commands = typer.Typer(
    help="Deadlines of law and of service.", no_args_is_help=True, add_completion=False
)
AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
REFUSED = 2


@commands.command("rules")
def list_rules() -> None:
    """List every rule: what starts it, how long it runs, how well it is known."""
    rows = []
    for rule in rules():
        runs = " / ".join(
            f"{period_words(each.period)}{' (normally)' if each.firmness == 'soft' else ''}"
            for each in rule.limits
        )
        force = f"{rule.valid_from} to {rule.valid_to or 'now'}"
        known = status_words(rule.source.status)
        rows.append((rule.id, rule_title(rule), start_words(rule.starts), runs, known, force))
    print_table(("Rule", "What is due", "Starts when", "Runs", "Known", "In force"), rows)


@commands.command("due")
def reckon(  # noqa: PLR0913 - one option a part of the question
    rule: Annotated[str, typer.Argument(help="A rule, such as ccf-access.")],
    *,
    start: Annotated[str, typer.Option(help="Day or moment of the event: 2026-10-31.")],
    country: Annotated[str, typer.Option(help="Country whose holidays count, such as BE.")] = "",
    zone: Annotated[str, typer.Option(help="Time zone, such as Europe/Paris.")] = "",
    stop: Annotated[
        list[str] | None, typer.Option(help="The clock stood still: FROM..UNTIL; may repeat.")
    ] = None,
    extension: Annotated[
        list[str] | None, typer.Option(help="Extended by: 1 month; may repeat.")
    ] = None,
    as_json_text: AsJson = False,
) -> None:
    """Say when a deadline ends, step by step; nothing is stored."""
    try:
        question = read_question(
            rule, start, country=country, zone=zone, stops=stop or (), extensions=extension or ()
        )
        deadline = what_if(PUBLIC, question, timezone.now())
    except (QuestionUnreadable, EventsRefused) as refusal:
        typer.echo(f"undaunted: {refusal}", err=True)
        raise typer.Exit(REFUSED) from None
    if as_json_text:
        typer.echo(json.dumps(as_json(deadline), ensure_ascii=False, indent=2))
        return
    _show(deadline)


@commands.command("board")
def show_board(
    *, days: Annotated[int, typer.Option(help="How far to look ahead.", min=1, max=3650)] = 30
) -> None:
    """Show what is overdue, past its normal time, standing, and coming; needs --as USER."""
    now = timezone.now()
    with transaction.atomic():
        actor = actor_at_terminal()
        if actor.is_public:
            typer.echo("undaunted: the board is somebody's; use undaunted --as USER", err=True)
            raise typer.Exit(REFUSED)
        groups = {
            "Overdue": overdue_clocks(actor, now),
            "Past the normal time": passed_clocks(actor, now),
            "Standing still": standing_clocks(actor),
            f"Within {days} days": upcoming_clocks(actor, now, days),
        }
        rows = []
        for title, clocks in groups.items():
            for clock in clocks:
                ends = ends_words(clock.ends())
                code = subject_code(clock.subject_id)
                rows.append((title, rule_title(clock.held_rule), code, ends, str(clock.pk)))
        rows += (
            (f"Within {days} days", each.title, each.code, each.ends, each.address)
            for each in coming_for(actor, now, days)
        )
    print_table(("State", "Deadline", "Case", "Ends", "Clock"), rows)


@commands.command("keeping")
def show_keeping(
    *, days: Annotated[int, typer.Option(help="How far to look ahead.", min=0, max=36500)] = 365
) -> None:
    """Show what will be erased within so many days, and what two people hold; needs --as USER."""
    with transaction.atomic():
        actor = actor_at_terminal()
        if actor.is_public:
            typer.echo("undaunted: what is kept is somebody's; use undaunted --as USER", err=True)
            raise typer.Exit(REFUSED)
        rows = []
        for clock in kept_until(actor, timezone.now() + timedelta(days=days)):
            held = clock.held_since.date().isoformat() if clock.held_since else ""
            ends = end_words(clock.held_rule, clock.due_at, clock.zone)
            code = subject_code(clock.subject_id)
            rows.append((rule_title(clock.held_rule), code, ends, held, str(clock.pk)))
    print_table(("What", "Case", "Erased", "Held since", "Clock"), rows)


def _show(deadline: Deadline) -> None:
    source = deadline.rule.source
    typer.echo(f"{rule_title(deadline.rule)}: {state_words(deadline.state)}")
    typer.echo(f"{source.law}, {source.article}. {status_words(source.status)}, {source.read_on}.")
    for limit in deadline.limits:
        normally = "normally " if limit.limit.firmness == "soft" else ""
        end = limit.last_day or limit.ends_at
        whose = f" ({whose_words(limit.limit)})" if limit.limit.whose else ""
        typer.echo(f"\n{normally}{period_words(limit.limit.period)}{whose}: {end.isoformat()}")
        for number, said in enumerate(sentences(limit, deadline.rule, deadline.zone), start=1):
            typer.echo(f"  {number}. {said}")
    if source.note:
        typer.echo(f"\n{source.note}")
