"""`undaunted practices`: the library listed and shown, a file checked and loaded, accepted."""

from __future__ import annotations

import json
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import UUID  # noqa: TC003 - typer reads the annotations

import typer
from django.db import transaction
from django.utils import timezone

from undaunted.core.access.actions import bind_terminal, signed_in
from undaunted.core.access.rules import PUBLIC, AccessError, actor_from
from undaunted.core.practices.actions import PracticeRefused, accept_version, load_practices
from undaunted.core.practices.queries import (
    practice_named,
    published_practice,
    published_practices,
    versions_of,
    waiting_versions,
)
from undaunted.core.practices.rules import (
    Aim,
    Condition,
    EntryBroken,
    Instrument,
    PracticeStage,
    State,
    read_entries,
    shipped_entries,
)
from undaunted.core.practices.writers import told
from undaunted.site.terminal import print_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.core.access.rules import Actor
    from undaunted.core.practices.rules import Entry

__all__ = ["commands"]

REFUSED = 2

commands = typer.Typer(help="The library of practices.", no_args_is_help=True, add_completion=False)
AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
File = Annotated[
    Path | None,
    typer.Argument(exists=True, dir_okay=False, help="TOML file; the shipped pack without one."),
]


@commands.command("list")
def list_practices(
    *,
    aim: Annotated[Aim | None, typer.Option(help="What it is for.")] = None,
    instrument: Annotated[Instrument | None, typer.Option(help="By which means.")] = None,
    stage: Annotated[PracticeStage | None, typer.Option(help="Stage of a stay.")] = None,
    condition: Annotated[Condition | None, typer.Option(help="What it needs.")] = None,
    as_json: AsJson = False,
) -> None:
    """List the public practices."""
    rows = published_practices(
        PUBLIC,
        aim=aim or "",
        instrument=instrument or "",
        stage=stage or "",
        condition=condition or "",
    )
    if as_json:
        typer.echo(json.dumps([row.content for row in rows], ensure_ascii=False, indent=2))
        return
    told_rows = []
    for row in rows:
        means, looked = told("Instrument", row.instrument), str(row.reviewed_at.date())
        told_rows.append((row.aim, means, row.title, looked, row.reference))
    print_table(("Aim", "Means", "Title", "Looked at", "Reference"), told_rows)


@commands.command("show")
def show_practice(
    reference: Annotated[str, typer.Argument(help="Short name of the practice.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Show a practice with its sources: the public one, or with --as USER what you may read."""
    with _refusals(), transaction.atomic():
        entry = _entry(actor_from(bind_terminal()), reference)
        if entry is None:
            raise PracticeRefused(f"{reference}: there is no such practice for you")
    if as_json:
        typer.echo(json.dumps(entry.as_data(), ensure_ascii=False, indent=2))
        return
    _show(entry)


@commands.command("check")
def check_file(file: File = None) -> None:
    """Read a file of practices and say everything that is wrong with it; needs no database."""
    with _refusals():
        entries = _read(file)
    typer.echo(f"{len(entries)} practices, nothing wrong.")


@commands.command("load")
def load(
    holder: Annotated[UUID, typer.Argument(help="Id of your organisation.")], file: File = None
) -> None:
    """Propose what is new or changed in a file, or in the shipped pack; a second person accepts."""
    with _acting() as actor:
        done = load_practices(holder, _read(file), actor=actor, at=timezone.now())
        for name in ("proposed", "revised", "unchanged", "waiting"):
            for reference in getattr(done, name):
                typer.echo(f"{name:<10} {reference}")


@commands.command("waiting")
def waiting() -> None:
    """List what waits for a second person."""
    with _acting() as actor:
        for each in waiting_versions(actor):
            typer.echo(f"{each.practice.reference}  {each.number}  {each.content['title']}")


@commands.command("accept")
def accept(
    references: Annotated[list[str], typer.Argument(help="Short names of what waits.")],
) -> None:
    """Accept versions that somebody else proposed, after reading them; all or none."""
    with _acting() as actor:
        for reference in references:
            held = practice_named(actor, reference)
            waits = versions_of(actor, held).filter(state=State.WAITING) if held else ()
            version = next(iter(waits), None)
            if version is None:
                raise PracticeRefused(f"{reference}: nothing of that name waits for you")
            accept_version(version, actor=actor, at=timezone.now())
            typer.echo(f"accepted   {reference}")


def _entry(actor: Actor, reference: str) -> Entry | None:
    if not actor.is_public and (held := practice_named(actor, reference)) is not None:
        version = versions_of(actor, held).filter(number=held.current or 1).first()
        return version.entry if version else None
    row = published_practice(PUBLIC, reference)
    return row.entry if row else None


def _show(entry: Entry) -> None:
    typer.echo(f"{entry.title}\n{entry.summary}\n")
    stages = ", ".join(told("Stage", each) for each in entry.stages)
    typer.echo(f"{told('Aim', entry.aim)}; {told('Instrument', entry.instrument)}; {stages}")
    typer.echo("\nWhat must hold before")
    for need in entry.preconditions:
        _line(entry, f"{told('Condition', need.kind)}. {need.text}", need.sources)
    typer.echo("\nWhere it was done")
    for once in entry.implementations:
        where = ", ".join(once.where)
        said = f"{once.when}, {where}, by {once.by}: {once.text} Result: {once.result}"
        _line(entry, said, once.sources)
    typer.echo("\nEvidence of effect, an association and no cause")
    for effect in entry.effects:
        _line(entry, f"{effect.text} ({told('Grade', effect.grade)})", effect.sources)
    for heading, claims in (("Risks", entry.risks), ("How it fails", entry.failures)):
        typer.echo(f"\n{heading}")
        for claim in claims:
            _line(entry, claim.text, claim.sources)
    typer.echo("\nSources")
    for number, source in enumerate(entry.sources, start=1):
        status = told("SourceStatus", source.status)
        typer.echo(f"  {number}. {source.title}. {source.publisher}, {source.date}. {source.url}")
        typer.echo(f"     {status}. {source.read_on} {source.read_in}".rstrip())


def _line(entry: Entry, text: str, sources: tuple[str, ...]) -> None:
    numbers = [str(n) for n, each in enumerate(entry.sources, start=1) if each.id in sources]
    typer.echo(f"  - {text} [{', '.join(numbers) or 'no source'}]")


def _read(file: Path | None) -> tuple[Entry, ...]:
    if file is None:
        return shipped_entries()
    return read_entries(file.read_text("utf-8"), where=file.name)


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except EntryBroken as broken:
        for problem in broken.problems:
            typer.echo(f"{broken.where}: {problem}", err=True)
        raise typer.Exit(REFUSED) from None
    except UnicodeDecodeError:
        typer.echo("undaunted: the file is not UTF-8; save it as UTF-8", err=True)
        raise typer.Exit(REFUSED) from None
    except (PracticeRefused, AccessError) as refusal:
        typer.echo(f"undaunted: {refusal}", err=True)
        raise typer.Exit(REFUSED) from None


@contextmanager
def _acting() -> Iterator[Actor]:
    with _refusals(), transaction.atomic():
        yield signed_in("practices")
