"""Work in a case at the terminal: evidence, findings, dealings, decisions, measures."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path  # noqa: TC003 - the command line reads it
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID  # noqa: TC003 - as above

import typer
from django.utils import timezone

from undaunted.coercion.screening.actions import (
    FactPlan,
    ListLook,
    correct_stake,
    end_mitigation,
    hold_against_lists,
    judge_list_check,
    keep_analysis,
    record_fact,
    record_list_check,
    record_stake,
    take_in,
    withdraw_assessment,
    withdraw_fact,
    withdraw_list_check,
    withdraw_load,
    withdraw_notice,
    withdraw_party,
    withdraw_recourse,
    withdraw_request,
    withdraw_stake,
)
from undaunted.coercion.screening.analysis.owners import Asked
from undaunted.coercion.screening.commands.acting import (
    Reference,
    Why,
    acting,
    case_here,
    day_of,
    row_here,
)
from undaunted.coercion.screening.commands.root import AsJson, commands
from undaunted.coercion.screening.models import (
    Assessment,
    Fact,
    ListCheck,
    Load,
    Mitigation,
    Notice,
    Party,
    Recourse,
    Request,
    Stake,
)
from undaunted.coercion.screening.rules import ScreeningRefused, SourceStatus
from undaunted.coercion.screening.rules.casework import (
    FactKind,
    Judgement,
)
from undaunted.coercion.screening.rules.stakes import Right, StakePlan

if TYPE_CHECKING:
    from collections.abc import Callable

__all__: list[str] = []

WITHDRAWN: dict[str, tuple[type[Any], Callable[..., Any]]] = {
    "party": (Party, withdraw_party),
    "evidence": (Load, withdraw_load),
    "stake": (Stake, withdraw_stake),
    "fact": (Fact, withdraw_fact),
    "list": (ListCheck, withdraw_list_check),
    "factor": (Assessment, withdraw_assessment),
    "request": (Request, withdraw_request),
    "recourse": (Recourse, withdraw_recourse),
    "measure": (Mitigation, end_mitigation),
}
Source = Annotated[str, typer.Option(help="Who says so, and of which day.")]


@commands.command("evidence")
def evidence(
    reference: Reference,
    file: Annotated[Path, typer.Argument(help="A file of stakes.")],
    *,
    source: Source,
    format_name: Annotated[str | None, typer.Option("--format", help="Else by its look.")] = None,
    filed: Annotated[bool, typer.Option("--filed", help="What the deal would create.")] = False,
) -> None:
    """Take a file of stakes in, whole or not at all; what is wrong with its rows is printed."""
    with acting() as actor:
        made = take_in(
            case_here(actor, reference), file.read_bytes(), name=file.name, source=source,
            file_format=format_name, filed=filed, actor=actor, at=timezone.now(),
        )  # fmt: skip
        typer.echo(f"{made.pk}  {made.rows} rows, {made.stakes} stakes")
        for each in made.findings:
            rows = ", ".join(str(row) for row in each["rows"])
            more = f" and {each['more']} more" if each["more"] else ""
            typer.echo(f"row {rows}{more}: {each['says']}; {each['remedy']}")
        for note in made.notes:
            typer.echo(note)


@commands.command("stake")
def stake(  # noqa: PLR0913 - what a stake is
    reference: Reference,
    owner: Annotated[str, typer.Argument(help="Id of the owner.")],
    owned: Annotated[str, typer.Argument(help="Id of the company.")],
    *,
    source: Source,
    share: Annotated[str, typer.Option(help="51 %, 25-50 %, or nothing.")] = "",
    right: Annotated[str, typer.Option(help="Kind of right.")] = "equity",
    since: Annotated[str, typer.Option(help="First day.")] = "",
    until: Annotated[str, typer.Option(help="First day on which it was over.")] = "",
    filed: Annotated[bool, typer.Option("--filed", help="What the deal would create.")] = False,
    corrects: Annotated[UUID | None, typer.Option(help="Stake that it replaces.")] = None,
    why: Why = "",
) -> None:
    """Record a stake by hand, or correct one; both stay on record."""
    with acting() as actor:
        rights = {each.name.lower(): each for each in Right}
        if right not in rights:
            raise ScreeningRefused(f"right: {right!r} is none; write one of {', '.join(rights)}")
        plan = StakePlan(
            owner, owned, source, share, rights[right], filed=filed,
            valid_from=day_of("since", since) if since else None,
            valid_to=day_of("until", until) if until else None,
        )  # fmt: skip
        case, now = case_here(actor, reference), timezone.now()
        if corrects is None:
            made = record_stake(case, plan, actor=actor, at=now)
        else:
            old = row_here(actor, Stake, corrects)
            made = correct_stake(old, plan, why=why, actor=actor, at=now)
        typer.echo(str(made.pk))


@commands.command("withdraw")
def withdraw(
    what: Annotated[str, typer.Argument(help="party, evidence, stake, fact, list, factor, ...")],
    which: Annotated[UUID, typer.Argument(help="Id, as `show` has it.")],
    *,
    why: Why = "",
) -> None:
    """Withdraw a row of a case with a reason; it stays on record. A notice is taken back."""
    with acting() as actor:
        now = timezone.now()
        if what == "notice":
            withdraw_notice(row_here(actor, Notice, which), actor=actor, at=now)
            return
        if what not in WITHDRAWN:
            there = ", ".join([*WITHDRAWN, "notice"])
            raise ScreeningRefused(f"what: {what!r} is none; write one of {there}")
        model, action = WITHDRAWN[what]
        action(row_here(actor, model, which), why=why, actor=actor, at=now)


@commands.command("analyse")
def analyse(
    reference: Reference,
    *,
    as_of: Annotated[str, typer.Option(help="What held on this day; else today.")] = "",
    measure: Annotated[
        str, typer.Option(help="A law's test, or majority; else that of the law that applies.")
    ] = "",
    threshold: Annotated[
        float | None, typer.Option(help="A share of your own, exceeded by what controls.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Tell who controls the target before and after, with proofs, and keep the answer."""
    with acting() as actor:
        day = day_of("as-of", as_of) if as_of else datetime.now(UTC).date()
        asked = Asked(day, threshold, measure=measure)
        made = keep_analysis(case_here(actor, reference), asked, actor=actor, at=timezone.now())
        if as_json:
            typer.echo(json.dumps(made.result, ensure_ascii=False, indent=2))
            return
        typer.echo(f"{made.pk}  {made.digest}")
        by = made.result["measure"]
        law = f"{by['law']}; {by['read']}" if by["law"] else "no law's share"
        typer.echo(f"measured by {by['measure']}: {by['threshold']} of {by['asks']} ({law})")
        for when in ("before", "after"):
            for each in made.result[when]:
                held = f"{each['held'][0]:.4%} to {each['held'][1]:.4%}"
                typer.echo(f"{when}: {each['name']}  {each['answer']}  {held}")
                for sentence in each["proof"]["sentences"]:
                    typer.echo(f"    {sentence}")


