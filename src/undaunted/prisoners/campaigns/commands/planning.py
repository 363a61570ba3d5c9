"""Campaigns at the terminal: begun, changed, cases, modes, the ask, let out."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated
from uuid import UUID  # noqa: TC003 - typer reads the annotations

import typer
from django.db import transaction
from django.utils import timezone

from undaunted.core.access.actions import bind_terminal
from undaunted.core.access.rules import PUBLIC, actor_from
from undaunted.prisoners.campaigns.actions import (
    Plan,
    attach_case,
    begin_campaign,
    change_ask,
    change_campaign,
    let_out,
    remove_case,
    set_mode,
    withdraw_campaign,
)
from undaunted.prisoners.campaigns.commands.root import (
    Case,
    Language,
    Reference,
    acting,
    campaign_here,
    case_here,
    commands,
    day_of,
    found,
    refusals,
)
from undaunted.prisoners.campaigns.queries import (
    campaigns_for,
    desk_cases,
    person_for,
    published_campaigns,
)
from undaunted.prisoners.campaigns.rules import (
    Mode,
    occasion_named,
    occasions,
)
from undaunted.site.terminal import print_table

__all__: list[str] = []


@commands.command("occasions")
def list_occasions() -> None:
    """Show the days that are shipped, with sources and what is doubted; needs no database."""
    for code, each in occasions().items():
        typer.echo(f"{code}\n  {each.sheet.doubt}")
        for source in each.sheet.sources:
            told = (source.publisher, source.title, source.published, source.url)
            typer.echo(f"  - {'. '.join(told)} ({source.status})")


@commands.command("list")
def list_campaigns() -> None:
    """List the public campaigns, or with --as USER those of your organisations."""
    with refusals(), transaction.atomic():
        actor = actor_from(bind_terminal())
        rows = published_campaigns(PUBLIC) if actor.is_public else campaigns_for(actor)
        for each in rows:
            typer.echo(f"{each.day}  {each.reference}  {each.name}")


@commands.command("create")
def create(  # noqa: PLR0913 - what a campaign is
    holder: Annotated[UUID, typer.Argument(help="Id of your organisation.")],
    reference: Reference,
    name: Annotated[str, typer.Argument(help="What it is called.")],
    *,
    occasion: Annotated[str, typer.Option(help="Code of a shipped day.")] = "",
    year: Annotated[int | None, typer.Option(help="Year of the occasion.")] = None,
    on: Annotated[str, typer.Option("--on", help="Day, where there is no occasion.")] = "",
    summary: Annotated[str, typer.Option(help="What everybody can do.")] = "",
    languages: Annotated[
        list[str] | None, typer.Option("--lang", help="Languages of the material.")
    ] = None,
) -> None:
    """Begin a campaign; a second person lets it out."""
    with acting() as actor:
        at = timezone.now()
        day = (
            occasion_named(occasion).in_year(year or at.year) if occasion and not on else day_of(on)
        )
        held = tuple(languages or ["en"])
        plan = Plan(reference, name, day, occasion, summary, held[0], held)
        made = begin_campaign(holder, plan, actor=actor, at=at)
        typer.echo(f"begun  {made.reference}  {made.day}")


@commands.command("change")
def change(
    reference: Reference,
    *,
    name: Annotated[str | None, typer.Option(help="What it is called.")] = None,
    summary: Annotated[str | None, typer.Option(help="What everybody can do.")] = None,
    on: Annotated[str, typer.Option("--on", help="Another day, without an occasion.")] = "",
    languages: Annotated[
        list[str] | None, typer.Option("--lang", help="Languages of the material.")
    ] = None,
) -> None:
    """Change what is told of a campaign; it waits for a second person, its material is old."""
    with acting() as actor:
        held = campaign_here(actor, reference)
        plan = Plan(held.reference, held.name, held.day, held.occasion, held.summary,
                    held.language, tuple(held.languages))  # fmt: skip
        plan = plan if name is None else replace(plan, name=name)
        plan = plan if summary is None else replace(plan, summary=summary)
        plan = replace(plan, day=day_of(on), occasion="") if on else plan
        plan = replace(plan, languages=tuple(languages)) if languages else plan
        change_campaign(held, plan, actor=actor, at=timezone.now())
        typer.echo(f"changed  {reference}")


@commands.command("ask")
def ask(
    reference: Reference,
    case: Case,
    words: Annotated[str, typer.Argument(help="What is asked for, in one sentence.")],
) -> None:
    """Change what is asked for somebody; it waits for a second person, its material is old."""
    with acting() as actor:
        held = case_here(actor, campaign_here(actor, reference), case)
        change_ask(held, words, actor=actor, at=timezone.now())
        typer.echo(f"changed  {case}")


@commands.command("attach")
def attach(
    reference: Reference,
    case: Case,
    ask: Annotated[str, typer.Argument(help="What is asked for, in one sentence.")],
    *,
    mode: Annotated[Mode, typer.Option(help="How it may be shown.")] = Mode.SILENT,
    language: Language = "en",
) -> None:
    """Attach a case; silent unless you hold the consent and say otherwise."""
    with acting() as actor:
        campaign, at = campaign_here(actor, reference), timezone.now()
        subject = found(person_for(actor, case), case)
        made = attach_case(campaign, subject, ask, actor=actor, at=at, language=language)
        if mode is not Mode.SILENT:
            made = set_mode(made, mode, actor=actor, at=at)
        typer.echo(f"attached  {made.pk}  {made.mode}")


@commands.command("mode")
def change_mode(
    reference: Reference, case: Case, mode: Annotated[Mode, typer.Argument(help="The new mode.")]
) -> None:
    """Say how a case may be shown, as whoever holds the consent; destroys its material."""
    with acting() as actor:
        held = case_here(actor, campaign_here(actor, reference), case)
        set_mode(held, mode, actor=actor, at=timezone.now())
        typer.echo(f"{case}  {mode}")


@commands.command("remove")
def remove(reference: Reference, case: Case) -> None:
    """Take a case out at once."""
    with acting() as actor:
        held = case_here(actor, campaign_here(actor, reference), case)
        remove_case(held, actor=actor, at=timezone.now())
        typer.echo(f"taken out  {case}")


@commands.command("cases")
def list_cases(reference: Reference) -> None:
    """List the cases of a campaign with modes and adopters."""
    with acting() as actor:
        rows = []
        for each in desk_cases(actor, campaign_here(actor, reference)):
            names = ", ".join(one.adopter.name for one in each.adopters)
            shown = each.reference or str(each.row.pk)
            rows.append((shown, each.name, each.country, each.row.mode, names))
        print_table(("Case", "Name", "Country", "Mode", "Adopters"), rows)


@commands.command("out")
def out(reference: Reference) -> None:
    """Let out, as a second person, everything of a campaign that waits."""
    with acting() as actor:
        done = let_out(campaign_here(actor, reference), actor=actor, at=timezone.now())
        typer.echo("  ".join(f"{name} {number}" for name, number in done.items() if number))


@commands.command("withdraw")
def withdraw(reference: Reference) -> None:
    """Hide a campaign from everybody at once."""
    with acting() as actor:
        withdraw_campaign(campaign_here(actor, reference), actor=actor, at=timezone.now())
        typer.echo(f"withdrawn  {reference}")
