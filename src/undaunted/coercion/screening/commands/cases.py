"""Cases at the terminal: begun, notified, shown, moved, written of."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path  # noqa: TC003 - the command line reads it
from typing import Annotated
from uuid import UUID  # noqa: TC003 - as above

import typer
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from undaunted.coercion.screening.actions import (
    CasePlan,
    PartyPlan,
    begin_case,
    move_case,
    name_screening_team,
    open_case,
    record_party,
    record_step,
    save_draft,
    submit_filing,
    write_case_letter,
)
from undaunted.coercion.screening.analysis.case_calendar import case_events
from undaunted.coercion.screening.analysis.letters import LetterAsked
from undaunted.coercion.screening.analysis.partners import partner_periods
from undaunted.coercion.screening.analysis.programs import whole_told
from undaunted.coercion.screening.commands.acting import (
    Passphrase,
    Reference,
    acting,
    case_here,
    day_of,
    moment_of,
)
from undaunted.coercion.screening.commands.root import AsJson, commands
from undaunted.coercion.screening.commands.sheets import period_lines, sheet_lines
from undaunted.coercion.screening.queries import (
    case_as_known,
    cases_for,
)
from undaunted.coercion.screening.rules import (
    LetterKind,
    Said,
    ScreeningRefused,
    ScreeningStage,
    Step,
    Version,
)
from undaunted.coercion.screening.rules.casework import PartyRole, ScreeningOrigin
from undaunted.coercion.screening.rules.stakes import PartyKind
from undaunted.core.clocks.writers import ends_words, write_calendar
from undaunted.core.vault.actions import open_at_terminal

__all__: list[str] = []


@commands.command("list")
def list_cases() -> None:
    """List the cases of your authority, the last moved first."""
    with acting() as actor:
        for case in cases_for(actor):
            typer.echo(f"{case.reference}  {case.stage}  {case.jurisdiction}  {case.title}")


@commands.command("show")
def show(
    reference: Reference,
    *,
    as_known: Annotated[str, typer.Option(help="As known at this moment; else now.")] = "",
    as_json: AsJson = False,
) -> None:
    """Show all that a case held, now or as it was known at a moment."""
    with acting() as actor:
        sheet = case_as_known(actor, case_here(actor, reference), moment_of(as_known))
        told = whole_told(actor, sheet)
        lines = [*sheet_lines(sheet), *period_lines(partner_periods(actor, sheet.case, sheet.at))]
    if as_json:
        typer.echo(json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))
    else:
        typer.echo("\n".join(lines))


@commands.command("review")
def review(reference: Reference, *, as_json: AsJson = False) -> None:
    """Show a case as it was known when its last decision was taken, for judicial review."""
    with acting() as actor:
        case = case_here(actor, reference)
        decision = case_as_known(actor, case, timezone.now()).decision
        if decision is None or decision.taken_at is None:
            raise ScreeningRefused("decision: none was taken in this case yet")
        moment = decision.taken_at.isoformat()
    show(reference, as_known=moment, as_json=as_json)


@commands.command("begin")
def begin(
    reference: Reference,
    title: Annotated[str, typer.Argument(help="Holds nothing confidential.")],
    *,
    holder: Annotated[UUID, typer.Option(help="Id of your authority.")],
    jurisdiction: Annotated[str, typer.Option(help="Country that screens.")],
    origin: Annotated[
        ScreeningOrigin, typer.Option(help="How it came before you.")
    ] = ScreeningOrigin.FILED,
) -> None:
    """Begin a case as a draft."""
    with acting() as actor:
        plan = CasePlan(reference, title, jurisdiction, origin)
        made = begin_case(holder, plan, actor=actor, at=timezone.now())
        typer.echo(str(made.pk))


@commands.command("draft")
def draft(
    reference: Reference,
    file: Annotated[Path, typer.Argument(help="TOML: a table a field; text, secret, summary.")],
) -> None:
    """Save a notification as far as it is written."""
    with acting() as actor:
        said = _said(file)
        saved = save_draft(case_here(actor, reference), said, actor=actor, at=timezone.now())
        typer.echo(f"{saved.pk}  open: {', '.join(saved.fields)}")
        typer.echo(f"sealed: {', '.join(saved.sealed_names)}")


@commands.command("file")
def submit(
    reference: Reference,
    *,
    received: Annotated[str, typer.Option(help="Day on which it came; else today.")] = "",
) -> None:
    """Submit the notification that is drafted."""
    with acting() as actor:
        day = day_of("received", received)
        made = submit_filing(
            case_here(actor, reference), received_on=day, actor=actor, at=timezone.now()
        )
        typer.echo(str(made.pk))


@commands.command("team")
def team(
    reference: Reference, which: Annotated[UUID, typer.Argument(help="Id of a team.")]
) -> None:
    """Name the team that opens what is sealed in a case."""
    with acting() as actor:
        name_screening_team(case_here(actor, reference), which, actor=actor, at=timezone.now())


@commands.command("open")
def open_sealed(reference: Reference, *, passphrase: Passphrase) -> None:
    """Print what is sealed in a case, by row; that you opened it is on record."""
    with acting() as actor:
        now = timezone.now()
        key = open_at_terminal(passphrase, actor=actor, at=now)
        opened = open_case(case_here(actor, reference), key=key, actor=actor, at=now)
        told = {str(row): texts for row, texts in opened.items()}
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))


@commands.command("move")
def move(
    reference: Reference,
    to: Annotated[ScreeningStage, typer.Argument(help="Next stage.")],
    *,
    reason: Annotated[str, typer.Option(help="Why, where the step needs it.")] = "",
) -> None:
    """Take a case to its next stage."""
    with acting() as actor:
        case = case_here(actor, reference)
        typer.echo(move_case(case, to, reason=reason, actor=actor, at=timezone.now()).stage)


@commands.command("step")
def step(
    reference: Reference,
    what: Annotated[Step, typer.Argument(help="What happened.")],
    *,
    on: Annotated[str, typer.Option(help="Day; else today.")] = "",
) -> None:
    """Record what happened outside; its clocks start, stop or are met."""
    with acting() as actor:
        case = case_here(actor, reference)
        turned = record_step(case, what, on=day_of("on", on), actor=actor, at=timezone.now())
        for clock in turned:
            typer.echo(f"{clock.rule}  due {ends_words(clock.ends())}")


@commands.command("party")
def party(  # noqa: PLR0913 - what a party is
    reference: Reference,
    role: Annotated[PartyRole, typer.Argument(help="What it does in the investment.")],
    name: Annotated[str, typer.Argument(help="Its name.")],
    *,
    source: Annotated[str, typer.Option(help="Who says so.")],
    identifier: Annotated[str, typer.Option("--id", help="Its id in the stakes.")] = "",
    kind: Annotated[str, typer.Option(help="company, person, state, several, unknown.")] = (
        "company"
    ),
    country: Annotated[str, typer.Option(help="Two letters.")] = "",
) -> None:
    """Record somebody with a part in the investment."""
    with acting() as actor:
        kinds = {each.name.lower(): each for each in PartyKind}
        if kind not in kinds:
            raise ScreeningRefused(f"kind: {kind!r} is none; write one of {', '.join(kinds)}")
        plan = PartyPlan(role, name, source, identifier, kinds[kind], country)
        made = record_party(case_here(actor, reference), plan, actor=actor, at=timezone.now())
        typer.echo(str(made.pk))


@commands.command("letter")
def letter(  # noqa: PLR0913 - its options
    reference: Reference,
    kind: Annotated[LetterKind, typer.Argument(help="Which letter.")],
    out: Annotated[Path, typer.Argument(help="File that ends in .pdf or .docx.")],
    *,
    to: Annotated[str, typer.Option(help="Whom it is addressed to.")] = "",
    about: Annotated[UUID | None, typer.Option(help="Request, notice or decision.")] = None,
    language: Annotated[str, typer.Option(help="Language of the letter.")] = "en",
    says: Annotated[str, typer.Option(help="Its own text.")] = "",
    whole: Annotated[bool, typer.Option("--whole", help="With what is sealed.")] = False,
) -> None:
    """Write a letter without secrets; `--whole` writes the confidential version with your key."""
    passphrase = typer.prompt("Passphrase", hide_input=True) if whole else ""
    with acting() as actor:
        now = timezone.now()
        key = open_at_terminal(passphrase, actor=actor, at=now) if whole else None
        written = write_case_letter(
            case_here(actor, reference),
            LetterAsked(kind, to, language, about, says),
            version=Version.CONFIDENTIAL if whole else Version.OPEN,
            media=out.suffix.lstrip("."),
            key=key,
            actor=actor,
            at=now,
        )
        out.write_bytes(written)


@commands.command("ics")
def ics(reference: Reference, out: Annotated[Path, typer.Argument(help="File to write.")]) -> None:
    """Write the periods of a case as a calendar, without a name in it."""
    with acting() as actor:
        case, now = case_here(actor, reference), timezone.now()
        events = case_events(actor, case, now)
        out.write_bytes(write_calendar("Screening", events, at=now, uid=case.pk))
        typer.echo(f"{len(events)} events")


def _said(file: Path) -> dict[str, Said]:
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
        return {
            code: Said(str(each["text"]), bool(each.get("secret")), str(each.get("summary", "")))
            for code, each in told.items()
        }
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError) as problem:
        raise ScreeningRefused(
            f"{file.name}: {problem}; write a table a field, with text, secret and summary"
        ) from None
