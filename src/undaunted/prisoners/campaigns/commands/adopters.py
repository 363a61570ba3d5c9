"""Adopters at the terminal: who adopts, agreed to be named, stops, is taken out."""

from __future__ import annotations

from typing import Annotated

import typer
from django.utils import timezone

from undaunted.prisoners.campaigns.actions import (
    Standing,
    adopt_case,
    agree_to_be_named,
    end_adoption,
    record_adopter,
    withdraw_adopter,
)
from undaunted.prisoners.campaigns.commands.root import (
    Case,
    Day,
    Reference,
    acting,
    adopter_here,
    campaign_here,
    case_here,
    commands,
    day_of,
    found,
)
from undaunted.prisoners.campaigns.queries import adopter_named, adopters_for, desk_cases
from undaunted.prisoners.campaigns.rules import AdopterKind  # noqa: TC001 - typer reads it

__all__: list[str] = []

Who = Annotated[str, typer.Argument(help="Name or id of the adopter.")]


@commands.command("adopt")
def adopt(  # noqa: PLR0913 - who adopts whose case
    reference: Reference,
    case: Case,
    name: Annotated[str, typer.Argument(help="Who adopts it: a name, or the id of one known.")],
    *,
    kind: Annotated[AdopterKind, typer.Option(help="What they are.")],
    country: Annotated[str, typer.Option(help="ISO 3166 code.")],
    office: Annotated[str, typer.Option(help="What they are called.")] = "",
    contact: Annotated[str, typer.Option(help="Stays at the desk.")] = "",
    agreed_on: Annotated[str, typer.Option(help="Day on which they agreed to be named.")] = "",
    agreed_how: Annotated[str, typer.Option(help="How they agreed.")] = "",
    on: Day = "",
) -> None:
    """Record that somebody adopts a case; one who is known by that name is taken."""
    with acting() as actor:
        campaign, at = campaign_here(actor, reference), timezone.now()
        held = case_here(actor, campaign, case)
        who = adopter_named(actor, campaign.holder, name)
        if who is None or who.country != country.upper():
            told = Standing(name, kind, country, office, "", contact)
            who = record_adopter(campaign.holder, told, actor=actor, at=at)
        if agreed_on:
            agree_to_be_named(who, actor=actor, at=at, on=day_of(agreed_on), how=agreed_how)
        adopt_case(held, who, actor=actor, at=at, on=day_of(on))
        typer.echo(f"{name} adopts {case}")


@commands.command("adopters")
def list_adopters(reference: Reference) -> None:
    """List the adopters that the campaign's organisation knows, with ids."""
    with acting() as actor:
        campaign = campaign_here(actor, reference)
        for each in adopters_for(actor).filter(holder=campaign.holder):
            told = "named publicly" if each.approved_at else "at the desk alone"
            typer.echo(f"{each.pk}  {each.country}  {each.name}  {told}")


@commands.command("agreed")
def agreed(
    reference: Reference,
    who: Who,
    *,
    on: Annotated[str, typer.Option("--on", help="Day; without it they take it back.")] = "",
    how: Annotated[str, typer.Option(help="How they agreed.")] = "",
) -> None:
    """Record that an adopter agreed to be named publicly, or without --on that it is over."""
    with acting() as actor:
        held = adopter_here(actor, campaign_here(actor, reference), who)
        day = day_of(on) if on else None
        agree_to_be_named(held, actor=actor, at=timezone.now(), on=day, how=how)
        typer.echo(f"{'agreed' if on else 'took it back'}  {who}")


@commands.command("end-adoption")
def stop_adopting(reference: Reference, case: Case, who: Who) -> None:
    """Record that an adopter no longer stands up for a case."""
    with acting() as actor:
        campaign = campaign_here(actor, reference)
        held, adopter = case_here(actor, campaign, case), adopter_here(actor, campaign, who)
        known = next(each for each in desk_cases(actor, campaign) if each.row.pk == held.pk)
        fits = (each for each in known.adopters if each.adopter_id == adopter.pk)
        end_adoption(found(next(fits, None), who), actor=actor, at=timezone.now())
        typer.echo(f"ended  {who}")


@commands.command("withdraw-adopter")
def take_out(reference: Reference, who: Who) -> None:
    """Take an adopter out everywhere; how to reach them is deleted."""
    with acting() as actor:
        held = adopter_here(actor, campaign_here(actor, reference), who)
        withdraw_adopter(held, actor=actor, at=timezone.now())
        typer.echo(f"taken out  {who}")
