"""`undaunted sanctions`: lists loaded, fetched and taken back; versions compared; entries read."""

from __future__ import annotations

import json
import time
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from undaunted.core.access.actions import signed_in
from undaunted.core.access.rules import PUBLIC, AccessError
from undaunted.core.listings.actions import (
    ListDoubted,
    VersionRefused,
    attest_version,
    fetch_list,
    load_list,
    withdraw_version,
)
from undaunted.core.listings.analysis import entries_sought
from undaunted.core.listings.queries import (
    changes_between,
    history_of,
    lists_standing,
    missing_from,
    version_for,
    version_in_force,
    versions_of,
)
from undaunted.core.listings.readers import Reading, read_addresses, read_list
from undaunted.core.listings.rules import Kind, ListRefused, UnknownList, list_source, list_sources
from undaunted.core.listings.writers import (
    KEPT,
    alike_told,
    changed_told,
    entry_told,
    is_kept,
    standing_told,
    told,
    version_told,
)
from undaunted.site.terminal import print_table, seen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.core.access.rules import Actor
    from undaunted.core.listings.models import ListVersion
    from undaunted.core.listings.readers import Address
    from undaunted.core.listings.rules import Fault, Loaded

__all__ = ["commands"]

REFUSED = 2
FAULTS_SHOWN = 20

commands = typer.Typer(help="Sanctions lists.", no_args_is_help=True, add_completion=False)
AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
Source = Annotated[str, typer.Argument(help="Code of the list, such as un-sc; see `sources`.")]
File = Annotated[Path, typer.Argument(exists=True, help="The issuer's file, or folder of files.")]
Number = Annotated[int | None, typer.Option("--version", min=1, help="As that version stood.")]


@commands.command("sources")
def show_sources(*, as_json: AsJson = False) -> None:
    """List the lists that can be read; needs no database."""
    rows = list(list_sources().values())
    if as_json:
        _print_json([{"code": r.code, "title": r.title, "formats": r.formats} for r in rows])
        return
    for each in rows:
        typer.echo(f"{each.code:<12} {', '.join(each.formats):<15} {each.title}. {each.issuer}")


@commands.command("check")
def check_file(source: Source, file: File) -> None:
    """Read a file and say what is wrong in which row; loads nothing and needs no database."""
    with _refusals():
        reading = Reading(file.name)
        entries = sum(1 for _ in read_list(source, file, reading))
    _tell_faults(reading.faults, reading.count)
    held = _many(entries, "entry", "entries")
    typer.echo(f"{held}, {_faults(reading.count, reading.lost)}.")


@commands.command("load")
def load(
    source: Source,
    file: File,
    *,
    confirm: Annotated[
        bool, typer.Option("--confirm", help="Although half the entries go, or it is older.")
    ] = False,
    dated: Annotated[
        str, typer.Option(metavar="DAY", help="Of which day it is, where it tells none.")
    ] = "",
) -> None:
    """Load a file as the next version of a list: whole, or nothing of it."""
    with _acting() as actor:
        day = _day(dated) if dated else None
        done = load_list(source, file, actor=actor, at=timezone.now(), confirmed=confirm, dated=day)
        _tell_loaded(done)
        if not done.unchanged:
            typer.echo(
                "It is compared with the other lists in the background, where the server runs; "
                "`undaunted sanctions resolve` does it at once."
            )
        if done.removed:
            typer.echo(
                f"What it no longer holds is told as missing from your file; `undaunted sanctions "
                f"diff {source}` names it, and a second person confirms it with `undaunted "
                f"sanctions attest {source} {done.number}`."
            )


@commands.command("refresh")
def refresh(
    sources: Annotated[list[str] | None, typer.Argument(help="Codes; all that are set.")] = None,
) -> None:
    """Fetch lists from the addresses in the operator's file (UNDAUNTED_LISTS) and load them."""
    with _acting() as actor:
        held = read_addresses(settings.LISTS_FILE).lists
        unknown = set(sources or []) - {each.source for each in held}
        if unknown:
            raise ListRefused(f"{', '.join(unknown)}: UNDAUNTED_LISTS names no address of it")
        failed = [
            each.source
            for each in held
            if (not sources or each.source in sources) and not _fetched(each, actor)
        ]
    if failed:
        raise typer.Exit(REFUSED)


