"""What the commands of campaigns share: who acts, what is meant, how they refuse."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer
from django.db import transaction
from django.utils import timezone

from undaunted.core.access.actions import signed_in
from undaunted.core.access.rules import AccessError
from undaunted.core.editions.rules import EditionRefused
from undaunted.prisoners.campaigns.queries import adopter_named, campaign_for, case_named
from undaunted.prisoners.campaigns.rules import CampaignRefused
from undaunted.prisoners.campaigns.rules.materials import MaterialRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.core.access.rules import Actor
    from undaunted.prisoners.campaigns.models import Adopter, Campaign, CampaignCase

__all__ = [
    "Case",
    "Day",
    "Language",
    "Reference",
    "acting",
    "adopter_here",
    "campaign_here",
    "case_here",
    "commands",
    "day_of",
    "found",
    "refusals",
]

REFUSED = 2
Thing = TypeVar("Thing")

commands = typer.Typer(
    help="Campaigns for people who are held.", no_args_is_help=True, add_completion=False
)
Reference = Annotated[str, typer.Argument(help="Short name of the campaign.")]
Case = Annotated[str, typer.Argument(help="Reference, id or full name of the case.")]
Day = Annotated[str, typer.Option("--on", help="Day, YYYY-MM-DD; today without.")]
Language = Annotated[str, typer.Option("--lang", help="Language, such as en or ar.")]


def campaign_here(actor: Actor, reference: str) -> Campaign:
    """Give a campaign of one's own. Raises `CampaignRefused`."""
    return found(campaign_for(actor, reference), reference)


def case_here(actor: Actor, campaign: Campaign, text: str) -> CampaignCase:
    """Give the case of a campaign that a text means. Raises `CampaignRefused`."""
    return found(case_named(actor, campaign, text), text).row


def adopter_here(actor: Actor, campaign: Campaign, text: str) -> Adopter:
    """Give the adopter that a name or an id means. Raises `CampaignRefused`."""
    return found(adopter_named(actor, campaign.holder, text), text)


def found(thing: Thing | None, what: str) -> Thing:
    """Give the thing. Raises `CampaignRefused` where there is none."""
    if thing is None:
        raise CampaignRefused(f"{what}: there is nothing of that name for you")
    return thing


def day_of(text: str) -> date:
    """Give the day that a text means, today without one. Raises `CampaignRefused`."""
    if not text:
        return timezone.now().date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CampaignRefused(f"day: {text!r} is no day; write YYYY-MM-DD") from None


@contextmanager
def refusals() -> Iterator[None]:
    """Say what stands against a step, and end with status 2."""
    try:
        yield
    except (CampaignRefused, MaterialRefused, EditionRefused, AccessError, ValueError) as refusal:
        typer.echo(f"undaunted: {refusal}", err=True)
        raise typer.Exit(REFUSED) from None


@contextmanager
def acting() -> Iterator[Actor]:
    """Act as whoever signed in, in one transaction."""
    with refusals(), transaction.atomic():
        yield signed_in("campaign")
