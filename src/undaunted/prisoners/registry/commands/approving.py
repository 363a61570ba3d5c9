"""`changes` and `approve-changes`: what waits before the public, and a second person's yes."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer
from django.utils import timezone

from undaunted.core.access.actions import terminal_token
from undaunted.core.access.rules import Forbidden
from undaunted.core.accounts.actions import acting_with_token
from undaunted.prisoners.registry.actions.publication import (
    PublicationRefused,
    approve_changes,
    approve_import,
)
from undaunted.prisoners.registry.commands.previewing import refuse
from undaunted.prisoners.registry.queries.changes import (
    ACT,
    LEVELS,
    PERSON,
    gates_waiting,
    offers_for,
    waiting_cases,
    whole_digest,
)
from undaunted.prisoners.registry.queries.imports import batch_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.core.access.rules import Actor
    from undaunted.prisoners.registry.queries.changes import Difference

__all__ = ["commands"]

commands = typer.Typer()

_FIELDS = {"act": ACT, "person": PERSON, "level": LEVELS}
OfImport = Annotated[
    UUID | None, typer.Option("--import", help="Only what this import changed, as a whole.")
]


@commands.command("changes")
def changes(
    *,
    batch: OfImport = None,
    most: Annotated[int, typer.Option(min=1, help="Cases shown.")] = 100,
) -> None:
    """Show what was recorded of published cases and waits for a second person."""
    with _refusals_told(), acting_with_token(terminal_token.get()) as actor:
        _import(actor, batch)
        gates = gates_waiting(actor, batch=batch)
        total = gates.count()
        cases = waiting_cases(actor, list(gates[:most]))
        seen = ""
        if batch is not None:
            seen = whole_digest(actor, offers_for(actor, gates.values_list("pk", flat=True)))
    for one in cases:
        own = "  (you made one of these changes: somebody else approves)"
        typer.echo(f"{one.gate.reference}={one.digest}{own if actor.id in one.hands else ''}")
        for each in one.differences:
            before, after = _told(each, each.before), _told(each, each.after)
            typer.echo(f"  {each.kind}: {before} -> {after}")
    if total > len(cases):
        typer.echo(f"… and {total - len(cases):,} more cases.")
    if seen and total:
        typer.echo(f"Approve all: undaunted --as USER registry approve-changes --import {batch} "
                   f"--seen {seen}")  # fmt: skip
    elif total:
        typer.echo("Approve: undaunted --as USER registry approve-changes REFERENCE=DIGEST …")
    else:
        typer.echo("Nothing waits.")


@commands.command("approve-changes")
def approve(
    cases: Annotated[
        list[str] | None,
        typer.Argument(metavar="REFERENCE=DIGEST", help="As `registry changes` shows them."),
    ] = None,
    *,
    batch: OfImport = None,
    seen: Annotated[str, typer.Option(help="What `registry changes --import` says.")] = "",
) -> None:
    """Let changes be shown, as somebody who made none of them: all of these or none."""
    if bool(cases) == (batch is not None) or bool(seen) != (batch is not None):
        raise typer.BadParameter("Name cases as REFERENCE=DIGEST, or --import with --seen.")
    chosen = dict(_pair(one) for one in cases or ())
    with _refusals_told(), acting_with_token(terminal_token.get()) as actor:
        at = timezone.now()
        if batch is not None:
            _import(actor, batch)
            done = approve_import(batch, seen, actor=actor, at=at)
        else:
            done = approve_changes(_gates(actor, chosen), actor=actor, at=at)
    typer.echo(f"{done:,} approved.")


def _pair(text: str) -> tuple[str, str]:
    reference, equals, digest = text.partition("=")
    if not (reference and equals and digest):
        raise typer.BadParameter(f"{text!r} is no REFERENCE=DIGEST.")
    return reference, digest


def _gates(actor: Actor, chosen: dict[str, str]) -> dict[UUID, str]:
    waiting = dict(gates_waiting(actor).filter(reference__in=chosen).values_list("reference", "pk"))
    missing = sorted(chosen.keys() - waiting.keys())
    if missing:
        raise Forbidden(f"nothing waits for you of {', '.join(missing)}")
    return {waiting[reference]: digest for reference, digest in chosen.items()}


def _import(actor: Actor, batch: UUID | None) -> None:
    if batch is not None and batch_for(actor, batch) is None:
        raise Forbidden("there is no such import for you")


def _told(difference: Difference, values: tuple[Any, ...]) -> str:
    """Give one side as JSON, without what is empty."""
    fields = _FIELDS.get(difference.kind)
    if not values:
        return "nothing"
    if fields is None:
        return json.dumps(values, ensure_ascii=False, default=str)
    held = dict(zip(fields, values, strict=True))
    said = {name: value for name, value in held.items() if value not in ("", None, ())}
    return json.dumps(said, ensure_ascii=False, default=str)


@contextmanager
def _refusals_told() -> Iterator[None]:
    try:
        yield
    except Forbidden as error:
        refuse(f"Refused: {error}. Sign in with `undaunted --as USER registry …`.")
    except PublicationRefused as error:
        refuse(f"Refused: {error}. Nothing was approved.")
