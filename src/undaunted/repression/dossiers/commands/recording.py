"""`undaunted dossiers`: a dossier opened, changed and filled out of files, and searched for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID  # noqa: TC003 - typer reads the annotations

import typer
from django.utils import timezone

from undaunted.repression.dossiers import actions
from undaunted.repression.dossiers.analysis import gather, lists_not_held
from undaunted.repression.dossiers.commands.acting import (
    File,
    Holder,
    Which,
    acting,
    checked,
    dossier_here,
    found,
    holder_here,
)
from undaunted.repression.dossiers.commands.desk import commands
from undaunted.repression.dossiers.forms import PARTS, DossierChangeIn, PlanIn, offered_told
from undaunted.repression.dossiers.queries import accused_in, part_of
from undaunted.repression.dossiers.readers import read_tables
from undaunted.repression.dossiers.rules import DossierRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.repression.dossiers.forms import PartIn

__all__: list[str] = []


@commands.command("new")
def new(file: File, *, holder: Holder = "") -> None:
    """Open a dossier out of a TOML file: title, country, summary, tlp, team (user names)."""
    with acting() as actor:
        mine = holder_here(actor, holder)
        plan = checked(PlanIn, read_tables(file.read_bytes())).plan(actor, mine)
        made = actions.open_dossier(mine, plan, actor=actor, at=timezone.now())
        typer.echo(str(made.pk))


@commands.command("change")
def change(which: Which, file: File) -> None:
    """Write title, country, summary, tlp or team anew; what the file leaves out stays."""
    with acting() as actor:
        held = dossier_here(actor, which)
        plan = checked(DossierChangeIn, read_tables(file.read_bytes())).plan(actor, held)
        actions.write_dossier(held, plan, actor=actor, at=timezone.now())
        typer.echo("changed")


@commands.command("offered")
def offered(
    which: Which,
    *,
    find: Annotated[str, typer.Option(help="A title, number, day, person or reference.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Show acts, sources and documents that a dossier may rest on, and the words for facts."""
    with acting() as actor:
        told = offered_told(actor, gather(actor, dossier_here(actor, which)), find)
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for each in told["acts"]:
        days = " … ".join(filter(None, (each["start"], each["end"])))
        typer.echo(f"act       {each['act']}  {each['type']}  {days}  {each['where']}".rstrip())
    if told["acts_kept_back"]:
        typer.echo(f"not offered, as partners keep them to us: {told['acts_kept_back']} acts")
    for each in told["sources"]:
        typer.echo(f"source    {each['source']}  {each['title']}")
    for each in told["documents"]:
        typer.echo(f"document  {each['document']}  {each['title']}  source {each['source']}")
    if told["documents_kept_back"]:
        typer.echo(f"not offered, as partners sent them: {told['documents_kept_back']} documents")
    for name in ("modes", "facts"):
        typer.echo(f"{name}: {', '.join(told[name])}")


@commands.command("add")
def add(which: Which, file: File) -> None:
    """Add the parts of a TOML file, all or none: [[act]], [[person]], [[detail]], [[post]], …."""
    with acting() as actor:
        held = dossier_here(actor, which)
        for name, part in _parts(read_tables(file.read_bytes())):
            try:
                made = part.recorded(held, actor=actor, at=timezone.now())
            except DossierRefused as refusal:
                told = str(refusal).removeprefix(f"{refusal.field}: ")
                raise DossierRefused(f"{name}.{refusal.field}", told) from None
            typer.echo(f"{part.kind_of_part}  {made}")


@commands.command("confirm")
def confirm(
    which: Which, statement: Annotated[UUID, typer.Argument(help="Id of a statement, as `show`.")]
) -> None:
    """Confirm, as a second person, what speaks for somebody."""
    with acting() as actor:
        part = part_of(actor, dossier_here(actor, which), "statement", statement)
        actions.confirm_statement(found(part, statement), actor=actor, at=timezone.now())
        typer.echo("confirmed")


@commands.command("search")
def search(
    which: Which,
    *,
    person: Annotated[UUID | None, typer.Option(help="Only them, by the id in `show`.")] = None,
) -> None:
    """Search the lists in force for everybody alleged; names alike are kept as questions."""
    with acting() as actor:
        held = dossier_here(actor, which)
        rows = [found(part_of(actor, held, "accused", person), person)] if person else None
        for each in rows if rows is not None else list(accused_in(actor, held)):
            done = actions.search_listings(each, actor=actor, at=timezone.now())
            typer.echo(f"{done.pk}  {len(done.searched)} lists, {len(done.listings)} alike")
        if lacking := lists_not_held(actor):
            typer.echo(f"not searched, as no version is held here: {', '.join(lacking)}")


def _parts(told: dict[str, Any]) -> Iterator[tuple[str, PartIn]]:
    """Give the parts of a file with where each stands, in the order in which they rest on others.

    All are read before one is recorded.
    """
    strange = [each for each in told if each not in PARTS]
    if strange or not told:
        kinds = ", ".join(f"[[{each}]]" for each in PARTS)
        raise DossierRefused("file", f"{'none' if not told else strange[0]!r} is no part: {kinds}")
    parts = []
    for kind, form in PARTS.items():
        rows = told.get(kind, [])
        for number, row in enumerate(rows if isinstance(rows, list) else [rows], start=1):
            where = f"{kind} {number}"
            parts.append((where, checked(form, row, where)))
    yield from parts
