"""Compacts and episodes at the terminal."""

from __future__ import annotations

import tomllib
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer
from django.utils import timezone

from undaunted.coercion.response.actions import (
    CompactPlan,
    accept_membership,
    begin_compact,
    confirm_invitations,
    confirm_membership,
    hide_member,
    invite_member,
    invoke,
    leave_compact,
    name_team,
    open_kept,
    publish_compact,
    record_episode,
    show_episode,
    withdraw_compact,
)
from undaunted.coercion.response.commands.root import (
    REFUSED,
    Amount,
    Reference,
    acting,
    amount_of,
    commands,
    compact_here,
    found,
    refusals,
)
from undaunted.coercion.response.queries import (
    chaired_by,
    episode_for,
    keeper_of,
    kept_by,
    own_member_of,
    trials_of,
)
from undaunted.coercion.response.readers import read_episode, read_measures, shipped_episodes
from undaunted.coercion.response.rules import (
    BurdenKey,
    DecisionRule,
    ResponseRefused,
    StepKind,
    TriggerNotMet,
    Voting,
)
from undaunted.core.accounts.queries import account_name
from undaunted.core.standards.rules import Finding, Value
from undaunted.core.vault.actions import open_at_terminal
from undaunted.core.vault.rules import VaultError

if TYPE_CHECKING:
    from undaunted.core.access.rules import Actor
    from undaunted.core.vault.rules import OpenKey

__all__: list[str] = []

Holder = Annotated[UUID, typer.Argument(help="Id of your government's organisation.")]


@commands.command("episodes")
def list_episodes() -> None:
    """List the episodes that come with this copy; needs no database."""
    for key, each in shipped_episodes().items():
        typer.echo(f"{key}  {each.coercer} → {each.target}  {each.began}  {each.title}")


@commands.command("episode")
def episode(
    holder: Holder,
    file: Annotated[Path, typer.Argument(help="TOML file.")],
    *,
    measures: Annotated[Path | None, typer.Option(help="CSV file of measures, added.")] = None,
) -> None:
    """Record an episode from a file in the form of the packs, and measures from another."""
    with acting() as actor:
        text = file.read_text(encoding="utf-8")
        read_episode(text, where=file.name)
        told = tomllib.loads(text)
        if measures is not None:
            told["measures"] += read_measures(measures.read_bytes(), where=measures.name)
        made = record_episode(holder, told, actor=actor, at=timezone.now())
        typer.echo(f"recorded  {made.reference}")


@commands.command("check")
def check(file: Annotated[Path, typer.Argument(help="TOML file.")]) -> None:
    """Say everything that is wrong with the file of an episode; needs no database."""
    with refusals():
        told = read_episode(file.read_text(encoding="utf-8"), where=file.name)
        typer.echo(f"good  {told.key}  {len(told.measures)} measures, {len(told.sources)} sources")


@commands.command("show")
def show(reference: Reference, compact: Annotated[str, typer.Argument(help="Compact.")]) -> None:
    """Let the members of a compact read an episode of your government."""
    with acting() as actor:
        held = found(episode_for(actor, reference), reference)
        show_episode(held, compact_here(actor, compact), actor=actor, at=timezone.now())
        typer.echo(f"shown  {reference}  {compact}")


@commands.command("invoke")
def invoke_compact(
    reference: Reference,
    *,
    met: Annotated[list[str] | None, typer.Option(help="CRITERION=REASON, repeated.")] = None,
) -> None:
    """Test an episode against the trigger of its compact, and invoke it where it is met."""
    refused = False
    with acting() as actor:
        held = found(episode_for(actor, reference), reference)
        findings = {}
        for each in met or ():
            name, _, reason = each.partition("=")
            if not reason.strip():
                raise ResponseRefused(f"met: {each!r} gives no reason; write CRITERION=REASON")
            findings[name] = Finding(Value.MET, (reason.strip(),))
        try:
            told = f"invoked  {invoke(held, findings, actor=actor, at=timezone.now()).pk}"
        except TriggerNotMet as refusal:
            refused, told = True, f"undaunted: {refusal}; the test is kept, see `trials`"
    typer.echo(told, err=refused)
    if refused:
        raise typer.Exit(REFUSED)


@commands.command("trials")
def list_trials(reference: Reference) -> None:
    """List the tests of the trigger that your government made on an episode."""
    with acting() as actor:
        for each in trials_of(actor, found(episode_for(actor, reference), reference)):
            who = account_name(actor, each.recorded_by)
            result = "met" if each.met else "not met"
            typer.echo(f"{each.recorded_at:%Y-%m-%d}  {who}  {each.pack}  {result}")
            for name, value in each.findings.items():
                typer.echo(f"  {name}  {value}")


