"""Commands of the vault: one's own key, teams, and the ceremony of recovery.

Passphrases and shares are asked for, never taken from the command line, where other users of the
machine and the shell's history would see them.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import click
import typer
from django.db import DatabaseError, transaction
from django.utils import timezone

from undaunted.core.access.actions import signed_in
from undaunted.core.access.rules import AccessError
from undaunted.core.vault.actions import (
    add_member,
    approve_member,
    change_passphrase,
    check_share,
    close_team,
    cover_team,
    found_team,
    give_up_key_pair,
    hold_ceremony,
    make_key_pair,
    open_at_terminal,
    propose_member,
    put_on_duty,
    recover_key_pair,
    rehearse_recovery,
    remove_member,
    rotate_key_pair,
)
from undaunted.core.vault.queries import (
    admissions_waiting,
    colleagues_for,
    key_pair_for,
    recovery_for,
    recovery_of,
    standings_for,
    teams_for,
)
from undaunted.core.vault.rules import AdmissionRefused, NotThatTeam, VaultError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.core.access.rules import Actor

__all__ = ["commands"]

REFUSED = 2
IN_A_ROW = 6

commands = typer.Typer(
    help="Keys, teams, and the recovery of keys.", no_args_is_help=True, add_completion=False
)
key = typer.Typer(help="Your own key pair.", no_args_is_help=True)
team = typer.Typer(help="Who opens which records.", no_args_is_help=True)
ceremony = typer.Typer(help="The recovery of lost keys.", no_args_is_help=True)
commands.add_typer(key, name="key")
commands.add_typer(team, name="team")
commands.add_typer(ceremony, name="ceremony")

Team = Annotated[UUID, typer.Argument(help="Id of the team; see `undaunted vault team list`.")]
User = Annotated[UUID, typer.Argument(help="Id of the person.")]


@key.command("make")
def make() -> None:
    """Make your key pair under a passphrase that is asked for twice."""
    with _acting() as actor:
        make_key_pair(_new_passphrase(), actor=actor, at=timezone.now())
        typer.echo("Your key pair is made. Nobody can open it without the passphrase.")


@key.command("passphrase")
def passphrase() -> None:
    """Put your private key under another passphrase."""
    with _acting() as actor:
        old = _ask("Passphrase")
        change_passphrase(old, _new_passphrase(), actor=actor, at=timezone.now())
        typer.echo("The passphrase is changed.")


@key.command("rotate")
def rotate() -> None:
    """Replace your key pair and seal every record of your teams to the new one."""
    with _acting() as actor:
        at = timezone.now()
        opened = open_at_terminal(_ask("Passphrase"), actor=actor, at=at)
        fresh = rotate_key_pair(_new_passphrase(), key=opened, actor=actor, at=at)
        typer.echo(f"Your key pair is replaced; it is now generation {fresh.generation}.")


@key.command("give-up")
def give_up() -> None:
    """Begin again with a new key pair after the old passphrase is lost for good."""
    with _acting() as actor:
        for each in standings_for(actor):
            others = f"{each.others} others open the same" if each.others else "nobody else does"
            typer.echo(f"{each.team.name}: you open {each.records} records; {others}.")
        typer.confirm("What nobody else opens is lost for ever. Go on?", abort=True)
        made = give_up_key_pair(_new_passphrase(), actor=actor, at=timezone.now())
        typer.echo(f"You have a new key pair, generation {made.generation}, in no team.")


@team.command("list")
def teams() -> None:
    """List the teams you are in or look after."""
    with _acting() as actor:
        for each in teams_for(actor).order_by("name"):
            receives = ", receives from outside" if each.receives else ""
            typer.echo(f"{each.pk}  {each.name} (of {each.holder}{receives})")


@team.command("members")
def members(which: Team) -> None:
    """List who opens what a team holds, with the fingerprint of each key."""
    with _acting() as actor:
        for each in colleagues_for(actor, which):
            if each.since:
                typer.echo(f"{each.person}  {each.name}  {each.fingerprint or 'no key'}")


@team.command("found")
def found(
    holder: Annotated[UUID, typer.Argument(help="Id of the organisation.")],
    name: Annotated[str, typer.Argument(help="Name of the team.")],
    *,
    receives: Annotated[
        bool, typer.Option("--receives", help="People without an account may seal to it.")
    ] = False,
) -> None:
    """Found a team with yourself as its first member."""
    with _acting() as actor:
        made = found_team(holder, name, receives=receives, actor=actor, at=timezone.now())
        typer.echo(f"{made.pk}  {made.name}")


@team.command("propose")
def propose(which: Team, user: User) -> None:
    """Propose somebody for a team; a second person approves it."""
    with _acting() as actor:
        propose_member(which, user, actor=actor, at=timezone.now())
        typer.echo("Proposed. Another steward or a member of the team approves it.")


@team.command("approve")
def approve(which: Team, user: User) -> None:
    """Agree, as a second person, that somebody comes into a team."""
    with _acting() as actor:
        found = admissions_waiting(actor).filter(team=which, person=user).first()
        if found is None:
            raise AdmissionRefused("alone")
        approve_member(found.pk, actor=actor, at=timezone.now())
        typer.echo("Approved. A steward in the team takes them in: undaunted vault team add.")


@team.command("add")
def add(which: Team, user: User) -> None:
    """Take somebody in whom two people agreed on, and seal the team's records to them too."""
    with _acting() as actor:
        at = timezone.now()
        opened = open_at_terminal(_ask("Passphrase"), actor=actor, at=at)
        done = add_member(which, user, key=opened, actor=actor, at=at)
        typer.echo(f"Taken in; {done} record keys are sealed anew.")


