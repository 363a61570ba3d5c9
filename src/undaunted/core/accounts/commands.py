"""Commands over one's own account: tokens for programs, made, listed and withdrawn."""

from __future__ import annotations

from typing import Annotated, NoReturn

import typer
from django.db import transaction
from django.utils import timezone
from rich.console import Console
from rich.table import Table

from undaunted.core.access.rules import Forbidden
from undaunted.core.accounts.actions import TokenRefused, make_token, withdraw_token
from undaunted.core.accounts.queries import actor_at_terminal, tokens_for

__all__ = ["commands"]

REFUSED = 2

commands = typer.Typer(
    help="Your own account; needs --as.", no_args_is_help=True, add_completion=False
)
token = typer.Typer(help="Tokens for programs.", no_args_is_help=True)
commands.add_typer(token, name="token")
_console = Console(highlight=False)


@token.command("make")
def make(
    label: Annotated[str, typer.Argument(help="What the token is for.")],
    scope: Annotated[list[str], typer.Option(help="How far it reaches; say it once for each.")],
    days: Annotated[int, typer.Option(help="Days until it ends.")] = 90,
) -> None:
    """Make a token and print it, once; only its digest is stored."""
    try:
        with transaction.atomic():
            made, secret = make_token(
                label, scope, actor=actor_at_terminal(), at=timezone.now(), days=days
            )
    except TokenRefused as refusal:
        _refuse(str(refusal))
    except Forbidden:
        _refuse("sign in with `undaunted --as USER`")
    _console.print(f"Token {made.pk}, until {made.expires_at:%Y-%m-%d}. It is not shown again:")
    _console.print(secret, soft_wrap=True)


@token.command("list")
def show() -> None:
    """List your tokens with their scopes and ends."""
    table = Table("number", "for", "scopes", "until", "state")
    with transaction.atomic():
        actor = actor_at_terminal()
        if actor.is_public:
            _refuse("sign in with `undaunted --as USER`")
        for each in tokens_for(actor):
            ended = each.expires_at <= timezone.now()
            state = "withdrawn" if each.withdrawn_at else "expired" if ended else "open"
            scopes = " ".join(each.scopes)
            table.add_row(str(each.pk), each.label, scopes, f"{each.expires_at:%Y-%m-%d}", state)
    _console.print(table)


@token.command("withdraw")
def withdraw(number: Annotated[int, typer.Argument(help="Number of the token.")]) -> None:
    """End one of your tokens at once."""
    with transaction.atomic():
        actor = actor_at_terminal()
        found = None if actor.is_public else tokens_for(actor).filter(pk=number).first()
        if found is None or found.withdrawn_at:
            _refuse(f"you have no open token {number}")
        withdraw_token(found, actor=actor, at=timezone.now())
    _console.print(f"Token {number} has ended.")


def _refuse(why: str) -> NoReturn:
    typer.echo(f"undaunted: {why}", err=True)
    raise typer.Exit(REFUSED)
