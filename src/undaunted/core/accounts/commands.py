"""Commands over accounts: one's own tokens, the panic lock, rights by two administrators.

Commands of other subjects act here for whoever signed in.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, NoReturn
from uuid import UUID  # noqa: TC003 - typer reads it

import typer
from django.db import transaction
from django.utils import timezone
from rich.console import Console

from undaunted.core.access.actions import signed_in
from undaunted.core.access.rules import AccessError, Forbidden, Role
from undaunted.core.accounts.actions import (
    TokenRefused,
    approve_rights,
    decline_rights,
    make_token,
    panic,
    propose_renewal,
    propose_role,
    withdraw_token,
)
from undaunted.core.accounts.queries import (
    actor_at_terminal,
    members_for,
    organisations_for,
    rights_for,
    tokens_for,
)
from undaunted.core.accounts.rules import RightsRefused
from undaunted.core.vault.rules import VaultError
from undaunted.site.terminal import print_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.core.access.rules import Actor

__all__ = ["REFUSED", "acting_at", "commands", "refusals"]

REFUSED = 2

commands = typer.Typer(
    help="Your own tokens, the panic lock, and rights by two administrators; needs --as.",
    no_args_is_help=True,
    add_completion=False,
)
token = typer.Typer(help="Tokens for programs.", no_args_is_help=True)
commands.add_typer(token, name="token")
rights = typer.Typer(help="Rights that two administrators give.", no_args_is_help=True)
commands.add_typer(rights, name="rights")
_console = Console(highlight=False)
_WAITING = ("proposal", "person", "what", "organisation", "proposed by", "you may not approve")


@contextmanager
def refusals() -> Iterator[None]:
    """Say what stands against a step, and end with status 2."""
    try:
        yield
    except OSError as problem:
        _refuse(f"{problem.filename}: {problem.strerror}" if problem.filename else str(problem))
    except (AccessError, ValueError, VaultError) as refusal:
        _refuse(str(refusal))


@contextmanager
def acting_at(command: str) -> Iterator[Actor]:
    """Act as whoever signed in for a command, in one transaction."""
    with refusals(), transaction.atomic():
        yield signed_in(command)


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
    rows = []
    with transaction.atomic():
        actor = actor_at_terminal()
        if actor.is_public:
            _refuse("sign in with `undaunted --as USER`")
        for each in tokens_for(actor):
            ended = each.expires_at <= timezone.now()
            state = "withdrawn" if each.withdrawn_at else "expired" if ended else "open"
            scopes = " ".join(each.scopes)
            rows.append((str(each.pk), each.label, scopes, f"{each.expires_at:%Y-%m-%d}", state))
    print_table(("number", "for", "scopes", "until", "state"), rows, console=_console)


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


@commands.command("organisations")
def list_organisations() -> None:
    """List your organisations with your roles and the ids that other commands ask for."""
    rows = []
    with _signed_in() as actor:
        for each in organisations_for(actor):
            roles = sorted(role.value for role in Role if each.pk in actor.organisations_as(role))
            rows.append((each.name, " ".join(roles), str(each.pk)))
    print_table(("organisation", "roles", "id"), rows, console=_console)


@commands.command("panic")
def close_everything(
    *,
    lock: Annotated[
        bool, typer.Option("--lock", help="Keep you out until two colleagues agree otherwise.")
    ] = False,
) -> None:
    """Close your keys and end your sessions everywhere, the one at this terminal too."""
    with _signed_in() as actor:
        panic(lock=lock, actor=actor, at=timezone.now())
    _console.print("Your keys are closed and your sessions have ended, everywhere.")
    if lock:
        _console.print("Your account is locked; two colleagues of yours let you in again.")


@rights.command("waiting")
def waiting() -> None:
    """List the proposals that wait, and why you may not approve one."""
    rows = []
    with _signed_in() as actor:
        for each in rights_for(actor):
            what = each.role or "another passphrase"
            person = each.username if each.whose else f"{each.username} (new)"
            refusal, proposer = each.refusal, each.proposer or ""  # type: ignore[attr-defined]
            why = str(RightsRefused(refusal)) if refusal else ""
            rows.append((str(each.pk), person, what, each.organisation.name, proposer, why))
    print_table(_WAITING, rows, console=_console)


@rights.command("propose")
def propose(
    username: Annotated[str, typer.Argument(help="Whose; a name that nobody has is a new person.")],
    organisation: Annotated[str, typer.Argument(help="Name of the organisation.")],
    role: Annotated[Role, typer.Argument(help="The role.")],
) -> None:
    """Propose a role for somebody; another administrator approves it."""
    with _signed_in() as actor:
        administered = actor.organisations_as(Role.ADMINISTRATOR)
        place = organisations_for(actor).filter(pk__in=administered, name=organisation).first()
        if place is None:
            _refuse(f"you administer no organisation {organisation!r}")
        made, part = propose_role(username, place, role, actor=actor, at=timezone.now())
    _tell_first(made, part)


@rights.command("renew")
def renew(username: Annotated[str, typer.Argument(help="Who lost a factor.")]) -> None:
    """Propose another passphrase for somebody; another administrator approves it."""
    with _signed_in() as actor:
        named = (each for each in members_for(actor) if each.username == username)  # type: ignore[attr-defined]
        member = next(named, None)
        if member is None:
            _refuse(f"{username!r} has no role in an organisation that you administer")
        made, part = propose_renewal(member, actor=actor, at=timezone.now())
    _tell_first(made, part)


@rights.command("approve")
def approve(proposal: Annotated[UUID, typer.Argument(help="Number of the proposal.")]) -> None:
    """Approve what another administrator proposed."""
    with _signed_in() as actor:
        found = rights_for(actor).filter(pk=proposal).first()
        if found is None:
            raise RightsRefused("absent")
        part = approve_rights(found, actor=actor, at=timezone.now())
    _console.print("Approved; it is in force now.")
    if part:
        _console.print("Second part of the passphrase, not shown again:")
        _console.print(part, soft_wrap=True)


@rights.command("decline")
def decline(proposal: Annotated[UUID, typer.Argument(help="Number of the proposal.")]) -> None:
    """Decline a proposal, or withdraw your own."""
    with _signed_in() as actor:
        found = rights_for(actor).filter(pk=proposal).first()
        if found is None:
            raise RightsRefused("absent")
        decline_rights(found, actor=actor, at=timezone.now())
    _console.print("The proposal has ended.")


@contextmanager
def _signed_in() -> Iterator[Actor]:
    """Run one transaction as whoever signed in; a refusal becomes a message and an exit status."""
    try:
        with transaction.atomic():
            actor = actor_at_terminal()
            if actor.is_public:
                _refuse("sign in with `undaunted --as USER`")
            yield actor
    except RightsRefused as refusal:
        _refuse(str(refusal))


def _tell_first(made: UUID, part: str) -> None:
    _console.print(f"Proposal {made}; another administrator approves it within 14 days.")
    if part:
        _console.print("First part of the passphrase, not shown again:")
        _console.print(part, soft_wrap=True)


def _refuse(why: str) -> NoReturn:
    typer.echo(f"undaunted: {why}", err=True)
    raise typer.Exit(REFUSED)
