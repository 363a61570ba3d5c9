"""`undaunted ownership readings`: what laws, and measures of research, say of one company."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import typer

from undaunted.engines.ownership import (
    STANDARDS,
    WHOLE,
    QuestionMalformed,
    network_power,
    readings,
    shapley_shubik,
    share_in_words,
    upstream,
    votes_graph,
    weakest_link,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from undaunted.engines.ownership import Graph, Reading

__all__ = ["readings_told", "show_readings"]

DRAWN_FROM = 1
"""The index of network power draws orders at random: the same ones each time."""
LABEL = "a measure of research: no law decides by it"


def readings_told(
    graph: Graph, owners: Sequence[str], company: str, measures: Sequence[str]
) -> dict[str, Any]:
    """Give every test, or the measures that are named; those of research say what they are."""
    known = [each.key for each in STANDARDS]
    unknown = [each for each in measures if each not in known and each not in RESEARCH]
    if unknown:
        raise QuestionMalformed(
            f"{unknown[0]} is no measure; measures are {', '.join([*known, *RESEARCH])}"
        )
    stakes = upstream(graph.stakes, company, tuple(owners))
    tests = readings(stakes, owners, company)
    asked = measures or known
    near = votes_graph(stakes)
    return {
        "owners": list(graph.parties.named(graph.parties.numbers_of(owners))),
        "company": company,
        "readings": [_told(each) for each in tests if each.standard.key in asked],
        "research": [
            {"measure": each, "value": RESEARCH[each](near, owners, company), "label": LABEL}
            for each in RESEARCH
            if each in asked
        ],
    }


def show_readings(told: dict[str, Any]) -> None:
    """Print each test with its law, source and whether that was read."""
    typer.echo(f"{', '.join(told['owners'])} and {told['company']}, as of {told['as_of']}")
    for each in told["readings"]:
        held = share_in_words(round(each["min"] * WHOLE), round(each["max"] * WHOLE))
        on = f"; rests on {each['rests_on']}" if each["rests_on"] else ""
        status = "verified" if each["verified"] else "unverified"
        typer.echo(f"{each['measure']}: {each['answer']} ({held}; {each['threshold']}{on})")
        typer.echo(f"  {each['law']} ({status}; {each['source']}, read {each['read']})")
    for each in told["research"]:
        typer.echo(f"{each['measure']}: {each['value']:.4g} ({each['label']})")


def _told(reading: Reading) -> dict[str, Any]:
    standard = reading.standard
    return {
        "measure": standard.key,
        "answer": reading.answer.value,
        "min": reading.lowest / WHOLE,
        "max": reading.highest / WHOLE,
        "threshold": str(standard.threshold),
        "asks": standard.asks,
        "rests_on": reading.rests_on,
        "law": standard.law,
        "source": standard.source,
        "read": standard.on.isoformat(),
        "verified": standard.verified,
    }


def _linked(near: Graph, owners: Sequence[str], company: str) -> float:
    found = weakest_link(near, near.parties.numbers_of(owners))
    return float(near.parties.number_of(company) in found)


def _pivotal(near: Graph, owners: Sequence[str], company: str) -> float:
    index = shapley_shubik(near, near.parties.number_of(company))
    return sum(index.get(int(each), 0.0) for each in near.parties.numbers_of(owners))


def _power(near: Graph, owners: Sequence[str], company: str) -> float:
    draws = np.random.default_rng(DRAWN_FROM)  # noqa: TID251 - handed to the engine
    power = network_power(near, near.parties.numbers_of(owners), draws)
    return float(power[near.parties.number_of(company)])


RESEARCH: dict[str, Callable[[Graph, Sequence[str], str], float]] = {
    "weakest_link": _linked,
    "shapley_shubik": _pivotal,
    "network_power": _power,
}
"""Measures of research by name, each of the owners in the company."""
