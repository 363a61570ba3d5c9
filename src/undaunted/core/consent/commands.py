"""Commands over the news of consent, and over the ledger of withdrawals outside the database."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING, Annotated
from uuid import UUID  # noqa: TC003 - typer reads the annotations

import typer
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from rich.console import Console

from undaunted.core.access.rules import PUBLIC, AccessError, Forbidden
from undaunted.core.accounts.actions import sign_in_at_terminal
from undaunted.core.accounts.queries import actor_at_terminal
from undaunted.core.consent.actions import (
    ConsentAlreadyEnded,
    accept_loss,
    announce_expiries,
    deliver_news,
    follow_ledger,
    handlers,
    revoke_consent,
)
from undaunted.core.consent.queries import (
    grant_row_for,
    ledger_standing,
    ledger_state,
    news_told,
    pending_of,
    undelivered,
)
from undaunted.core.consent.rules import EXPLAINED, LedgerRefused, LedgerTampered
from undaunted.site.terminal import print_table

if TYPE_CHECKING:
    from undaunted.core.access.rules import Actor
    from undaunted.core.consent.queries import Told

__all__ = ["commands"]

REFUSED = 2

commands = typer.Typer(
    help="What consent has changed, who has dealt with it, and the ledger of withdrawals.",
    no_args_is_help=True,
    add_completion=False,
)
ledger = typer.Typer(help="The ledger of withdrawals outside the database.", no_args_is_help=True)
commands.add_typer(ledger, name="ledger")
_console = Console()
_HEADS = ("Part", "Waiting", "Failed", "Oldest", "Tries", "Problems")


@commands.command()
def waiting() -> None:
    """Show the news that parts of the platform have not dealt with; status 1 if one has failed."""
    found = undelivered(PUBLIC, handlers())
    if not found:
        _console.print("Nothing waits.")
        return
    rows = [
        (one.handler, str(one.waiting), str(one.failed), f"{one.oldest:%Y-%m-%d %H:%M}",
         str(one.tries), ", ".join(one.problems))
        for one in found
    ]  # fmt: skip
    print_table(_HEADS, rows, console=_console)
    if any(one.failed for one in found):
        raise typer.Exit(1)


@commands.command()
def deliver() -> None:
    """Announce what has run out and hand over what waits and is due, as the worker does."""
    at = timezone.now()
    told = announce_expiries(actor=PUBLIC, at=at)
    done = deliver_news(actor=PUBLIC, at=at)
    _console.print(f"{told} agreements ran out, {done} pieces of waiting news were dealt with.")


@commands.command()
def news(
    most: Annotated[int, typer.Option(help="How many pieces, the newest first.", min=1)] = 50,
) -> None:
    """Show each withdrawal, which part has dealt with it and when, and what is outstanding.

    Status 1 where anything is outstanding. It shows what the person behind `--as` may see.
    """
    with transaction.atomic():
        actor = actor_at_terminal()
        if not actor.organisations:
            typer.echo("undaunted: sign in with `undaunted --as USER consent news`", err=True)
            raise typer.Exit(REFUSED)
        found = news_told(actor, handlers(), most=most)
    for each in found:
        _show(each)
    outstanding = sum(bool(each.outstanding) for each in found)
    _console.print(f"{len(found)} withdrawals, {outstanding} with something outstanding.")
    if outstanding:
        raise typer.Exit(1)


@commands.command()
def revoke(which: Annotated[UUID, typer.Argument(help="Id of the agreement.")]) -> None:
    """Take an agreement back at once, with everything that rests on it.

    Status 1 where a part has not followed yet; it is tried again by itself.
    """
    try:
        with transaction.atomic():
            actor = actor_at_terminal()
            held = grant_row_for(actor, which)
            if held is None:
                raise Forbidden("there is no such agreement for you: undaunted --as USER consent …")
            told = revoke_consent(held, actor=actor, at=timezone.now())
            waiting = pending_of(actor, told)
    except (AccessError, ConsentAlreadyEnded) as refusal:
        typer.echo(f"undaunted: {refusal}", err=True)
        raise typer.Exit(REFUSED) from None
    typer.echo("Revoked.")
    if waiting:
        typer.echo(f"Not followed yet: {', '.join(waiting)}.")
        raise typer.Exit(1)


@ledger.command()
def verify() -> None:
    """Compare ledger and database wholly; status 1 where nothing may be served."""
    try:
        found = ledger_standing(PUBLIC)
    except LedgerTampered as problem:
        _console.print(f"[red]The ledger of withdrawals was altered or damaged: {problem}.")
        _console.print(f"It is looked for in {settings.WITHDRAWALS_FOLDER}.", soft_wrap=True)
        raise typer.Exit(1) from None
    if found.standing.refuses:
        _console.print(f"[red]{EXPLAINED[found.standing]}", soft_wrap=True)
        raise typer.Exit(1)
    head, unwritten = ledger_state(PUBLIC)
    _console.print(f"{head.number} withdrawals seen written, head {head.hash}", soft_wrap=True)
    if found.missing or unwritten:
        _console.print(
            f"The database lacks {len(found.missing)}, the ledger {unwritten}: "
            "`undaunted consent ledger apply`"
        )
        raise typer.Exit(1)
    _console.print("[green]Ledger and database agree.")


@ledger.command()
def apply() -> None:
    """Withdraw here what the ledger holds and the database lacks, and write what it lacks."""
    try:
        done = follow_ledger(actor=PUBLIC, at=timezone.now())
    except (LedgerRefused, LedgerTampered) as refusal:
        typer.echo(f"undaunted: {refusal}", err=True)
        raise typer.Exit(REFUSED) from None
    _console.print(f"{done} withdrawals were applied; ledger and database agree.")


@ledger.command("accept-loss")
def accept(
    second: Annotated[str, typer.Option(help="User name of the second person, who is asked too.")],
    why: Annotated[str, typer.Option(help="Why no copy of the ledger can be put back.")],
) -> None:
    """Go on without a ledger that is lost or altered; two stewards or administrators say so.

    What can still be read in it is withdrawn. Whatever was withdrawn since this database was saved
    and stands in no copy is open again: ask those it concerns.
    """
    at = timezone.now()
    try:
        witness = _second_person(second)
        with transaction.atomic():
            done = accept_loss(actor=actor_at_terminal(), second=witness, at=at, why=why)
    except AccessError as refusal:
        typer.echo(f"undaunted: {refusal}", err=True)
        raise typer.Exit(REFUSED) from None
    _console.print(f"A new ledger is begun; {done} withdrawals could be read in the old one.")


def _second_person(name: str) -> Actor:
    passphrase = getpass.getpass(f"Passphrase of {name}: ")
    code = getpass.getpass(f"Code of the second factor of {name}: ")
    with sign_in_at_terminal(name, passphrase, code), transaction.atomic():
        return actor_at_terminal()


def _show(each: Told) -> None:
    _console.print(f"{each.at:%Y-%m-%d %H:%M}  {each.kind}  {each.subject}", soft_wrap=True)
    for name, at, done in each.received:
        counts = ", ".join(f"{key} {value}" for key, value in done.items() if key not in _UNTOLD)
        _console.print(f"    {name}: done {at:%Y-%m-%d %H:%M} ({counts})", soft_wrap=True)
    for name, tries, next_at in each.failed:
        _console.print(f"    {name}: failed {tries} times, again {next_at:%Y-%m-%d %H:%M}")
    for name in each.outstanding:
        _console.print(f"    {name}: [red]outstanding")


_UNTOLD = frozenset({"by", "at"})
"""Who acted and when stand in the news itself."""
