"""`undaunted sanctions authorities`, `authority`, `test`, `plan`, `model-law`."""

from __future__ import annotations

import json
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from django.utils import timezone

from undaunted.core.access.rules import PUBLIC
from undaunted.core.editions.rules import EditionRefused
from undaunted.core.editions.writers import Paper, write_paper_pdf, write_paper_word
from undaunted.core.standards.rules import PackUnknown, pack
from undaunted.repression.sanctions.analysis import plan_for, stakes_given
from undaunted.repression.sanctions.readers import read_findings
from undaunted.repression.sanctions.rules import (
    RegisterBroken,
    SanctionsRefused,
    authorities,
    authority_for,
    tested_under,
)
from undaunted.repression.sanctions.writers import (
    alone_told,
    authority_told,
    begun_told,
    facet_name,
    kit_paper,
    lacking_told,
    law_told_whole,
    plan_csv,
    plan_document,
    plan_told,
    step_told,
    tested_told,
    told,
)
from undaunted.site.components.dates import date_text
from undaunted.site.terminal import print_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.repression.sanctions.rules import Plan

__all__ = ["commands"]

REFUSED = 2
_HEADS = ("code", "where", "status", "since", "by itself", "test", "how well known")

commands = typer.Typer(help="Laws under which people are listed.", add_completion=False)
AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
On = Annotated[str, typer.Option("--on", help="Law of that day, YYYY-MM-DD; today without.")]
Some = Annotated[list[str] | None, typer.Option("--authority", help="Code of a law; several.")]
Given = Annotated[Path, typer.Argument(exists=True, dir_okay=False)]
Stakes = Annotated[
    Path | None, typer.Option(exists=True, dir_okay=False, help="CSV of stakes; read, not kept.")
]
Out = Annotated[Path | None, typer.Option(dir_okay=False, help=".docx, .pdf, .csv or .json.")]


@commands.command("authorities")
def show_authorities(*, as_json: AsJson = False) -> None:
    """Show the laws under which democracies list people, and states that have none."""
    held = [each for each in authorities().values() if not each.invented]
    if as_json:
        _print_json([authority_told(each) for each in held])
        return
    rows = [
        (each.code, each.jurisdiction, each.status, begun_told(each), alone_told(each), each.pack,
         each.mark)
        for each in held
    ]  # fmt: skip
    print_table(_HEADS, rows)


@commands.command("authority")
def show_authority(
    code: Annotated[str, typer.Argument(help="Code, such as eu-2020-1998.")],
    *,
    on: On = "",
    as_json: AsJson = False,
) -> None:
    """Show one law: what is told of it, and what it asks on a day, fact by fact."""
    with _refusals():
        held = authority_for(code)
        day = _day(on)
    try:
        law = pack(held.pack, day) if held.pack else None
    except PackUnknown:
        law = None
    if as_json:
        _print_json({**authority_told(held), "law": law_told_whole(law) if law else None})
        return
    typer.echo(f"{held.title} ({held.jurisdiction}), {held.status}, {begun_told(held)}")
    for facet in held.told.values():
        answer = f"{facet.answer}. " if facet.answer else ""
        typer.echo(f"{facet_name(facet.kind)}: {answer}{facet.text} [{facet.mark}]")
    for each in law.criteria.values() if law else ():
        text = each.text("en")
        typer.echo(f"  {each.id}: {each.note}. {text.text} [{text.wording}, {text.status}]")
    if law is None:
        typer.echo(held.no_test or f"No version is in force on {day}.")


@commands.command("test")
def show_test(file: Given, *, authority: Some = None, on: On = "", as_json: AsJson = False) -> None:
    """Test findings about facts under each law: met, partial, missing, and what would meet it."""
    with _refusals():
        findings = read_findings(file.read_bytes(), name=file.name)
        laws = [authority_for(code) for code in authority or ()] or [
            each for each in authorities().values() if each.pack
        ]
        results = tested_under(laws, findings, on=_day(on))
    if as_json:
        _print_json([tested_told(each) for each in results])
        return
    for law, test in zip(laws, results, strict=True):
        typer.echo(f"{law.short} [{law.code}]: {test.why or told(test.fit)}")
        for each in test.elements:
            shown = ", ".join(f"{name} ({test.clause(name)})" for name in each.shown)
            typer.echo(f"  {each.title}: {told(each.state)}. {shown} {lacking_told(each)}".rstrip())


@commands.command("plan")
def show_plan(
    state: Annotated[str, typer.Argument(help="Code of a state, or EU.")],
    *,
    on: On = "",
    stakes: Stakes = None,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """Show what a state could adopt, use and enforce; write it as Word, PDF, CSV or JSON."""
    with _refusals():
        given = stakes_given(PUBLIC, stakes.read_bytes(), stakes.name) if stakes else None
        now = timezone.now()
        plan = plan_for(PUBLIC, state, on=_day(on), known_at=now, given=given)
        if out is not None:
            out.write_bytes(_written(plan, out.suffix))
            typer.echo(str(out))
            return
    if as_json:
        _print_json(plan_told(plan))
        return
    for step in plan.steps:
        typer.echo(f"{told(step.task)}: {step_told(step)}")
    typer.echo(plan_csv(plan), nl=False)


@commands.command("model-law")
def write_model_law(
    *, out: Annotated[Path, typer.Option(dir_okay=False, help=".docx or .pdf.")]
) -> None:
    """Write the model law for states that adopt one, with options and commentary."""
    with _refusals():
        day = timezone.now().date()
        out.write_bytes(_paper(kit_paper(day=day), out.suffix, day))
    typer.echo(str(out))


def _written(plan: Plan, ending: str) -> bytes:
    if ending == ".csv":
        return plan_csv(plan).encode()
    if ending == ".json":
        return json.dumps(plan_told(plan), ensure_ascii=False, indent=1).encode()
    known = date_text(plan.known_on)
    document = plan_document(plan, language="en", known_at=known)
    marking = "From public statements and lists; states are not ranked"
    heads = (("As of", date_text(plan.on)), ("Known", known))
    return _paper(Paper(document, "Action plan", marking, heads), ending, plan.known_on)


def _paper(paper: Paper, ending: str, day: date) -> bytes:
    write = {".docx": write_paper_word, ".pdf": write_paper_pdf}.get(ending)
    if write is None:
        raise SanctionsRefused(f"out: {ending or 'no ending'} is none that is written here")
    return write(paper, moment=int(datetime.combine(day, time(), tzinfo=UTC).timestamp()))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text) if text else timezone.now().date()
    except ValueError:
        raise SanctionsRefused(f"on: {text!r} is no day; write it as 2026-11-20") from None


def _print_json(data: object) -> None:
    typer.echo(json.dumps(data, ensure_ascii=False, indent=1))


@contextmanager
def _refusals() -> Iterator[None]:
    """Say what stands against it, one reason a line, and end with status 2."""
    try:
        yield
    except RegisterBroken as refusal:
        for problem in refusal.problems:
            typer.echo(f"undaunted: {refusal.where}: {problem}", err=True)
        raise typer.Exit(REFUSED) from None
    except (SanctionsRefused, EditionRefused, OSError) as refusal:
        typer.echo(f"undaunted: {refusal}", err=True)
        raise typer.Exit(REFUSED) from None
