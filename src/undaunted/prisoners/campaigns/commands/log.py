"""The log at the terminal: raises, replies, sheets, numbers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated
from uuid import UUID  # noqa: TC003 - typer reads the annotations

import typer
from django.db import transaction
from django.utils import timezone

from undaunted.core.access.actions import bind_terminal
from undaunted.core.access.rules import PUBLIC, actor_from
from undaunted.core.editions.writers import write_files
from undaunted.prisoners.campaigns.actions import (
    Raising,
    check_rows,
    import_raises,
    record_raise,
    record_step,
    withdraw_raise,
)
from undaunted.prisoners.campaigns.analysis import desk_sheet, figures_of, public_sheet
from undaunted.prisoners.campaigns.commands.root import (
    Day,
    Language,
    Reference,
    acting,
    adopter_here,
    campaign_here,
    case_here,
    commands,
    day_of,
    found,
    refusals,
)
from undaunted.prisoners.campaigns.queries import (
    desk_lines,
    public_lines,
    published_campaign,
    raise_for,
    raises_of,
)
from undaunted.prisoners.campaigns.readers import read_columns, read_raises
from undaunted.prisoners.campaigns.rules import (  # noqa: TC001 - typer reads the annotations
    Channel,
    Level,
    Reply,
)
from undaunted.prisoners.campaigns.writers import known_told, problem_told

__all__: list[str] = []

REFUSED = 2


@commands.command("raise")
def log_raise(  # noqa: PLR0913 - what was raised, how, with whom and by whom
    reference: Reference,
    *,
    channel: Annotated[Channel, typer.Option(help="By which way.")],
    level: Annotated[Level, typer.Option(help="How high.")],
    counterpart: Annotated[str, typer.Option("--with", help="With whom.")],
    counterpart_country: Annotated[str, typer.Option("--with-country", help="Their country.")],
    by: Annotated[str, typer.Option(help="By whom.")],
    by_country: Annotated[str, typer.Option(help="Their country.")],
    case: Annotated[str, typer.Option(help="Case; the campaign as a whole without.")] = "",
    place: Annotated[str, typer.Option(help="Where.")] = "",
    adopter: Annotated[str, typer.Option(help="Name or id of the adopter who raised it.")] = "",
    on: Day = "",
) -> None:
    """Log that a case, or the campaign as a whole, was raised."""
    with acting() as actor:
        campaign = campaign_here(actor, reference)
        raising = Raising(day_of(on), channel, level, counterpart, counterpart_country, by,
                          by_country, place)  # fmt: skip
        held = case_here(actor, campaign, case) if case else None
        who = adopter_here(actor, campaign, adopter) if adopter else None
        made = record_raise(
            campaign, raising, actor=actor, at=timezone.now(), case=held, adopter=who
        )
        typer.echo(f"logged  {made.pk}")


@commands.command("reply")
def log_reply(
    raised: Annotated[UUID, typer.Argument(help="Id of the raise, from `campaign log`.")],
    reply: Annotated[Reply | None, typer.Option(help="What came back.")] = None,
    text: Annotated[str, typer.Option(help="What was done to follow up.")] = "",
    on: Day = "",
) -> None:
    """Log a reply on the ladder, a follow-up, or both."""
    with acting() as actor:
        held = found(raise_for(actor, raised), str(raised))
        record_step(held, actor=actor, at=timezone.now(), on=day_of(on), reply=reply, text=text)
        typer.echo(f"logged  {reply or 'follow-up'}")


@commands.command("log")
def show_log(reference: Reference) -> None:
    """List the log with ids, newest first."""
    with acting() as actor:
        for each in raises_of(actor, campaign_here(actor, reference)):
            adopter = each.adopter.name if each.adopter else ""
            told = (each.pk, each.day, each.channel, each.level, each.counterpart, each.by, adopter)
            typer.echo("  ".join(map(str, told)))


@commands.command("mistaken")
def withdraw_entry(
    raised: Annotated[UUID, typer.Argument(help="Id of the raise, from `campaign log`.")],
) -> None:
    """Take an entry out of the log that was wrong; it is counted nowhere."""
    with acting() as actor:
        held = found(raise_for(actor, raised), str(raised))
        withdraw_raise(held, actor=actor, at=timezone.now())
        typer.echo(f"taken out  {raised}")


@commands.command("import")
def bring_in(
    reference: Reference,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV, XLSX or ODS.")],
    *,
    mapping: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="TOML with [columns].")
    ] = None,
    dry: Annotated[bool, typer.Option("--preview", help="Look, and change nothing.")] = False,
) -> None:
    """Take a sheet of raises in, all rows or none; with --preview only look at it."""
    with acting() as actor:
        campaign, at = campaign_here(actor, reference), timezone.now()
        columns = read_columns(mapping.read_text("utf-8")) if mapping else None
        read = read_raises(file, columns)
        check = check_rows(campaign, read.rows, actor=actor, at=at)
        for field, heading in read.columns.items():
            typer.echo(f"  {field:<20} {heading}")
        for known in check.known:
            typer.echo(f"{file.name}: {known_told(known)}")
        wrong = sorted([*read.problems, *check.problems], key=lambda each: each.line)
        for each in wrong:
            typer.echo(f"{file.name}: {problem_told(each)}", err=True)
        typer.echo(f"{len(read.rows)} rows can be read, {len(wrong)} problems")
        if wrong:
            raise typer.Exit(REFUSED)
        if not dry:
            done = import_raises(campaign, read.rows, actor=actor, at=at)
            typer.echo(f"taken in  {done.made}, already taken in  {len(done.known)}")


@commands.command("coverage")
def coverage(
    reference: Reference,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> None:
    """Count who raised and with what reply, and say whether attempts increased.

    Without --as it counts what is public, and no raise in private.
    """
    with refusals(), transaction.atomic():
        actor = actor_from(bind_terminal())
        if actor.is_public:
            lines = public_lines(PUBLIC, found(published_campaign(PUBLIC, reference), reference).pk)
        else:
            lines = desk_lines(actor, campaign_here(actor, reference))
        counted = figures_of(lines, until=timezone.now().date())
    told = {
        "raises": counted.raises,
        "by_country": counted.by_country,
        "by_reply": {str(rung or "not_known"): n for rung, n in counted.by_reply.items()},
        "twelve_months": counted.whole.now,
        "year_before": counted.whole.before,
        "verdict": counted.whole.verdict.value,
        "p_value": counted.whole.p_value,
    }
    if as_json:
        typer.echo(json.dumps(told, indent=2))
        return
    for name, value in told.items():
        typer.echo(f"{name:<14} {value}")


@commands.command("sheet")
def sheet(
    reference: Reference,
    *,
    language: Language = "en",
    folder: Annotated[Path, typer.Option("--out", help="Folder for the files.")] = Path(),
) -> None:
    """Write who raised whom, where, with what reply: PDF, Word, web page and data.

    Without --as it holds what is public. Silent cases are in neither.
    """
    with refusals(), transaction.atomic():
        actor = actor_from(bind_terminal())
        now = timezone.now()
        known = now.strftime("%Y-%m-%d %H:%M:%S")
        if actor.is_public:
            shown = found(published_campaign(PUBLIC, reference), reference)
            document = public_sheet(shown, as_of=now.date(), known_at=now, language=language)
        else:
            held = campaign_here(actor, reference)
            document = desk_sheet(actor, held, as_of=now.date(), known_at=known, language=language)
        mark = "" if actor.is_public else "RESTRICTED"
        written = write_files(
            {language: document}, f"raises-{reference}", moment=int(now.timestamp()),
            mark=lambda: mark,
        )  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    for each in written.files:
        (folder / each.name).write_bytes(each.content)
        typer.echo(str(folder / each.name))
