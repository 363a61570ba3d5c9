"""Proceedings at the terminal: listed, opened, shown, assessed; papers, injury, engagement."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID  # noqa: TC003 - typer reads the annotations

import typer
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from undaunted.coercion.instruments.actions import (
    ProceedingPlan,
    assess_elements,
    correct_proceeding,
    file_request,
    name_team,
    open_papers,
    open_proceeding,
    publish_proceeding,
    record_draft,
    record_engagement,
    withdraw_proceeding,
)
from undaunted.coercion.instruments.analysis import (
    deadlines_written,
    design_with_stakes,
    proceeding_told,
    sheet_of,
)
from undaunted.coercion.instruments.commands.root import (
    COMMON,
    AsOf,
    Day,
    StakesFile,
    State,
    Which,
    acting,
    commands,
    day_of,
    found,
    moment_of,
    proceeding_here,
    stakes_of,
    table_of,
)
from undaunted.coercion.instruments.queries import (
    authorities_of,
    papers_of,
    proceedings_for,
    stage_of,
)
from undaunted.coercion.instruments.readers import (
    check_documents,
    read_design,
    read_request,
)
from undaunted.coercion.instruments.readers.assessments import elements_of
from undaunted.coercion.instruments.rules import (
    InstrumentChannel,
    InstrumentRefused,
    Opening,
    common_words,
)
from undaunted.core.vault.actions import open_at_terminal
from undaunted.core.vault.rules import VaultError

if TYPE_CHECKING:
    from undaunted.coercion.instruments.analysis import Sheet
    from undaunted.coercion.instruments.rules import Design
    from undaunted.core.access.rules import Actor
    from undaunted.core.vault.rules import OpenKey

__all__: list[str] = []

File = Annotated[Path, typer.Argument(help="File in TOML, as the reference describes it.")]
Out = Annotated[Path | None, typer.Option("--out", help="File to write; the screen without.")]

Known = Annotated[str, typer.Option(help="As known at this moment; else now.")]


@commands.command("list")
def list_all() -> None:
    """List the proceedings of your authority with their stages."""
    with acting() as actor:
        for each in proceedings_for(actor):
            typer.echo(f"{each.reference}  {each.third_country}  {stage_of(actor, each)}")


@commands.command("open")
def begin(  # noqa: PLR0913 - what a proceeding says
    reference: Annotated[str, typer.Argument(help="Short name for it.")],
    title: Annotated[str, typer.Argument(help="Title; it may become public.")],
    *,
    third_country: Annotated[str, typer.Option(help="Two letters of the state that coerces.")],
    state: Annotated[list[str], typer.Option(help="Two letters of a state aimed at; repeated.")],
    measure: Annotated[str, typer.Option(help="What it does or threatens.")],
    opening: Annotated[Opening, typer.Option(help="request or own.")] = Opening.OWN,
    team: Annotated[UUID | None, typer.Option(help="Team of the vault that handles it.")] = None,
) -> None:
    """Open a proceeding of your authority."""
    with acting() as actor:
        holder = found(next(iter(sorted(authorities_of(actor))), None), "authority")
        plan = ProceedingPlan(reference, title, third_country, state, measure, opening)
        made = open_proceeding(holder, plan, actor=actor, at=timezone.now(), team=team)
        typer.echo(f"opened  {made.pk}")


@commands.command("show")
def show(
    which: Which,
    *,
    on: Annotated[str, typer.Option("--on", help="As it stood on this day.")] = "",
    as_known: Known = "",
) -> None:
    """Show a proceeding: stage, deadlines, papers, elements, injury, measures."""
    with acting() as actor:
        now, moment = timezone.now(), moment_of(as_known)
        day = day_of(on, now.date()) if on else None
        _show(sheet_of(actor, proceeding_here(actor, which), now, on=day, known_at=moment))


@commands.command("correct")
def correct(
    which: Which,
    *,
    title: Annotated[str, typer.Option(help="Title; it may become public.")] = "",
    measure: Annotated[str, typer.Option(help="What it does or threatens.")] = "",
    unseal: Annotated[
        bool, typer.Option("--open", help="With your passphrase, held against papers.")
    ] = False,
) -> None:
    """Write title or measure of a proceeding anew, before they are public."""
    with acting() as actor:
        held = proceeding_here(actor, which)
        said = (title or held.title, measure or held.measure)
        key = _key(actor) if unseal else None
        correct_proceeding(held, *said, actor=actor, at=timezone.now(), key=key)
        typer.echo("corrected")


@commands.command("team")
def team(which: Which, team: Annotated[UUID, typer.Argument(help="Id of the team.")]) -> None:
    """Name the team that handles a proceeding."""
    with acting() as actor:
        held, at = proceeding_here(actor, which), timezone.now()
        moving = held.team not in {None, team} and papers_of(actor, held).exists()
        name_team(held, team, actor=actor, at=at, key=_key(actor) if moving else None)
        typer.echo("named")


@commands.command("papers")
def papers(
    which: Which,
    *,
    unseal: Annotated[bool, typer.Option("--open", help="With your passphrase.")] = False,
) -> None:
    """List the papers of a proceeding; with --open, what only the handling team reads."""
    with acting() as actor:
        held = proceeding_here(actor, which)
        opened = (
            open_papers(held, key=_key(actor), actor=actor, at=timezone.now()) if unseal else {}
        )
        for each in papers_of(actor, held):
            gone = "  taken back" if each.withdrawn_at else ""
            title = "" if each.withdrawn_at else each.title
            typer.echo(f"{each.pk}  {each.kind}  {each.received_on}  {title}{gone}")
            for line in () if each.withdrawn_at else each.open_version:
                typer.echo(f"  {line['title']}  {line['text']}")
            if unseal and each.pk not in opened:
                typer.echo("  cannot be opened; it is not what was sealed here")
            for name, text in opened.get(each.pk, {}).items():
                typer.echo(f"  confidential {name}  {text}")


@commands.command("file")
def file_facts(
    which: Which,
    facts: Annotated[Path, typer.Argument(help="Facts as .toml, .json or .csv.")],
    *,
    on: Day = "",
    unseal: Annotated[
        bool, typer.Option("--open", help="With your passphrase, held against earlier papers.")
    ] = False,
) -> None:
    """File a request in a proceeding: the whole of it sealed, its summary in the clear."""
    with acting() as actor:
        at = timezone.now()
        told = read_request(facts)
        check_documents(told.request, told.documents)
        held = proceeding_here(actor, which)
        key, day = _key(actor) if unseal else None, day_of(on, at.date())
        made = file_request(held, told.request, day, actor=actor, at=at, key=key)
        typer.echo(f"filed  {made.pk}")
        if common := common_words(told.request):
            typer.echo(COMMON.format(places=", ".join(common)))


@commands.command("assess")
def assess(which: Which, file: File) -> None:
    """Record how far each element of coercion is shown, from a file."""
    with acting() as actor:
        told = elements_of(table_of(file))
        assess_elements(proceeding_here(actor, which), told, actor=actor, at=timezone.now())
        typer.echo("assessed")


@commands.command("draft")
def draft(
    which: Which,
    file: File,
    *,
    stakes: StakesFile = None,
    state: State = None,
    as_of: AsOf = "",
) -> None:
    """Record a draft of response measures and the answers to the tests of law, from a file."""
    with acting() as actor:
        design, ids = read_design(file)
        if given := stakes_of(stakes, state, as_of):
            design = design_with_stakes(design, ids, given)
        record_draft(proceeding_here(actor, which), design, actor=actor, at=timezone.now())
        typer.echo("recorded")


@commands.command("engage")
def engage(  # noqa: PLR0913 - what was said, how, and answered
    which: Which,
    channel: InstrumentChannel,
    body: Annotated[str, typer.Argument(help="Office of the third country.")],
    said: Annotated[str, typer.Argument(help="What was said.")],
    *,
    answer: Annotated[str, typer.Option(help="What it answered.")] = "",
    on: Day = "",
) -> None:
    """Log what was said with the third country."""
    with acting() as actor:
        at = timezone.now()
        held = proceeding_here(actor, which)
        day = day_of(on, at.date())
        record_engagement(held, day, channel, body, said, actor=actor, at=at, answer=answer)
        typer.echo("recorded")


@commands.command("publish")
def publish(
    which: Which,
    *,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Take it off again.")] = False,
    unseal: Annotated[
        bool, typer.Option("--open", help="With your passphrase, held against papers.")
    ] = False,
) -> None:
    """Put a proceeding on the public tracker as a second person, or take it off."""
    with acting() as actor:
        held = proceeding_here(actor, which)
        if withdraw:
            withdraw_proceeding(held, actor=actor, at=timezone.now())
        else:
            key = _key(actor) if unseal else None
            publish_proceeding(held, actor=actor, at=timezone.now(), key=key)
        typer.echo("withdrawn" if withdraw else "published")


@commands.command("ics")
def ics(which: Which, *, out: Out = None) -> None:
    """Write the deadlines of a proceeding as a calendar file, without a name in it."""
    with acting() as actor:
        held, now = proceeding_here(actor, which), timezone.now()
        _write(deadlines_written(actor, held, name="Undaunted", at=now), out)


@commands.command("export")
def export(which: Which, *, out: Out = None, as_known: Known = "") -> None:
    """Write a proceeding as JSON, without anything confidential."""
    with acting() as actor:
        held, moment = proceeding_here(actor, which), moment_of(as_known)
        told = proceeding_told(sheet_of(actor, held, timezone.now(), known_at=moment))
        text = json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
        _write(f"{text}\n".encode(), out)


def _show_measures(design: Design | None) -> None:
    for each in design.measures if design else ():
        typer.echo(f"measure  {each.key}  {each.kind}  {each.effect.best}")
        for one in each.persons:
            typer.echo(f"  {one.name}  {one.shown}")


def _write(content: bytes, out: Path | None) -> None:
    if out is None:
        typer.echo(content.decode(), nl=False)
        return
    out.write_bytes(content)
    typer.echo(f"written  {out}")


def _key(actor: Actor) -> OpenKey:
    asked = typer.prompt("Passphrase", hide_input=True)
    try:
        return open_at_terminal(asked, actor=actor, at=timezone.now())
    except VaultError as problem:
        raise InstrumentRefused(str(problem)) from problem


def _show_waiting(step: dict[str, Any] | None) -> None:
    if step is None:
        return
    typer.echo(f"waits  {step['on']}  {step['stage']}  {step['reasons']}")
    for name, value in step["facts"].get("given", {}).items():
        typer.echo(f"  {name}  {value}")


def _show(sheet: Sheet) -> None:
    told: dict[str, Any] = proceeding_told(sheet)
    states = ", ".join(told["states"])
    typer.echo(f"{told['title']}\n{told['third_country']} towards {states}  {told['stage']}")
    for each in told["clocks"]:
        ends = ", ".join(f"{one['last_day']} ({one['firmness']})" for one in each["limits"])
        typer.echo(f"clock  {each['rule']}  {each['state']}  {ends}  {each['source']['status']}")
    for each in told["steps"]:
        typer.echo(f"step  {each['on']}  {each['stage']}  {each['reasons']}")
    _show_waiting(told["waiting"])
    if told["elements"]:
        typer.echo(f"elements  {told['elements']['pack']}  {told['elements']['result']}")
    if told["injury"]:
        each = told["injury"]
        typer.echo(f"injury  {each['low']}  {each['best']}  {each['high']}  {each['unit']}")
        how = f"typed by {each['typed_by']}" if each["figures"] == "typed" else "read"
        typer.echo(f"  {each['kind']}, {how}  {each['source']}")
        for said in filter(None, (each["explained"], each["gone"])):
            typer.echo(f"  {said}")
    if told["vote"]:
        carried = {True: "carried", False: "not carried", None: "open"}[told["vote"]["carried"]]
        typer.echo(f"vote  {told['vote']['on']}  {carried}")
    _show_measures(sheet.draft)
    if told["judged"]:
        each = told["judged"]
        typer.echo(f"proportionality  {each['verdict']}  {each['reasons'][0]}")
    for each in told["engagements"]:
        typer.echo(f"engagement  {each['day']}  {each['channel']}  {each['body']}  {each['said']}")
    for each in told["papers"]:
        typer.echo(f"paper  {each['kind']}  {each['received_on']}  {each['title']}")
