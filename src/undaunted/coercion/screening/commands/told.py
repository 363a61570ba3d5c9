"""Answers of screening rules as they are printed and given to programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from undaunted.coercion.screening.rules import Effect, InScope, SourceStatus, words_for

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from undaunted.coercion.screening.rules import (
        Owner,
        Regime,
        Running,
        ScopeResult,
        SectorList,
        Source,
    )

__all__ = [
    "list_told",
    "owner_told",
    "regime_told",
    "scope_told",
    "show_list",
    "show_regime",
    "show_scope",
]


def scope_told(found: ScopeResult) -> dict[str, Any]:
    """Give an answer with every row, those that decided marked."""
    return {
        "regime": found.regime.key,
        "title": found.regime.title,
        "in_scope": found.in_scope.value,
        "filing": found.filing.value,
        "filing_may": found.filing_may.value,
        "verified": found.verified,
        "lists": list(found.lists),
        "missing": [{"field": each, "asks": words_for(each)} for each in found.missing],
        "rows": [
            {
                "id": each.row.id,
                "says": each.row.says,
                "effect": each.row.effect.value,
                "met": each.met.value,
                "decides": each.decides,
                "missing": list(each.missing),
                "asks": [words_for(name) for name in each.missing],
                "source": _source(each.row.source),
            }
            for each in found.rows
        ],
        "caveat": found.regime.caveat,
    }


def owner_told(owner: Owner) -> dict[str, Any]:
    """Give an ultimate owner with the sentences of its proof."""
    return {
        "name": owner.name,
        "state": owner.state,
        "controls": owner.controls.value,
        "is_state": owner.is_state,
        "proof": list(owner.proof),
    }


def regime_told(regime: Regime) -> dict[str, Any]:
    """Give a regime with its rows, clocks and recourse."""
    return {
        "key": regime.key,
        "title": regime.title,
        "kind": regime.kind.value,
        "jurisdiction": regime.jurisdiction,
        "valid_from": regime.valid_from.isoformat(),
        "valid_to": None if regime.valid_to is None else regime.valid_to.isoformat(),
        "cooperation": regime.cooperation,
        "caveat": regime.caveat,
        "source": _source(regime.source),
        "scope": [
            {"id": each.id, "says": each.says, "effect": each.effect.value,
             "source": _source(each.source)}
            for each in regime.scope
        ],
        "phases": [
            {"title": each.title, "clock": each.clock, "stops": each.stops,
             "source": _source(each.source)}
            for each in regime.phases
        ],
        "recourse": [
            {"body": each.body, "within": each.within, "source": _source(each.source)}
            for each in regime.recourse
        ],
    }  # fmt: skip


def calendar_told(regime: Regime, running: Iterable[Running]) -> dict[str, Any]:
    """Give the clocks of a regime, each with its last day and how well its rule is known."""
    return {
        "regime": regime.key,
        "title": regime.title,
        "clocks": [
            {
                "clock": each.clock,
                "started": each.started.date().isoformat(),
                "last_day": None if each.last_day is None else each.last_day.isoformat(),
                "ends": _ends(each),
                "state": None if each.deadline is None else each.deadline.state.value,
                "source": None if each.deadline is None else _source(each.deadline.rule.source),
            }
            for each in running
        ],
    }


def list_told(held: SectorList, day: date) -> dict[str, Any]:
    """Give a list of sectors, and whether it is known to hold on a day."""
    return {
        "list": held.key,
        "version": held.version,
        "title": held.title,
        "in_force": True if held.in_force(day) else None if held.pending(day) else False,
        "source": _source(held.source),
        "items": [
            {"code": each.code, "title": each.title, "within": each.within} for each in held.items
        ],
    }


def show_scope(told: list[dict[str, Any]], owners: list[dict[str, Any]]) -> None:
    """Print the answers, the rows that decided, and what would tell more."""
    for owner in owners:
        typer.echo(f"{owner['name']} ({owner['state'] or '?'}): {owner['controls']} control")
        for sentence in owner["proof"]:
            typer.echo(f"  {sentence}")
    for each in told:
        more = "" if each["filing"] == each["filing_may"] else f", may be {each['filing_may']}"
        typer.echo(f"{each['title']}: in scope {each['in_scope']}, filing {each['filing']}{more}")
        for row in each["rows"]:
            if row["decides"]:
                typer.echo(f"  {row['met']}: {row['says']} [{_cited(row['source'])}]")
        _show_told(each["rows"])
        for lack in each["missing"]:
            typer.echo(f"  missing, {lack['field']}: {lack['asks']}")
        if each["caveat"]:
            typer.echo(f"  {each['caveat']}")


def _show_told(rows: list[dict[str, Any]]) -> None:
    """Print by which rows others are notified, and what would tell whether they are."""
    for row in rows:
        if row["effect"] == Effect.TOLD and row["met"] != InScope.NO:
            typer.echo(f"  others told, {row['met']}: {row['says']} [{_cited(row['source'])}]")
            for name, asks in zip(row["missing"], row["asks"], strict=True):
                typer.echo(f"    missing, {name}: {asks}")


def show_regime(told: dict[str, Any]) -> None:
    """Print a regime."""
    until = f" until {told['valid_to']} (first day no longer)" if told["valid_to"] else ""
    typer.echo(f"{told['key']}: {told['title']}, from {told['valid_from']}{until} "
               f"[{_cited(told['source'])}]")  # fmt: skip
    for each in told["scope"]:
        typer.echo(f"  {each['effect']}: {each['says']} [{_cited(each['source'])}]")
    for each in told["phases"]:
        stops = f", stopped by {each['stops']}" if each["stops"] else ""
        typer.echo(f"  {each['clock']}: {each['title']}{stops} [{_cited(each['source'])}]")
    for each in told["recourse"]:
        within = each["within"] or "no time was read"
        typer.echo(f"  recourse: {each['body']}, {within} [{_cited(each['source'])}]")
    if told["caveat"]:
        typer.echo(f"  {told['caveat']}")


def show_calendar(told: dict[str, Any]) -> None:
    """Print the clocks of a regime."""
    typer.echo(f"{told['title']}:")
    for each in told["clocks"]:
        if each["source"] is None:
            typer.echo(f"  {each['clock']}: has no rule in force on {each['started']}")
        else:
            ends = ", ".join(f"{one['last_day']} ({one['whose']})" for one in each["ends"])
            typer.echo(f"  {each['clock']}: {each['started']} to {ends or each['last_day']}, "
                       f"{each['state']} [{_cited(each['source'])}]")  # fmt: skip
    if not told["clocks"]:
        typer.echo("  none of these steps starts a clock here")


def show_list(told: dict[str, Any]) -> None:
    """Print a list of sectors."""
    force = {True: "in force", False: "not in force", None: "announced, not known to be in force"}
    typer.echo(f"{told['list']}@{told['version']}: {told['title']}, {force[told['in_force']]} "
               f"[{_cited(told['source'])}]")  # fmt: skip
    for each in told["items"]:
        within = f" (within {each['within']})" if each["within"] else ""
        typer.echo(f"  {each['code']}: {each['title']}{within}")


def _ends(running: Running) -> list[dict[str, Any]]:
    """Give the end of each who has one of its own; nothing where there is one for all."""
    limits = running.deadline.limits if running.deadline else ()
    return [
        {"whose": each.limit.whose, "last_day": each.last_day and each.last_day.isoformat()}
        for each in limits
        if each.limit.whose
    ]


def _source(source: Source) -> dict[str, Any]:
    return {
        "law": source.law,
        "article": source.article,
        "status": source.status.value,
        "read_on": source.read_on.isoformat(),
        "read_in": source.read_in,
        "url": source.url,
        "note": source.note,
    }


def _cited(source: dict[str, Any]) -> str:
    known = source["status"]
    word = "" if known in {SourceStatus.VERIFIED, SourceStatus.PROPOSAL} else "unverified, "
    how = "not read" if known == SourceStatus.UNVERIFIED else f"{known} {source['read_on']}"
    return f"{source['law']}, {source['article']}; {word}{how}"
