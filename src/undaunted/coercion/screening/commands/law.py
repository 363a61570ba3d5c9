"""Which law applies to a deal and what it asks: over files and packs, without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path  # noqa: TC003 - the command line reads it
from typing import Annotated

import typer

from undaunted.coercion.screening.commands.root import AsJson, commands, refusals, tell
from undaunted.coercion.screening.commands.told import (
    calendar_told,
    list_told,
    owner_told,
    regime_told,
    scope_told,
    show_calendar,
    show_list,
    show_regime,
    show_scope,
)
from undaunted.coercion.screening.readers import read_deal_file, read_stakes
from undaunted.coercion.screening.rules import (
    Happened,
    RegimeUnknown,
    Step,
    calendar_of,
    lists_on,
    out_of_order,
    owners_above,
    regime_named,
    regimes,
    regimes_for,
    scope_of,
)

__all__ = ["calendar", "list_regimes", "list_sectors", "scope"]

Day = Annotated[str | None, typer.Option("--on", help="What holds on this day; else today.")]


@commands.command("scope")
def scope(
    facts: Annotated[Path, typer.Argument(help="Facts of a deal, TOML or JSON.")],
    *,
    regime: Annotated[list[str] | None, typer.Option(help="Else those of the target.")] = None,
    stakes: Annotated[Path | None, typer.Option(help="Stakes above the investor.")] = None,
    as_json: AsJson = False,
) -> None:
    """Tell whether a deal is in scope, who must file, what decided and what is missing."""
    with refusals():
        deal = read_deal_file(facts)
        if stakes is not None:
            held = read_stakes(stakes).questioned().as_of(deal.day)
            found = owners_above(held, deal.investor.name)
            owners = (*deal.investor.owners, *found)
            deal = replace(deal, investor=replace(deal.investor, owners=owners))
        asked = [regime_named(each) for each in regime or ()]
        for state in () if asked else sorted(deal.target.states):
            asked += [each for each in regimes_for(state, deal.day) if each not in asked]
        if not asked:
            raise RegimeUnknown(
                f"target.states: no regime of those is held for {deal.day}; name one by --regime"
            )
        told = [scope_told(scope_of(each, deal)) for each in asked]
    owned = [owner_told(each) for each in deal.investor.owners]
    if as_json:
        tell({"day": deal.day.isoformat(), "owners": owned, "regimes": told})
    else:
        show_scope(told, owned)


@commands.command("regimes")
def list_regimes(*, on: Day = None, as_json: AsJson = False) -> None:
    """List the regimes in force on a day, with sources, clocks and recourse."""
    with refusals():
        day = _day(on)
    told = [regime_told(each) for each in regimes() if each.in_force(day)]
    if as_json:
        tell({"on": day.isoformat(), "regimes": told})
        return
    for each in told:
        show_regime(each)


@commands.command("calendar")
def calendar(
    *,
    regime: Annotated[list[str], typer.Option(help="Several are told beside each other.")],
    step: Annotated[list[str], typer.Option(help="What happened: notified=2027-03-01.")],
    on: Annotated[str | None, typer.Option("--on", help="As it stands on this day.")] = None,
    as_json: AsJson = False,
) -> None:
    """Tell which clocks steps start, stop and end under a regime, and the last day of each."""
    with refusals():
        now = datetime.combine(_day(on), time(), tzinfo=UTC)
        happened = [_happened(each) for each in step]
        asked = [regime_named(each) for each in regime]
        told = [calendar_told(each, calendar_of(each, happened, now=now)) for each in asked]
    warned = out_of_order(happened)
    if as_json:
        tell({"on": now.date().isoformat(), "calendars": told, "out_of_order": list(warned)})
        return
    for each in told:
        show_calendar(each)
    for warning in warned:
        typer.echo(f"undaunted: {warning}", err=True)


@commands.command("sectors")
def list_sectors(*, on: Day = None, as_json: AsJson = False) -> None:
    """List the sectors of every list, in the version of a day, and what was announced."""
    with refusals():
        day = _day(on)
    held = lists_on(day).values()
    told = [list_told(each, day) for versions in held for each in dict.fromkeys(versions)]
    if as_json:
        tell({"on": day.isoformat(), "lists": told})
        return
    for each in told:
        show_list(each)


def _happened(text: str) -> Happened:
    name, _, day = text.partition("=")
    if name not in set(Step):
        raise ValueError(f"--step: {name!r} is no step; there are {', '.join(Step)}")
    try:
        at = datetime.combine(date.fromisoformat(day), time(12), tzinfo=UTC)
    except ValueError:
        raise ValueError(f"--step: {day!r} is no day; write {name}=2027-03-01") from None
    return Happened(Step(name), at)


def _day(text: str | None) -> date:
    if text is None:
        return datetime.now(UTC).date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"--on: {text!r} is no day; write 2028-01-17") from None