@commands.command("list")
def show_lists(*, as_json: AsJson = False) -> None:
    """Show every list with the version in force."""
    standing = lists_standing(PUBLIC)
    if as_json:
        _print_json([standing_told(each) for each in standing])
        return
    rows = []
    for each in standing:
        held = each.version
        row = ("", "", "not loaded", "")
        if held is not None:
            day = held.loaded_at.date().isoformat()
            row = (str(held.number), held.published, day, str(held.entries))
        rows.append((each.listing.code, *row, each.listing.title))
    print_table(("List", "Version", "Dated", "Loaded", "Entries", "Title"), rows)


@commands.command("versions")
def show_versions(source: Source, *, as_json: AsJson = False) -> None:
    """List the versions of a list, newest first."""
    with _refusals():
        list_source(source)
    rows = list(versions_of(PUBLIC, source))
    if as_json:
        _print_json([version_told(each) for each in rows])
        return
    missing = set(missing_from(PUBLIC, source).values())
    for each in rows:
        day = each.loaded_at.date().isoformat()
        withdrawn = "  withdrawn" if each.withdrawn_at else ""
        if each.number in missing:
            withdrawn += "  brought by one person"
        typer.echo(
            f"version {each.number}, dated {each.published or 'on no day'}, loaded {day}: "
            f"{_many(each.entries, 'entry', 'entries')}, {each.added} added, "
            f"{each.amended} amended, {each.removed} removed, "
            f"{_many(each.fault_count, 'fault', 'faults')}{withdrawn}"
        )


@commands.command("faults")
def show_faults(source: Source, *, version: Number = None, as_json: AsJson = False) -> None:
    """Say what was wrong in which row of a version; the first thousand."""
    with _refusals():
        held = _version(source, version)
    if as_json:
        _print_json(held.faults)
        return
    for each in held.faults:
        words = told("FaultRule", each["rule"])
        kept = f" {KEPT}" if each.get("key") in held.kept else ""
        typer.echo(f"row {each['row']}, {each['field']}: {words}{kept} {_shown(each['value'])}")
    typer.echo(f"{_faults(held.fault_count, held.lost)}.")


