"""Invocations at the terminal: status, stages, pledges, votes, decisions, deliveries."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID  # noqa: TC003 - typer reads the annotations

import typer
from django.utils import timezone

from undaunted.coercion.response.actions import (
    cast_vote,
    change_pledge,
    confirm_closing,
    confirm_decision,
    confirm_off_ramp,
    confirm_vote,
    declare_decision,
    end_pledge,
    move_stage,
    open_invocation,
    publish_pledge,
    record_delivery,
    record_pledge,
    reopen_vote,
    say,
    take_back_delivery,
    withdraw_pledge,
)
from undaunted.coercion.response.commands.root import (
    Amount,
    Reference,
    Which,
    acting,
    amount_of,
    commands,
    compact_here,
    found,
    invocation_here,
    pledge_here,
)
from undaunted.coercion.response.queries import (
    compacts_for,
    delivery_for,
    invocation_sheet,
    invocations_for,
    off_ramp_for,
    pledge_lines,
    vote_for,
)
from undaunted.coercion.response.rules import (
    Choice,
    OffRampPlan,
    PledgeKind,
    PledgePlan,
    Reach,
    ResponseRefused,
    ResponseStage,
)

if TYPE_CHECKING:
    from undaunted.coercion.response.models import Keepable
    from undaunted.coercion.response.queries import InvocationSheet, PledgeLine

__all__: list[str] = []

Text = Annotated[str, typer.Argument(help="Reasons or evidence.")]
PARTS = 3


@commands.command("status")
def status(
    which: Annotated[UUID | None, typer.Argument(help="Id of an invocation.")] = None,
) -> None:
    """List compacts and invocations, or show one as your government sees it."""
    with acting() as actor:
        if which is not None:
            held = invocation_here(actor, which)
            _show(invocation_sheet(actor, held, timezone.now()))
            return
        for each in compacts_for(actor):
            typer.echo(f"compact  {each.reference}  {each.name}")
            for line in pledge_lines(actor, each, None):
                _show_pledge(line)
        for one in invocations_for(actor):
            typer.echo(f"invocation  {one.pk}  {one.stage}  {one.episode.reference}")


@commands.command("move")
def move(
    which: Which,
    to: Annotated[ResponseStage, typer.Argument(help="Next stage.")],
    *,
    reason: Annotated[str, typer.Option(help="Needed to close.")] = "",
) -> None:
    """Take an invocation to its next stage, or propose to close it."""
    with acting() as actor:
        held = invocation_here(actor, which)
        made = move_stage(held, to, actor=actor, at=timezone.now(), reason=reason)
        typer.echo(f"moved  {to}" if made.stage == to else "proposed to close")


@commands.command("open")
def call_upon(which: Which) -> None:
    """Call upon the members, as a second person of the government that invoked."""
    with acting() as actor:
        open_invocation(invocation_here(actor, which), actor=actor, at=timezone.now())
        typer.echo("opened")


@commands.command("close")
def close(which: Which) -> None:
    """Close an invocation as a colleague proposed, as a second person."""
    with acting() as actor:
        confirm_closing(invocation_here(actor, which), actor=actor, at=timezone.now())
        typer.echo("closed")


@commands.command("say")
def speak(
    which: Which,
    text: Annotated[str, typer.Argument(help="What your government says.")],
    *,
    reach: Annotated[Reach, typer.Option(help="own or members.")] = Reach.MEMBERS,
) -> None:
    """Speak in the stage that is open."""
    with acting() as actor:
        say(invocation_here(actor, which), text, actor=actor, at=timezone.now(), reach=reach)
        typer.echo("said")


@commands.command("pledge")
def pledge(  # noqa: PLR0913 - what a pledge says
    reference: Reference,
    kind: PledgeKind,
    text: Annotated[str, typer.Argument(help="What is done.")],
    *,
    legal_basis: Annotated[str, typer.Option(help="Law that it rests on.")],
    trigger: Annotated[str, typer.Option(help="What brings it into force.")],
    off_ramp: Annotated[str, typer.Option(help="What ends it.")],
    amount: Amount = "",
    reach: Annotated[Reach, typer.Option(help="own, members or public.")] = Reach.MEMBERS,
    note: Annotated[str, typer.Option(help="For your own government alone.")] = "",
    invocation: Annotated[UUID | None, typer.Option(help="Beforehand without.")] = None,
    change: Annotated[UUID | None, typer.Option(help="Id of the pledge to change.")] = None,
    until: Annotated[
        list[str] | None, typer.Option(help="CONDITION|EVIDENCE|CODE of who confirms; repeated.")
    ] = None,
) -> None:
    """Pledge for your government, or with --change tell a pledge anew."""
    with acting() as actor:
        plan = PledgePlan(
            kind, text, legal_basis, trigger, off_ramp, reach, amount_of(amount), note
        )
        at = timezone.now()
        if change is not None:
            made = change_pledge(pledge_here(actor, change), plan, actor=actor, at=at)
        else:
            held = compact_here(actor, reference)
            called = invocation_here(actor, invocation) if invocation else None
            if called is not None and called.compact != held:
                raise ResponseRefused(f"invocation: it is none of {reference}")
            ramps = [_ramp(each) for each in until or ()]
            made = record_pledge(held, plan, actor=actor, at=at, invocation=called, off_ramps=ramps)
        typer.echo(f"pledged  {made.pk}")


@commands.command("take-back")
def take_back(which: Which) -> None:
    """Take a pledge of your government back before it is put to the vote."""
    with acting() as actor:
        withdraw_pledge(pledge_here(actor, which), actor=actor, at=timezone.now())
        typer.echo("taken back")


@commands.command("publish-pledge")
def publish(which: Which) -> None:
    """Let a pledge out to whom it is meant for, as a second person."""
    with acting() as actor:
        publish_pledge(pledge_here(actor, which), actor=actor, at=timezone.now())
        typer.echo("published")


@commands.command("vote")
def vote(which: Which, choice: Choice) -> None:
    """Cast the vote of your government; a second person confirms it."""
    with acting() as actor:
        made = cast_vote(invocation_here(actor, which), choice, actor=actor, at=timezone.now())
        typer.echo(f"cast  {made.pk}")


@commands.command("confirm-vote")
def confirm_own_vote(which: Which) -> None:
    """Confirm the vote of your government, as a second person."""
    with acting() as actor:
        made = confirm_vote(found(vote_for(actor, which), which), actor=actor, at=timezone.now())
        typer.echo(f"confirmed  {made.choice}")


@commands.command("decide")
def decide(
    which: Which,
    *,
    confirm: Annotated[bool, typer.Option("--confirm", help="As a second person.")] = False,
    reopen: Annotated[bool, typer.Option("--reopen", help="Let members vote again.")] = False,
) -> None:
    """Record what the confirmed votes decide, confirm it, or open the vote again."""
    with acting() as actor:
        held, at = invocation_here(actor, which), timezone.now()
        if reopen:
            reopen_vote(held, actor=actor, at=at)
            typer.echo("open again")
            return
        made = (
            confirm_decision(held, actor=actor, at=at)
            if confirm
            else declare_decision(held, actor=actor, at=at)
        )
        typer.echo("adopted" if made.adopted else "not adopted")


@commands.command("deliver")
def deliver(
    which: Which,
    evidence: Text,
    *,
    on: Annotated[str, typer.Option("--on", help="Day, YYYY-MM-DD; today without.")] = "",
    amount: Amount = "",
) -> None:
    """Record what was delivered of a pledge of your government."""
    with acting() as actor:
        at = timezone.now()
        day = date.fromisoformat(on) if on else at.date()
        held = pledge_here(actor, which)
        made = record_delivery(held, day, evidence, actor=actor, at=at, amount=amount_of(amount))
        typer.echo(f"recorded  {made.pk}")


@commands.command("take-back-delivery")
def undeliver(which: Which) -> None:
    """Take back a delivery that was recorded wrongly; it stays on record and is not counted."""
    with acting() as actor:
        held = found(delivery_for(actor, which), which)
        take_back_delivery(held, actor=actor, at=timezone.now())
        typer.echo("taken back")


@commands.command("met")
def met(which: Which, evidence: Text) -> None:
    """Confirm that a condition is met, as the member that was named."""
    with acting() as actor:
        held = found(off_ramp_for(actor, which), which)
        confirm_off_ramp(held, evidence, actor=actor, at=timezone.now())
        typer.echo("confirmed; its measure is to end")


@commands.command("end")
def end(which: Which, reason: Text) -> None:
    """End a measure of your government, with reasons."""
    with acting() as actor:
        end_pledge(pledge_here(actor, which), reason, actor=actor, at=timezone.now())
        typer.echo("ended")


def _ramp(text: str) -> OffRampPlan:
    parts = text.split("|")
    if len(parts) != PARTS:
        raise ResponseRefused(f"until: {text!r} has no three parts; write CONDITION|EVIDENCE|CODE")
    return OffRampPlan(*parts)


def _show(sheet: InvocationSheet) -> None:
    row = sheet.row
    ends = [each.last_day for each in sheet.deadline.limits] if sheet.deadline else []
    until = f"  normally until {ends[0]}" if ends else ""
    typer.echo(f"{row.episode.title}\n{row.stage}{until}")
    for line in sheet.pledges:
        _show_pledge(line)
    for each in sheet.votes:
        confirmed = "confirmed" if each.confirmed_at else "waits"
        typer.echo(f"vote  {each.pk}  {each.member.name}  {each.choice}  {confirmed}")
    told: dict[bool, Any] = {True: "adopted", False: "not adopted"}
    typer.echo(f"as the votes stand  {told[sheet.tally.adopted]}")
    for burden in sheet.burden:
        share = f"{burden.share:.1%}" if burden.share is not None else "not known"
        typer.echo(f"burden  {burden.name}  {share}  {burden.pledged}  {burden.delivered}")
    for statement in sheet.statements:
        said = statement.row
        typer.echo(f"{said.stage}  {said.reach}  {statement.member}  {_text(said, said.text)}")


def _show_pledge(line: PledgeLine) -> None:
    row = line.row
    ended = "  ended" if row.ended_at else "  to end" if line.ending_proposed else ""
    typer.echo(
        f"pledge  {row.pk}  {row.member.name}  {row.kind}  {row.reach}  {row.amount or ''}"
        f"  {_text(row, row.text)}{ended}"
    )
    for each in row.off_ramps.all():
        told = _text(each, each.condition)
        typer.echo(f"  until  {each.pk}  {told}  {'met' if each.met_at else 'open'}")
    for done in row.deliveries.all():
        state = "  taken back" if done.taken_back_at else ""
        typer.echo(f"  delivered  {done.pk}  {done.day}  {done.amount or ''}{state}")
    if line.notes:
        typer.echo(f"  notes  {line.notes} sealed")


def _text(row: Keepable, text: str) -> str:
    return "sealed" if row.kept else text