@team.command("remove")
def remove(which: Team, user: User) -> None:
    """Let somebody go and seal the team's records to the others only."""
    with _acting() as actor:
        at = timezone.now()
        opened = open_at_terminal(_ask("Passphrase"), actor=actor, at=at)
        done = remove_member(which, user, key=opened, actor=actor, at=at)
        typer.echo(f"Gone; {done} record keys are sealed anew.")


@team.command("duty")
def duty(which: Team) -> None:
    """Give a team a key for emergencies, so that others can put it on duty."""
    with _acting() as actor:
        put_on_duty(which, actor=actor, at=timezone.now())
        typer.echo("Other teams of the organisation can put this team on duty now.")


@team.command("cover")
def cover(
    which: Team,
    duty: Annotated[
        UUID | None, typer.Option(help="Team that may open in an emergency; nobody without it.")
    ] = None,
) -> None:
    """Choose who outside a team may open its records in an emergency, with an alarm."""
    with _acting() as actor:
        at = timezone.now()
        opened = open_at_terminal(_ask("Passphrase"), actor=actor, at=at)
        try:
            done = cover_team(which, duty, key=opened, actor=actor, at=at)
        except DatabaseError:
            told = "--duty: name another team of the same organisation that has an emergency key"
            raise NotThatTeam(told) from None
        typer.echo(f"Chosen; {done} record keys are sealed anew.")


@team.command("close")
def close_sessions(which: Team) -> None:
    """Sign everybody else of a team out and destroy the keys open in their sessions."""
    with _acting() as actor:
        ended = close_team(which, actor=actor, at=timezone.now())
        typer.echo(f"{ended} sessions are ended.")


@ceremony.command("hold")
def hold(
    holders: Annotated[list[str], typer.Argument(help="Organisations, one share each.")],
    threshold: Annotated[int, typer.Option(help="How many of them are needed.")] = 2,
) -> None:
    """Make a recovery key and show each organisation its share, once."""
    with _acting() as actor:
        held = hold_ceremony(holders, threshold, actor=actor, at=timezone.now())
    for name, share in held.shares:
        click.clear()
        typer.echo(f"Share of {name}. {threshold} of {len(holders)} are needed.")
        typer.echo("Write it down by hand; nobody can show it again.\n")
        typer.echo(_in_rows(share))
        click.pause("\nWhen it is written down and compared, press any key.")
    click.clear()
    typer.echo("The ceremony is over. Each person's key is copied when they next open it.")


@ceremony.command("recover")
def recover() -> None:
    """Give yourself a new key pair with the shares of enough organisations."""
    with _acting() as actor:
        recovery = recovery_of(actor) or recovery_for(actor)
        needed = recovery.threshold if recovery else 1
        shares = [_ask(f"Share {number} of {needed}") for number in range(1, needed + 1)]
        fresh = recover_key_pair(shares, _new_passphrase(), actor=actor, at=timezone.now())
        typer.echo(f"Your key is back; it is now generation {fresh.generation}.")
        typer.echo("The shares were seen at this machine: hold a new ceremony soon.")


@ceremony.command("check")
def check() -> None:
    """Compare your own sheet with the recovery in force; no share meets another."""
    with _acting() as actor:
        check_share(_ask("Your share"), actor=actor, at=timezone.now())
        typer.echo("Your sheet is right. Put it back in its safe.")


@ceremony.command("rehearse")
def rehearse() -> None:
    """Put a quorum's shares together to see that they would work; nothing is changed."""
    with _acting() as actor:
        recovery = recovery_for(actor)
        needed = recovery.threshold if recovery else 1
        shares = [_ask(f"Share {number} of {needed}") for number in range(1, needed + 1)]
        rehearse_recovery(shares, actor=actor, at=timezone.now())
        typer.echo("These shares would bring a lost key back. Nothing was changed.")


@ceremony.command("state")
def state() -> None:
    """Say who holds shares, how many are needed, and whether you have a key pair."""
    with _acting() as actor:
        recovery = recovery_for(actor)
        if recovery is None:
            typer.echo("No ceremony was held: a lost passphrase loses what it guards.")
        else:
            typer.echo(f"{recovery.threshold} of: {', '.join(recovery.holders)}")
        pair = key_pair_for(actor)
        own = f"generation {pair.generation}" if pair else "none yet"
        typer.echo(f"Your key pair: {own}.")


@contextmanager
def _acting() -> Iterator[Actor]:
    try:
        with transaction.atomic():
            yield signed_in("vault")
    except (VaultError, AccessError) as refusal:
        typer.echo(f"undaunted: {refusal}", err=True)
        raise typer.Exit(REFUSED) from None


def _ask(what: str) -> str:
    answer: str = typer.prompt(what, hide_input=True)
    return answer


def _new_passphrase() -> str:
    answer: str = typer.prompt("New passphrase", hide_input=True, confirmation_prompt=True)
    return answer


def _in_rows(share: str) -> str:
    words = [f"{number:2} {word:<10}" for number, word in enumerate(share.split(), start=1)]
    rows = (words[at : at + IN_A_ROW] for at in range(0, len(words), IN_A_ROW))
    return "\n".join(" ".join(row).rstrip() for row in rows)