@commands.command("compact")
def compact(  # noqa: PLR0913 - what a compact is
    holder: Holder,
    reference: Reference,
    name: Annotated[str, typer.Argument(help="What it is called.")],
    *,
    voting: Annotated[Voting, typer.Option(help="How members decide.")],
    quorum: Annotated[int, typer.Option(help="Per cent of the members that have voted.")],
    threshold: Annotated[int, typer.Option(help="Per cent of weights; for weighted.")] = 0,
    key: Annotated[BurdenKey, typer.Option(help="By what burden is shared.")] = BurdenKey.GDP,
    currency: Annotated[str, typer.Option(help="Of amounts.")] = "USD",
    weight: Annotated[int, typer.Option(help="Weight of your own vote.")] = 1,
    summary: Annotated[str, typer.Option(help="What it is for.")] = "",
) -> None:
    """Begin a compact, which your government chairs."""
    with acting() as actor:
        rule = DecisionRule(voting, quorum, threshold)
        plan = CompactPlan(reference, name, rule, summary, key, currency, weight=weight)
        made = begin_compact(holder, plan, actor=actor, at=timezone.now())
        typer.echo(f"begun  {made.reference}")


@commands.command("invite")
def invite(
    reference: Reference,
    government: Annotated[UUID, typer.Argument(help="Id of a government's organisation.")],
    *,
    weight: Annotated[int, typer.Option(help="Weight of its vote.")] = 1,
) -> None:
    """Put a government on the roll, as the chair; a second person sends the invitations."""
    with acting() as actor:
        held = compact_here(actor, reference)
        made = invite_member(held, government, actor=actor, at=timezone.now(), weight=weight)
        typer.echo(f"invited  {made.name}")


@commands.command("send")
def send(reference: Reference) -> None:
    """Confirm the invitations that wait, as a second person of the chair."""
    with acting() as actor:
        confirm_invitations(compact_here(actor, reference), actor=actor, at=timezone.now())
        typer.echo(f"sent  {reference}")


@commands.command("accept")
def accept(
    reference: Reference,
    *,
    gdp: Amount = "",
    exposure: Amount = "",
    public: Annotated[bool, typer.Option("--public", help="Name us in public.")] = False,
) -> None:
    """Propose that your government accept a compact; a second person confirms."""
    with acting() as actor:
        member = found(own_member_of(actor, reference), reference)
        accept_membership(
            member, actor=actor, at=timezone.now(), gdp=amount_of(gdp),
            exposure=amount_of(exposure), public=public,
        )  # fmt: skip
        typer.echo(f"proposed to accept  {reference}")


@commands.command("leave")
def leave(reference: Reference) -> None:
    """Propose that your government leave a compact, or decline; a second person confirms."""
    with acting() as actor:
        member = found(own_member_of(actor, reference), reference)
        leave_compact(member, actor=actor, at=timezone.now())
        typer.echo(f"proposed to leave  {reference}")


@commands.command("confirm")
def confirm(reference: Reference, kind: StepKind) -> None:
    """Confirm that your government accepts or leaves, as a second person."""
    with acting() as actor:
        member = found(own_member_of(actor, reference), reference)
        confirm_membership(member, kind, actor=actor, at=timezone.now())
        typer.echo(f"confirmed  {kind}  {reference}")


@commands.command("hide")
def hide(reference: Reference) -> None:
    """Take the name of your government out of what is public of a compact."""
    with acting() as actor:
        member = found(own_member_of(actor, reference), reference)
        hide_member(member, actor=actor, at=timezone.now())
        typer.echo(f"hidden  {reference}")


@commands.command("publish")
def publish(reference: Reference) -> None:
    """Let everybody read a compact, as a second person of its chair."""
    with acting() as actor:
        publish_compact(compact_here(actor, reference), actor=actor, at=timezone.now())
        typer.echo(f"published  {reference}")


@commands.command("withdraw")
def withdraw(reference: Reference) -> None:
    """Hide a compact from everybody but its members."""
    with acting() as actor:
        held = found(chaired_by(actor, reference), reference)
        withdraw_compact(held, actor=actor, at=timezone.now())
        typer.echo(f"withdrawn  {reference}")


@commands.command("team")
def team(
    reference: Reference,
    which: Annotated[UUID, typer.Argument(help="Id; see `undaunted vault team list`.")],
    *,
    give: Annotated[bool, typer.Option("--give", help="What is kept; asks passphrase.")] = False,
) -> None:
    """Name the team that opens what your government keeps in a compact."""
    with acting() as actor:
        member = found(own_member_of(actor, reference), reference)
        key = _key(actor) if give else None
        name_team(member, which, actor=actor, at=timezone.now(), key=key)
        typer.echo(f"named  {which}")


@commands.command("kept")
def kept(
    reference: Reference,
    *,
    unseal: Annotated[bool, typer.Option("--open", help="With your passphrase.")] = False,
) -> None:
    """List what your government keeps in a compact; with --open, what it says."""
    with acting() as actor:
        member = found(keeper_of(actor, reference), reference)
        opened = (
            open_kept(member, key=_key(actor), actor=actor, at=timezone.now()) if unseal else {}
        )
        for each in kept_by(actor, member):
            about = f"  {each.pledge.pk}" if each.pledge else ""
            typer.echo(f"{each.of}  {each.at:%Y-%m-%d}{about}")
            if unseal and each.row.pk not in opened:
                typer.echo(f"  {each.row.pk}: cannot be opened; it is not what was sealed here")
            for name, text in opened.get(each.row.pk, {}).items():
                typer.echo(f"  {name}  {text}")


def _key(actor: Actor) -> OpenKey:
    asked = typer.prompt("Passphrase", hide_input=True)
    try:
        return open_at_terminal(asked, actor=actor, at=timezone.now())
    except VaultError as problem:
        raise ResponseRefused(str(problem)) from problem
