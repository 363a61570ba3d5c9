"""Commands over editions. `verify` needs no database; the others may act as the public.

Without `--as` an edition is written into a folder and kept nowhere.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar
from uuid import UUID  # noqa: TC003 - typer reads the annotations

import typer
from django.db import transaction
from django.utils import timezone
from rich.console import Console
from rich.progress import Progress

from undaunted.core.access.actions import bind_terminal
from undaunted.core.access.rules import PUBLIC, AccessError, Forbidden, actor_from
from undaunted.core.editions.actions import (
    Wanted,
    build_edition,
    edition_kinds,
    order_for,
    rebuild_edition,
)
from undaunted.core.editions.analysis import check_content, draw_up, instance_key, rewritten
from undaunted.core.editions.queries import (
    edition_file_for,
    edition_for,
    editions_for,
    files_of,
    published_edition,
    published_editions,
    published_file,
    published_files,
)
from undaunted.core.editions.rules import (
    EditionAltered,
    EditionRefused,
    ParameterRefused,
    fingerprint,
    read_manifest,
)
from undaunted.core.editions.writers import MANIFEST, SIGNATURE, draft_text, embargo_text
from undaunted.site.instants import in_utc
from undaunted.site.terminal import print_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from undaunted.core.access.rules import Actor
    from undaunted.core.editions.models import Edition

__all__ = ["commands"]

Thing = TypeVar("Thing")

REFUSED, ALTERED = 2, 1
FILES_A_LANGUAGE = 4

commands = typer.Typer(
    help="Frozen publications: build, verify, list.", no_args_is_help=True, add_completion=False
)

Out = Annotated[
    Path | None, typer.Option(file_okay=False, help="Folder for the files; it must be empty.")
]

Without = Annotated[
    bool, typer.Option("--without-file", help="With --again: leave out what a file gave.")
]
Given = Annotated[
    Path | None, typer.Option(exists=True, dir_okay=False, help="A file that the kind reads.")
]


@commands.command()
def build(  # noqa: PLR0913 - what, of when, in which languages, held by whom, embargoed until, where
    kind: Annotated[str, typer.Argument(help="Kind of edition; `edition kinds` lists them.")] = "",
    *,
    as_of: Annotated[str, typer.Option(help="Day counted: YYYY-MM-DD.")] = "",
    known_at: Annotated[
        str, typer.Option(help="As known then (ISO time); else at the last entry of the ledger.")
    ] = "",
    language: Annotated[
        list[str] | None, typer.Option("--lang", help="May be repeated; en if absent.")
    ] = None,
    given: Annotated[
        list[str] | None, typer.Option("--with", metavar="NAME=VALUE", help="A parameter.")
    ] = None,
    holder: Annotated[
        UUID | None, typer.Option(help="Organisation that keeps it; needs --as USER.")
    ] = None,
    embargo_until: Annotated[
        str, typer.Option(help="ISO time before which the public sees nothing of it.")
    ] = "",
    file: Given = None,
    without_file: Without = False,
    again: Annotated[
        UUID | None, typer.Option(help="Build the edition that replaces a withdrawn one.")
    ] = None,
    out: Out = None,
) -> None:
    """Build an edition: kept as a draft with --holder, written into --out, or both."""
    with _refusals(), transaction.atomic():
        actor = actor_from(bind_terminal())
        brought = (file.name, file.read_bytes()) if file else None
        if again is not None:
            _kept(_rebuilt(again, actor, brought, without_file=without_file), actor, out)
            return
        if without_file:
            raise ParameterRefused("without-file: stands with --again; leave --file out instead")
        wanted = Wanted(
            kind=kind,
            as_of=_day(as_of),
            known_at=_moment("known-at", known_at),
            languages=tuple(language or ("en",)),
            parameters=dict(_parameter(each) for each in given or ()),
            embargo_until=_moment("embargo-until", embargo_until),
            file=brought,
        )
        if holder is None:
            _draw(wanted, out)
            return
        with _progress(len(wanted.languages)) as told:
            made = build_edition(wanted, holder, actor=actor, at=timezone.now(), told=told)
        _kept(made, actor, out)


@commands.command()
def kinds() -> None:
    """List the kinds of editions with their parameters."""
    for each in edition_kinds():
        typer.echo(f"{each.name}  {each.title()}")
        if each.file is not None:
            typer.echo(f"  --file …  {each.file.help()}")
        for parameter in each.parameters:
            default = f" (default: {parameter.default or 'empty'})"
            missing = " (needed)"
            told = missing if parameter.default is None else default
            typer.echo(f"  --with {parameter.name}=…  {parameter.help}{told}")


@commands.command("list")
def list_editions() -> None:
    """List the editions that you may see; without --as, those that are public."""
    with _refusals(), transaction.atomic():
        actor = actor_from(bind_terminal())
        rows = []
        if actor.is_public:
            for row in published_editions(actor):
                state = "withdrawn" if row.withdrawn_at else "published"
                name = f"{row.series} {row.label}"
                rows.append((str(row.pk), name, row.as_of.isoformat(), state, row.title))
        else:
            for own in editions_for(actor):
                state = own.state if own.built_at else "to be built"
                name = f"{own.series} {own.label}"
                rows.append((str(own.pk), name, own.as_of.isoformat(), state, own.title))
        print_table(("id", "edition", "as of", "state", "title"), rows)


@commands.command()
def verify(
    folder: Annotated[Path, typer.Argument(file_okay=False, exists=True, help="Its files.")],
    *,
    key: Annotated[
        str, typer.Option(help="Key of the instance that signed, base64; else our own.")
    ] = "",
    quick: Annotated[
        bool, typer.Option("--quick", help="Do not write every file again to compare.")
    ] = False,
) -> None:
    """Check a folder without a database: signature, checksums, and that writing again agrees."""
    with _refusals():
        held = {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}
        manifest, signature = held.pop(MANIFEST, b""), held.pop(SIGNATURE, b"")
        if held and not manifest and not signature:
            raise EditionRefused(_never_published(folder))
        _check(manifest, signature, held, key or instance_key(), quick=quick)


@commands.command()
def check(
    edition: Annotated[UUID, typer.Argument(help="Id of the edition.")],
    *,
    quick: Annotated[
        bool, typer.Option("--quick", help="Do not write every file again to compare.")
    ] = False,
) -> None:
    """Check an edition as it is kept here, in the same way."""
    with _refusals():
        manifest, signature, held = _stored(edition)
        _check(manifest, signature, held, instance_key(), quick=quick)


@commands.command()
def save(
    edition: Annotated[UUID, typer.Argument(help="Id of the edition.")],
    out: Annotated[Path, typer.Option(file_okay=False, help="Empty folder for the files.")],
) -> None:
    """Write a published edition with its list of files and signature into a folder."""
    with _refusals():
        manifest, signature, held = _stored(edition, published=True)
        place = _empty(out)
        for name, content in (held | {MANIFEST: manifest, SIGNATURE: signature}).items():
            (place / name).write_bytes(content)
        typer.echo(f"written: {place} ({len(held)} files)")


def _never_published(folder: Path) -> str:
    return (
        f"{folder}: files without {MANIFEST} and {SIGNATURE}: a draft that was never published, so "
        "that there is nothing to hold it against; publish it and write it with `edition save`"
    )


def _check(
    manifest: bytes, signature: bytes, held: dict[str, bytes], signer: str, *, quick: bool
) -> None:
    try:
        checked = check_content(manifest, signature, held, key=signer, again=not quick)
    except EditionAltered as problem:
        typer.echo(f"CHANGED    {problem}", err=True)
        raise typer.Exit(ALTERED) from None
    told = read_manifest(manifest)
    typer.echo(f"{told.series} {told.number}, as of {told.cut.as_of}, known at "
               f"{told.cut.known_at.isoformat()}")  # fmt: skip
    typer.echo(f"signed by  {fingerprint(signer)}")
    for changed in checked.problems:
        typer.echo(f"CHANGED    {changed}", err=True)
    if not checked.good:
        raise typer.Exit(ALTERED)
    done = "checksums good" if quick else "checksums good, written again alike"
    typer.echo(f"{checked.files} files, {done}")


def _stored(number: UUID, *, published: bool = False) -> tuple[bytes, bytes, dict[str, bytes]]:
    with transaction.atomic():
        actor = actor_from(bind_terminal())
        if actor.is_public or published:
            shown = _found(published_edition(actor, number))
            names = [row.name for row in published_files(actor, number)]
            public = {name: _bytes(published_file(actor, number, name)) for name in names}
            return bytes(shown.manifest or b""), bytes(shown.signature or b""), public
        edition = _found(edition_for(actor, number))
        own = {
            row.name: _bytes(edition_file_for(actor, number, row.name))
            for row in files_of(actor, edition)
        }
        return bytes(edition.manifest or b""), bytes(edition.signature or b""), own


def _bytes(row: object) -> bytes:
    content = getattr(row, "content", None)
    if content is None:
        raise EditionAltered("the edition was withdrawn: its files are destroyed")
    return bytes(content)


def _rebuilt(
    again: UUID, actor: Actor, file: tuple[str, bytes] | None, *, without_file: bool
) -> Edition:
    waiting = _found(edition_for(actor, again))
    with _progress(len(waiting.languages)) as told:
        return rebuild_edition(
            waiting,
            actor=actor,
            at=timezone.now(),
            file=file,
            without_file=without_file,
            told=told,
        )


def _draw(wanted: Wanted, out: Path | None) -> None:
    if out is None:
        raise ParameterRefused("give --out FOLDER, or --holder ID with --as USER")
    place = _empty(out)
    order = order_for(wanted, actor=PUBLIC)
    with _progress(len(order.languages)) as told:
        drawn = draw_up(order, mark=_mark(wanted.embargo_until), told=told)
    for file in drawn.written.files:
        (place / file.name).write_bytes(file.content)
    typer.echo(f"written: {place} ({len(drawn.written.files)} files, marked as a draft)")


def _kept(edition: Edition, actor: Actor, out: Path | None) -> None:
    typer.echo(f"{edition.pk}  {edition}  draft; somebody proposes it, somebody else publishes it")
    if out is None:
        return
    place = _empty(out)
    held = {
        row.name: _bytes(edition_file_for(actor, edition.pk, row.name))
        for row in files_of(actor, edition)
    }
    manifest = read_manifest(bytes(edition.manifest or b""))
    for file in rewritten(manifest, held, mark=_mark(edition.embargo_until)).files:
        (place / file.name).write_bytes(file.content)
    typer.echo(f"written: {place}, marked as a draft")


def _mark(until: datetime | None) -> Callable[[], str]:
    return (lambda: embargo_text(until)) if until else draft_text


def _empty(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise ParameterRefused(f"out: {folder} is not empty; name another folder")
    return folder


def _found(thing: Thing | None) -> Thing:
    if thing is None:
        raise Forbidden("there is no such edition for you")
    return thing


def _parameter(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise ParameterRefused(f"with: {text!r}; write NAME=VALUE")
    return name, value


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ParameterRefused(f"as-of: {text!r} is no day; write YYYY-MM-DD") from None


def _moment(name: str, text: str) -> datetime | None:
    if not text:
        return None
    try:
        return in_utc(datetime.fromisoformat(text))
    except ValueError:
        raise ParameterRefused(f"{name}: {text!r} is no time; write 2026-01-31T12:00") from None


@contextmanager
def _progress(languages: int) -> Iterator[Callable[[str], None]]:
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=languages * FILES_A_LANGUAGE + 1)

        def told(name: str) -> None:
            if " " in name:  # no file: what stays out, said for good and not while it lasts
                bar.console.print(name, highlight=False, soft_wrap=True)
                return
            bar.update(task, advance=1, description=name)

        yield told


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except (EditionRefused, AccessError) as refusal:
        typer.echo(f"undaunted: {refusal}", err=True)
        raise typer.Exit(REFUSED) from None