@commands.command("diff")
def show_changes(
    source: Source,
    before: Annotated[int | None, typer.Argument(min=1, help="The one before the last.")] = None,
    after: Annotated[int | None, typer.Argument(min=1, help="The one in force.")] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Say what came, went and was changed between two versions."""
    with _refusals():
        if before and after:
            _demand_either(source, before, after)
        later = _version(source, after)
        earlier = _version(source, before) if before else _one_before(later)
        if earlier.number >= later.number:
            raise ListRefused(f"{earlier.number}, {later.number}: name the earlier version first")
    found = changes_between(PUBLIC, earlier, later)
    if as_json:
        _print_json([changed_told(each) for each in found])
        return
    for each in found:
        fields = f"  {', '.join(each.fields)}" if each.fields else ""
        typer.echo(seen(f"{told('Change', each.told):<8} {each.key}  {each.name}{fields}"))
    typer.echo(f"{len(found)} changes from version {earlier.number} to {later.number}.")


@commands.command("entries")
def show_entries(  # noqa: PLR0913 - what a reader asks for
    source: Source,
    words: Annotated[str, typer.Argument(help="Words of a name; all without.")] = "",
    *,
    version: Number = None,
    kind: Annotated[Kind | None, typer.Option(help="Only that kind.")] = None,
    programme: Annotated[str, typer.Option(help="Only under that programme.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="At most so many.")] = 100,
    as_json: AsJson = False,
) -> None:
    """Show the entries of a list by name: those with these letters, then those called alike."""
    with _refusals():
        held = _version(source, version)
    rows = entries_sought(PUBLIC, held, words=words, kind=kind, programme=programme)
    if rows.letters_alone:
        typer.echo("Searched by letters alone: who is written otherwise is not found so.", err=True)
    if as_json:
        told = rows[:limit]
        _print_json([entry_told(each, held) | {"alike": alike_told(alike)} for each, alike in told])
        return
    for each, alike in rows[:limit]:
        likeness = f"  alike {alike.score:.2f}: {alike.name}" if alike else ""
        kept = f"  {KEPT}" if is_kept(each, held) else ""
        programmes = "; ".join(each.programmes) + likeness + kept
        line = f"{each.key:<12} {each.kind:<8} {each.designated:<12} {each.name}  {programmes}"
        typer.echo(seen(line))
    typer.echo(f"{min(limit, len(rows))} of {len(rows)} entries of version {held.number}.")
    if rows.more:
        typer.echo(f"As like and not shown: {rows.more}. Write more of the name.")


@commands.command("entry")
def show_entry(
    source: Source,
    key: Annotated[str, typer.Argument(help="The entry's key, as `entries` shows it.")],
) -> None:
    """Print every form of an entry, oldest first, as JSON."""
    with _refusals():
        list_source(source)
        rows = history_of(PUBLIC, source, key)
        if not rows:
            raise ListRefused(f"{key}: {source} has no such entry")
        standing = version_in_force(PUBLIC, source)
    _print_json([entry_told(each, standing) for each in rows])


@commands.command("attest")
def attest(
    source: Source,
    number: Annotated[int, typer.Argument(min=1, help="The version in force.")],
) -> None:
    """Say as a second person that a version which somebody brought is the issuer's."""
    with _acting() as actor:
        attest_version(_version(source, number), actor=actor, at=timezone.now())
        typer.echo(f"confirmed  {source} {number}")


@commands.command("withdraw")
def withdraw(
    source: Source,
    number: Annotated[int, typer.Argument(min=1, help="The version in force.")],
) -> None:
    """Take back the version in force: the one before it stands again."""
    with _acting() as actor:
        withdraw_version(_version(source, number), actor=actor, at=timezone.now())
        typer.echo(f"withdrawn  {source} {number}")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ListRefused(f"dated: {text[:40]!r} is no day; write it as 2026-05-31") from None


def _fetched(address: Address, actor: Actor) -> bool:
    """Fetch one list; where that fails the others are fetched all the same."""
    try:
        now, clock = timezone.now(), time.monotonic
        _tell_loaded(fetch_list(address, actor=actor, at=now, clock=clock))
    except ListRefused as refusal:
        typer.echo(f"undaunted: {address.source} stays as it was: {refusal}", err=True)
        return False
    return True


def _version(source: str, number: int | None) -> ListVersion:
    list_source(source)
    found = version_for(PUBLIC, source, number) if number else version_in_force(PUBLIC, source)
    if found is None:
        which = f"version {number}" if number else "any version"
        raise ListRefused(f"{source}: {which} is not there; see `undaunted sanctions versions`")
    return found


def _demand_either(source: str, before: int, after: int) -> None:
    """Tell at once where neither is there: whoever is told of one mends that one alone."""
    list_source(source)
    if not any(version_for(PUBLIC, source, number) for number in (before, after)):
        raise ListRefused(
            f"{source}: neither version {before} nor version {after} is there; "
            "see `undaunted sanctions versions`"
        )


def _one_before(later: ListVersion) -> ListVersion:
    rows = versions_of(PUBLIC, later.source).filter(withdrawn_at__isnull=True)
    found = rows.filter(number__lt=later.number).first()
    if found is None:
        raise ListRefused(f"{later}: there is no version before it to compare with")
    return found


def _tell_loaded(done: Loaded) -> None:
    if done.unchanged:
        typer.echo(f"{done.source}: version {done.number} is this file; nothing to do.")
        return
    typer.echo(
        f"{done.source}: version {done.number} is in force with "
        f"{_many(done.entries, 'entry', 'entries')}: "
        f"{done.added} added, {done.amended} amended, {done.removed} removed; "
        f"{_faults(done.faults, done.lost)}."
    )


def _faults(found: int, lost: int) -> str:
    """Say how many faults there are, and how many rows gave no entry for them."""
    return f"{_many(found, 'fault', 'faults')}, {_many(lost, 'row', 'rows')} without an entry"


def _many(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"


def _shown(value: str) -> str:
    """Quote what stands in a field; no sign of it does anything to the terminal."""
    return repr(value).replace("\\\\", "\\")


def _tell_faults(faults: list[Fault], count: int) -> None:
    for each in faults[:FAULTS_SHOWN]:
        words = told("FaultRule", each.rule)
        typer.echo(f"row {each.row}, {each.field}: {words} {_shown(each.value)}", err=True)
    if count > FAULTS_SHOWN:
        typer.echo(f"… and {count - FAULTS_SHOWN} more.", err=True)


def _print_json(data: object) -> None:
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2))


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except ListDoubted as doubted:
        typer.echo(f"undaunted: {doubted}. Look at it, and load it with --confirm", err=True)
        raise typer.Exit(REFUSED) from None
    except UnknownList as unknown:
        typer.echo(f"undaunted: {unknown}", err=True)
        raise typer.Exit(REFUSED) from None
    except (ListRefused, VersionRefused, AccessError) as refusal:
        typer.echo(f"undaunted: {refusal}", err=True)
        raise typer.Exit(REFUSED) from None


@contextmanager
def _acting() -> Iterator[Actor]:
    with _refusals(), transaction.atomic():
        yield signed_in("sanctions")
