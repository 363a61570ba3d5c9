"""`undaunted ownership integrated` and `exposure`: shares through all chains, capacity by state."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import typer

from undaunted.engines.ownership import (
    PartyKind,
    exposure,
    integrated,
    over_one_register,
    votes_graph,
    with_filing,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from undaunted.cli.ownership_assets import Capacities
    from undaunted.coercion.screening.readers import Loaded
    from undaunted.engines.ownership import Exposure, Graph, Stakes, Threshold

__all__ = [
    "exposure_told", "filed", "integrated_told", "show_exposure", "show_shares",
]  # fmt: skip

SHOWN = 20
"""So many shares are told; `--json` gives every one."""


def integrated_told(graph: Graph, owners: Sequence[str]) -> dict[str, Any]:
    """Give what owners have of every company through all chains: at least, and at most."""
    parties = graph.parties
    seeds = parties.numbers_of(owners)
    least, most = (
        integrated(graph, [seeds], highest=False), integrated(graph, [seeds], highest=True)
    )  # fmt: skip
    found = zip(least.shares[:, 0].tolist(), most.shares[:, 0].tolist(), parties.ids, strict=True)
    owned = set(parties.named(seeds))
    # What loops leave undetermined stands first.
    ranked = sorted(
        (-math.inf if math.isnan(low) else -low, -high, name)
        for low, high, name in found
        if (math.isnan(low) or high > 0) and name not in owned
    )
    shares = [
        {"company": name, "min": None, "max": None}
        if math.isinf(low)
        else {"company": name, "min": abs(low), "max": abs(high)}
        for low, high, name in ranked
    ]
    return {
        "owners": list(parties.named(seeds)),
        "shares": shares,
        "closed": [list(parties.named(loop)) for loop in least.closed],
        "movement": least.movement,
    }


def filed(stakes: Stakes, deal: Loaded, day: date) -> tuple[dict[str, Stakes], list[str]]:
    """Give the table of a day as it is and as a deal would leave it, with what is to be told."""
    every = deal.questioned()
    held = every.as_of(day)
    notes = []
    if len(every) > len(held):
        notes.append(f"{deal.name}: {len(every) - len(held)} stakes do not hold on {day}, and "
                     "change nothing")  # fmt: skip
    before, change = over_one_register(stakes, held)
    after = with_filing(before, change)
    worse = np.flatnonzero(votes_graph(after).over & ~votes_graph(before).over)
    notes += [f"{name}: after {deal.name} the stakes are more than 100 % together; file what "
              "the sellers keep" for name in before.parties.named(worse[:SHOWN])]  # fmt: skip
    if worse.size > SHOWN:
        notes.append(f"so it is with {worse.size - SHOWN} more companies")
    return {"before": before, "after": after}, notes


def exposure_told(
    graphs: dict[str, Graph], held: Capacities, threshold: Threshold, states: Sequence[str]
) -> dict[str, Any]:
    """Give each state's part of a sector, for every graph: as it is, and after a filing."""
    assets = held.assets
    told: dict[str, Any] = {
        "unit": assets.unit, "total": float(assets.capacity.sum()), "unnamed": held.unnamed
    }  # fmt: skip
    for moment, graph in graphs.items():
        parties = graph.parties
        named = states or parties.named(np.flatnonzero(parties.kinds == PartyKind.STATE))
        found = exposure(
            graph, assets, {each: parties.numbers_of([each]) for each in named}, threshold
        )
        ranked = sorted(found.items(), key=lambda each: (-each[1].must, -each[1].may, each[0]))
        told[moment] = [_state(name, each) for name, each in ranked if states or each.may]
    return told


def show_shares(told: dict[str, Any]) -> None:
    """Print what owners have, the largest shares first."""
    for each in told["shares"][:SHOWN]:
        if each["min"] is None:
            span = "undetermined by loops"
        elif round(each["max"] - each["min"], 9) > 0:
            span = f"{each['min']:.4%} to {each['max']:.4%}"
        else:
            span = f"{each['min']:.4%}"
        typer.echo(f"{each['company']}: {span}")
    if len(told["shares"]) > SHOWN:
        typer.echo(f"and {len(told['shares']) - SHOWN} more; `--json` tells all")
    for loop in told["closed"]:
        typer.echo(f"holds all of itself: {', '.join(loop[:SHOWN])}")


def show_exposure(told: dict[str, Any]) -> None:
    """Print each state's part of a sector."""
    typer.echo(f"{told['sector']}: {told['total']:g} {told['unit']}, as of {told['as_of']}")
    if told["unnamed"]:
        typer.echo(f"of it without a company: {told['unnamed']:g} {told['unit']}")
    for moment in ("before", "after"):
        if moment in told:
            typer.echo(f"{moment}:")
        for each in told.get(moment, ()):
            typer.echo(
                f"  {each['state']}: must {each['must']:g} ({each['must_share']:.1%}), "
                f"may {each['may']:g} ({each['may_share']:.1%})"
            )


def _state(name: str, found: Exposure) -> dict[str, Any]:
    must, may = found.shares
    return {
        "state": name, "must": found.must, "may": found.may, "must_share": must, "may_share": may
    }  # fmt: skip
