"""`undaunted screening assets`: the register of critical assets at the terminal."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar
from uuid import UUID

import typer
from django.utils import timezone

from undaunted.coercion.screening.actions import (
    decide_unfiled,
    import_assets,
    import_holdings,
    record_asset,
    record_holding,
    review_alert,
    screen_again,
    withdraw_asset,
    withdraw_holding,
)
from undaunted.coercion.screening.analysis.register import (
    register_exposure,
    register_exposure_with,
)
from undaunted.coercion.screening.analysis.register_told import (
    alert_told,
    entry_told,
    exposure_csv,
    exposure_told,
    holding_told,
    import_told,
    unfiled_told,
)
from undaunted.coercion.screening.commands.acting import acting
from undaunted.coercion.screening.queries import (
    alert_for,
    alerts_for,
    asset_entries_for,
    asset_for,
    asset_history,
    cleared_touched,
    holding_for,
    holdings_for,
    unfiled_for,
    unfiled_here,
)
from undaunted.coercion.screening.readers import asset_of, stake_of
from undaunted.coercion.screening.rules import Confidence, ReviewOutcome, UnfiledStatus

if TYPE_CHECKING:
    from undaunted.coercion.screening.rules import RowProblem

__all__ = ["commands"]

SHOWN = 40
Thing = TypeVar("Thing")

commands = typer.Typer(
    help="Critical assets, who controls them, and what changed.",
    no_args_is_help=True,
    add_completion=False,
)
Holder = Annotated[UUID, typer.Argument(help="Id of your organisation.")]
Which = Annotated[UUID, typer.Argument(help="Id, as the lists show it.")]
AsJson = Annotated[bool, typer.Option("--json", help="For programs.")]
MappingFile = Annotated[Path | None, typer.Option("--mapping", help="TOML: which column is what.")]
Reason = Annotated[str, typer.Option(help="Why.")]
Share = Annotated[str, typer.Option(help="0.51, 51 % or 25-50 %; empty where none is stated.")]
Source = Annotated[str, typer.Option(help="Where this is known from.")]


@commands.command("import")
def bring(  # noqa: PLR0913 - a file, and how it is read
    holder: Holder,
    file: Annotated[Path, typer.Argument(help="Assets, or with --stakes owners and shares.")],
    *,
    stakes: Annotated[bool, typer.Option("--stakes", help="A file of stakes.")] = False,
    mapping: MappingFile = None,
    format_name: Annotated[str, typer.Option("--format", help="Of stakes; else by its look.")] = "",
    confidence: Annotated[Confidence, typer.Option(help="How sure stakes are.")] = Confidence.C,
    whole: Annotated[
        bool, typer.Option("--whole", help="What its sources tell no longer has ended.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Take a file into the register; the same file twice changes nothing."""
    with acting() as actor:
        text = mapping.read_text(encoding="utf-8") if mapping else ""
        at, content = timezone.now(), file.read_bytes()
        if stakes:
            made = import_holdings(
                holder, file.name, content, actor=actor, at=at, mapping=text,
                format_name=format_name, confidence=confidence, whole=whole,
            )  # fmt: skip
        else:
            made = import_assets(holder, file.name, content, actor=actor, at=at, mapping=text)
        told = import_told(made)
    if as_json:
        _print(told)
        return
    typer.echo(
        f"{told['rows']} rows: {told['added']} added, {told['replaced']} replaced, "
        f"{told['unchanged']} unchanged"
    )
    _lines(told["findings"])


@commands.command("list")
def list_assets(*, country: str = "", sector: str = "", as_json: AsJson = False) -> None:
    """List the assets of your registers."""
    with acting() as actor:
        rows = asset_entries_for(actor)
        rows = rows.filter(country=country.upper()) if country else rows
        rows = rows.filter(sector=sector) if sector else rows
        told = [entry_told(each) for each in rows]
    if as_json:
        _print(told)
    else:
        _lines(f"{each['id']}  {each['country']}  {each['sector']}  {each['reference']}  "
               f"{each['name']}" for each in told)  # fmt: skip


@commands.command("show")
def show(asset: Which) -> None:
    """Give all that was ever said of an asset, its owners and its alerts; as JSON."""
    with acting() as actor:
        held = _found(asset_for(actor, asset), asset)
        stakes = holdings_for(actor, held.holder).filter(owned=held.reference)
        _print(
            {
                "said": [entry_told(each) for each in asset_history(actor, held)],
                "holdings": [holding_told(each) for each in stakes],
                "alerts": [alert_told(each) for each in alerts_for(actor).filter(asset=held)],
            }
        )


@commands.command("record")
def record(  # noqa: PLR0913 - what an asset is
    holder: Holder,
    reference: str,
    *,
    name: Annotated[str, typer.Option()],
    country: Annotated[str, typer.Option()],
    sector: Annotated[str, typer.Option()],
    source: Source,
    taxonomy: str = "",
    capacity: str = "",
    unit: str = "",
    valid_from: str = "",
    valid_to: str = "",
    confidence: str = "C",
) -> None:
    """Record what an asset is, in place of what was said before."""
    words = {
        "reference": reference, "name": name, "country": country, "sector": sector,
        "source": source, "taxonomy": taxonomy, "capacity": capacity, "unit": unit,
        "valid_from": valid_from, "valid_to": valid_to, "confidence": confidence,
    }  # fmt: skip
    with acting() as actor:
        row = _read(asset_of(0, words, ""))
        made = record_asset(holder, row, actor=actor, at=timezone.now())
        typer.echo(str(made.asset_id))


