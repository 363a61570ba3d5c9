"""`count` and `search`, as the public sees it."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from undaunted.core.access.rules import PUBLIC
from undaunted.core.places.rules import country as find_code
from undaunted.core.standards.rules import packs
from undaunted.prisoners.registry.queries.counting import PeriodReversed, count, flows
from undaunted.prisoners.registry.queries.published import CaseQuery, CursorUnreadable, search
from undaunted.prisoners.registry.queries.releases import releases_by_type
from undaunted.prisoners.registry.rules.counts import (
    DEFAULT_STANDARD,
    BreakdownUnknown,
    breakdowns_of,
)
from undaunted.prisoners.registry.rules.facets import allowed_values
from undaunted.site.instants import read_instant
from undaunted.site.terminal import print_table

if TYPE_CHECKING:
    from datetime import datetime

    from undaunted.prisoners.registry.rules.counts import Breakdown, CountResult, FlowResult

__all__ = ["commands"]

_HEADS = ("Reference", "Name", "Country", "Status", "Tier", "Held now")

commands = typer.Typer()

Country = Annotated[str, typer.Option("--country", help="ISO 3166 code; empty = all countries.")]
AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]


@commands.command("count")
def count_persons(  # noqa: PLR0913 - one option a dimension of the question
    *,
    as_of: Annotated[str, typer.Option(help="Day counted: YYYY-MM-DD.")],
    country: Country = "",
    known_at: Annotated[str, typer.Option(help="As known then: day or ISO time.")] = "",
    standard: Annotated[str, typer.Option(help="Standard of recognition.")] = DEFAULT_STANDARD,
    by: Annotated[
        list[str] | None,
        typer.Option(
            help="Break the number down: role, law, gender, tier, list. Several with commas, or "
            "given again; they stand beside each other, not crossed."
        ),
    ] = None,
    since: Annotated[str, typer.Option(help="Give the flows from this day.")] = "",
    since_known: Annotated[str, typer.Option(help="What was known for the first day.")] = "",
    as_json: AsJson = False,
) -> None:
    """Count published persons held on a day; with --since, what made one number the other."""
    day, known, standard = _day(as_of), _moment(known_at), _standard(standard)
    where = _country(country)
    parts = _breakdowns(by or [])
    found = count(PUBLIC, as_of=day, country=where, known_at=known, standard=standard, by=parts)
    answer = found.as_json()
    moved = None
    if since:
        try:
            moved = flows(
                PUBLIC,
                since=_day(since),
                until=day,
                country=where,
                since_known=_moment(since_known),
                known_at=known,
                standard=standard,
            )
        except PeriodReversed:
            raise typer.BadParameter("The period ends before it begins.") from None
        by_type = releases_by_type(
            PUBLIC,
            since=_day(since),
            until=day,
            country=where,
            known_at=known,
            standard=standard,
        )
        answer["flows"] = moved.as_json() | {"released_by_type": by_type}
    if as_json:
        typer.echo(json.dumps(answer, ensure_ascii=False, indent=2))
        return
    _show(found, moved)


@commands.command("search")
def search_cases(  # noqa: PLR0913 - as above
    name: Annotated[str, typer.Argument(help="Name in any script; may be left out.")] = "",
    *,
    country: Country = "",
    role: Annotated[str, typer.Option()] = "",
    law: Annotated[str, typer.Option()] = "",
    held_on: Annotated[str, typer.Option(help="Surely held on this day.")] = "",
    status: Annotated[str, typer.Option()] = "",
    tier: Annotated[str, typer.Option()] = "",
    cursor: Annotated[str, typer.Option(help="Where the last page ended.")] = "",
    as_json: AsJson = False,
) -> None:
    """Search published cases."""
    query = CaseQuery(
        name=name,
        country=_country(country) or "",
        role=_facet("role", role),
        law=_facet("law", law),
        held_on=_day(held_on) if held_on else None,
        status=_facet("status", status),
        tier=_facet("tier", tier),
    )
    try:
        page = search(PUBLIC, query, cursor=cursor)
    except CursorUnreadable:
        raise typer.BadParameter("This cursor was not given by a search.") from None
    if as_json:
        told: dict[str, Any] = {
            "total": page.total,
            "cases": [
                {"reference": case.reference, "name": case.name, "country": case.country,
                 "status": case.status, "tier": case.tier, "held_now": case.held_now}
                for case in page.cases
            ],
            "facets": {name: dict(values) for name, values in page.facets.items()},
            "next": page.next_cursor,
        }  # fmt: skip
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    rows = [
        (case.reference, case.name, case.country, case.status, case.tier,
         "yes" if case.held_now else "no")
        for case in page.cases
    ]  # fmt: skip
    console = Console()
    print_table(_HEADS, rows, console=console)
    console.print(
        f"{page.total} found", "" if not page.next_cursor else f"--cursor {page.next_cursor}"
    )


def _show(found: CountResult, moved: FlowResult | None) -> None:
    console = Console()
    console.print(f"[bold]{found.persons}[/bold] persons on {found.as_of} ({found.standard})")
    bands = found.bands
    tiers = ", ".join(f"{name} {n}" for name, n in zip("ABCD", bands.tiers, strict=True))
    console.print(f"range {bands.low} to {bands.high}; tiers {tiers}; "
                  f"held, not confirmed for a year: {bands.held_unverified}")  # fmt: skip
    for breakdown, parts in found.breakdowns:
        console.print(f"by {breakdown.value}:")
        for part in parts:
            console.print(f"  {part.value or '(none)'}: {part.persons}", markup=False)
    if moved is not None:
        lines = ("before", "backlog", "corrected", "new", "redetained", "reclassified_in",
                     "released", "died", "reclassified_out", "after")  # fmt: skip
        rows = [(line, str(getattr(moved, line))) for line in lines]
        print_table(("Line", "Persons"), rows, console=console)


def _breakdowns(words: list[str]) -> tuple[Breakdown, ...]:
    try:
        return breakdowns_of(words)
    except BreakdownUnknown as refusal:
        raise typer.BadParameter(str(refusal), param_hint="--by") from None


def _facet(name: str, value: str) -> str:
    """Give `value` back where it is empty or one that the facet may have."""
    allowed = allowed_values(name)
    if value and value not in allowed:
        told = f"{value!r} is not known; choose one of {', '.join(allowed)}."
        raise typer.BadParameter(told, param_hint=f"--{name}")
    return value


def _standard(text: str) -> str:
    known = sorted({each.id for each in packs() if "person" in each.subject_kinds})
    if text not in known:
        raise typer.BadParameter(f"{text!r} is no standard; choose one of {', '.join(known)}.")
    return text


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no day; write YYYY-MM-DD.") from None


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    try:
        return read_instant(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no time; write YYYY-MM-DD or ISO 8601.") from None


def _country(code: str) -> str | None:
    if not code:
        return None
    try:
        return find_code(code.upper()).code
    except LookupError:
        raise typer.BadParameter(f"{code!r} is no country code.") from None