@commands.command("fact")
def fact(  # noqa: PLR0913 - what a fact is
    reference: Reference,
    kind: Annotated[FactKind, typer.Argument(help="What it is about.")],
    about: Annotated[str, typer.Argument(help="Id in the stakes, or a name.")],
    text: Annotated[str, typer.Argument(help="What the source says.")],
    *,
    source: Source,
    state: Annotated[str, typer.Option(help="Two letters.")] = "",
    day: Annotated[str, typer.Option(help="Of which day.")] = "",
    status: Annotated[SourceStatus, typer.Option(help="How well it is known.")] = (
        SourceStatus.UNVERIFIED
    ),
) -> None:
    """Record what a source says: state, military, special rights, funding, prior conduct."""
    with acting() as actor:
        on = day_of("day", day) if day else None
        plan = FactPlan(kind, about, text, source, state, on, status)
        made = record_fact(case_here(actor, reference), plan, actor=actor, at=timezone.now())
        typer.echo(str(made.pk))


@commands.command("judge")
def judge(
    check: Annotated[UUID, typer.Argument(help="Id of the look, as `show --json` has it.")],
    judgement: Annotated[Judgement, typer.Argument(help="What you judge.")],
    reason: Annotated[str, typer.Argument(help="Why.")],
) -> None:
    """Judge an entry of a list that came up: the same party, another, or unclear."""
    with acting() as actor:
        held = row_here(actor, ListCheck, check)
        made = judge_list_check(held, judgement, reason, actor=actor, at=timezone.now())
        typer.echo(str(made.pk))


@commands.command("lists")
def hold(reference: Annotated[str, typer.Argument(help="The case.")]) -> None:
    """Hold every party of a case against every list in force; what comes up waits for you."""
    with acting() as actor:
        made = hold_against_lists(case_here(actor, reference), actor=actor, at=timezone.now())
        for row in made:
            said = row.reason if row.judgement == Judgement.NOT_COMPARED else row.entry
            about = f"{row.party.name}  {row.list_name}  {said}"
            typer.echo(f"{row.pk}  {row.judgement:<12} {about}")
        typer.echo(f"{len(made)} looks at lists")


@commands.command("look")
def look(  # noqa: PLR0913 - what a look is
    party: Annotated[UUID, typer.Argument(help="Id of the party.")],
    list_name: Annotated[str, typer.Argument(help="Which list.")],
    judgement: Annotated[Judgement, typer.Argument(help="What you judge.")],
    *,
    day: Annotated[str, typer.Option(help="Day of its version; else today.")] = "",
    entry: Annotated[str, typer.Option(help="Entry that came up.")] = "",
    reason: Annotated[str, typer.Option(help="Why you judge so.")] = "",
) -> None:
    """Record that a party was held against a list by hand."""
    with acting() as actor:
        plan = ListLook(list_name, day_of("day", day), judgement, entry, reason)
        held = row_here(actor, Party, party)
        made = record_list_check(held, plan, actor=actor, at=timezone.now())
        typer.echo(str(made.pk))