@commands.command("stake")
def stake(  # noqa: PLR0913 - what a stake is
    holder: Holder,
    owner: str,
    owned: str,
    *,
    source: Source,
    share: Share = "",
    right: str = "equity",
    owner_name: str = "",
    owner_kind: str = "unknown",
    owned_name: str = "",
    valid_from: str = "",
    valid_to: str = "",
    confidence: str = "C",
    instead_of: Annotated[UUID | None, typer.Option(help="Id of the stake it corrects.")] = None,
) -> None:
    """Record a stake in a company or an asset."""
    words = {
        "owner": owner, "owned": owned, "source": source, "share": share, "right": right,
        "owner_name": owner_name, "owner_kind": owner_kind, "owned_name": owned_name,
        "valid_from": valid_from, "valid_to": valid_to, "confidence": confidence,
    }  # fmt: skip
    with acting() as actor:
        row = _read(stake_of(0, words))
        earlier = instead_of and _found(holding_for(actor, instead_of), instead_of)
        made = record_holding(
            holder, row, actor=actor, at=timezone.now(), instead_of=earlier or None
        )
        typer.echo(str(made.pk))


@commands.command("withdraw")
def withdraw(which: Which, *, reason: Reason) -> None:
    """Let an asset or a stake count no longer; it stays as what was known before."""
    with acting() as actor:
        asset, at = asset_for(actor, which), timezone.now()
        if asset is not None:
            withdraw_asset(asset, reason, actor=actor, at=at)
        else:
            withdraw_holding(_found(holding_for(actor, which), which), reason, actor=actor, at=at)


@commands.command("watch")
def watch(
    holder: Holder,
    *,
    waiting: Annotated[bool, typer.Option("--waiting", help="Unreviewed alerts alone.")] = False,
    as_json: AsJson = False,
) -> None:
    """Screen a register again, and list its alerts."""
    with acting() as actor:
        screen_again(holder, actor=actor, at=timezone.now())
        rows = alerts_for(actor, waiting=waiting).filter(holder=holder)
        told = [
            alert_told(each)
            | {"cleared": [case.reference for case in cleared_touched(actor, each)]}
            for each in rows
        ]
    if as_json:
        _print(told)
    else:
        _lines(f"{each['id']}  {each['day']}  {each['state']}  {each['before']} > {each['after']}  "
               f"{each['asset']}" for each in told)  # fmt: skip


@commands.command("review")
def review(alert: Which, outcome: ReviewOutcome, *, reason: Reason) -> None:
    """Decide about an alert."""
    with acting() as actor:
        held = _found(alert_for(actor, alert), alert)
        review_alert(held, outcome, reason, actor=actor, at=timezone.now())


@commands.command("unfiled")
def unfiled(*, as_json: AsJson = False) -> None:
    """List deals that were seen and not filed, the soonest to lapse first."""
    with acting() as actor:
        told = [unfiled_told(each) for each in unfiled_for(actor)]
    if as_json:
        _print(told)
    else:
        _lines(f"{each['id']}  {each['status']} until {each['last_day'] or 'no day held'}  "
               f"{each['owner']} in {each['target']}, {each['day']}" for each in told)  # fmt: skip


@commands.command("decide")
def decide(
    deal: Which,
    status: UnfiledStatus,
    *,
    reason: Reason,
    case: Annotated[str, typer.Option(help="Short name of the case to open.")] = "",
    jurisdiction: Annotated[str, typer.Option(help="Whose law the case is under.")] = "",
) -> None:
    """Open a case about a deal that nobody filed, close it, or go on considering it."""
    with acting() as actor:
        held = _found(unfiled_here(actor, deal), deal)
        decide_unfiled(
            held, status, reason, actor=actor, at=timezone.now(), case=case,
            jurisdiction=jurisdiction,
        )  # fmt: skip


@commands.command("exposure")
def exposure(  # noqa: PLR0913 - two days, or a filing
    holder: Holder,
    *,
    before: Annotated[str, typer.Option(help="A day; else today.")] = "",
    day: Annotated[str, typer.Option(help="Compared with this one; else today.")] = "",
    as_known: Annotated[bool, typer.Option("--as-known", help="By what each day knew.")] = False,
    filing: Annotated[Path | None, typer.Option(help="Stakes that a filing would create.")] = None,
    mapping: MappingFile = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="A table.")] = False,
) -> None:
    """Tell what of each sector every foreign state must and may control; as JSON or CSV."""
    today = timezone.localdate()
    with acting() as actor:
        if filing is not None:
            text = mapping.read_text(encoding="utf-8") if mapping else ""
            rows = register_exposure_with(
                actor, holder, today, name=filing.name, content=filing.read_bytes(), mapping=text
            )
        else:
            days = [date.fromisoformat(each) if each else today for each in (before, day)]
            rows = register_exposure(actor, holder, *days, as_known=as_known)
    if as_csv:
        typer.echo(exposure_csv(rows), nl=False)
    else:
        _print(exposure_told(rows))


def _found(thing: Thing | None, which: UUID) -> Thing:
    if thing is None:
        raise ValueError(f"{which}: there is no such thing for you")
    return thing


def _read(read: tuple[Thing | None, list[RowProblem]]) -> Thing:
    row, problems = read
    if row is None:
        first = problems[0]
        raise ValueError(f"--{first.field.replace('_', '-')}: {first.rule}; {first.remedy}")
    return row


def _lines(lines: Any) -> None:  # noqa: ANN401 - any that can be run through
    told = list(lines)
    for each in told[:SHOWN]:
        typer.echo(each)
    if len(told) > SHOWN:
        typer.echo(f"and {len(told) - SHOWN} more; --json gives every one")


def _print(told: object) -> None:
    typer.echo(json.dumps(told, ensure_ascii=False, allow_nan=False, indent=2))
