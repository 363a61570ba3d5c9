"""`undaunted dossiers`: a dossier opened, changed and filled out of files, and searched for."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, Final
from uuid import UUID  # noqa: TC003 - typer reads the annotations

import typer
from django.db import transaction
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
from undaunted.repression.dossiers.rules import DossierRefused, all_or_faults, standing_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.core.access.rules import Actor
    from undaunted.repression.dossiers.models import Dossier

__all__: list[str] = []

_NAMED: Final = {"person": ("name",), "act": ("act",)}
"""By which of its fields other parts of a file name one."""


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
        made = _recorded(held, read_tables(file.read_bytes()), actor)
    for kind, part in made:
        typer.echo(f"{kind}  {part}")


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
        asked = rows if rows is not None else list(accused_in(actor, held))
        now = timezone.now()
        done = [actions.search_listings(each, actor=actor, at=now) for each in asked]
        lacking = lists_not_held(actor)
    for each in done:
        typer.echo(f"{each.pk}  {len(each.searched)} lists, {len(each.listings)} alike")
    if lacking:
        typer.echo(f"not searched, as no version is held here: {', '.join(lacking)}")


def _recorded(dossier: Dossier, told: dict[str, Any], actor: Actor) -> list[tuple[str, UUID]]:
    """Record the parts of a file, in the order in which they rest on others, all or none.

    Raises `DossierRefused` with every fault. What rests on a part that is refused is read and not
    recorded, as it would be refused for want of that part alone.
    """
    lost: set[str] = set()

    def step(kind: str, where: str, row: Any) -> tuple[str, UUID] | None:  # noqa: ANN401 - as a file says
        own = row if isinstance(row, dict) else {}
        rests = {str(own.get(name)) for name in ("accused", "act") if kind != name} & lost
        try:
            part = checked(PARTS[kind], row, where)
            if rests:
                return None
            with transaction.atomic():
                return kind, part.recorded(dossier, actor=actor, at=timezone.now())
        except DossierRefused as refusal:
            lost.update(str(own[name]) for name in _NAMED.get(kind, ()) if name in own)
            inside = refusal.field.startswith(where)
            raise (refusal if inside else standing_in(where, refusal)) from None

    made = all_or_faults(
        partial(_demand_parts, told), *(partial(step, *each) for each in _rows(told))
    )
    return [each for each in made if each is not None]


def _rows(told: dict[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """Give each part with its kind and where it stands, whatever others rest on first."""
    for kind in PARTS:
        rows = told.get(kind, [])
        for number, row in enumerate(rows if isinstance(rows, list) else [rows], start=1):
            yield kind, f"{kind} {number}", row


def _demand_parts(told: dict[str, Any]) -> None:
    strange = ", ".join(repr(each) for each in told if each not in PARTS)
    if strange or not told:
        kinds = ", ".join(f"[[{each}]]" for each in PARTS)
        raise DossierRefused("file", f"{strange or 'none'} is no part: {kinds}")
