"""`undaunted names`: names compared, searched, screened and evaluated, without a database."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from undaunted.cli.names_kept import TableRefused, kept
from undaunted.cli.names_tables import demand_csv, read_entries, read_pairs, write_screening
from undaunted.cli.outputs import demand_other, demand_writable
from undaunted.cli.session import REFUSED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.engines.names import Flagged, Index, Kind, Prepared

__all__ = ["commands"]

commands = typer.Typer(
    help="Names in any script, compared; a hit is a question, never a verdict.",
    no_args_is_help=True,
)

AsJson = Annotated[bool, typer.Option("--json", help="For programs.")]
Organisations = Annotated[
    bool, typer.Option("--organisations", help="Names are of organisations, not of persons.")
]
Threshold = Annotated[
    float,
    typer.Option(
        min=0.01,
        max=1,
        help="Score from which names are told; up to 0.7, whoever bears one word asked for, from "
        "0.69 on.",
    ),
]
Against = Annotated[
    Path,
    typer.Option(
        help="CSV with a column name; id, kind, birth, nationality, gender, identifiers if known."
    ),
]
REVIEWED = 0.7
"""The engine's `REVIEW`; named here so that help needs no engine."""


@contextmanager
def _refusing() -> Iterator[None]:
    from undaunted.engines.names import NamesError  # noqa: PLC0415 - starts faster

    try:
        yield
    except (NamesError, TableRefused) as refusal:
        _say(f"undaunted: {refusal}", err=True)
        raise typer.Exit(REFUSED) from None


@commands.command(context_settings={"ignore_unknown_options": True})
def compare(
    left: Annotated[str, typer.Argument(help="A name.")],
    right: Annotated[str, typer.Argument(help="Another.")],
    *,
    organisations: Organisations = False,
    as_json: AsJson = False,
) -> None:
    """Say how likely two names are one bearer's, and why; a name may begin with a hyphen."""
    from undaunted.cli.names_told import (  # noqa: PLC0415 - starts faster
        comparison_told,
        doubts_told,
        sentences,
        verdict_told,
    )
    from undaunted.engines.names import compare as compared  # noqa: PLC0415 - starts faster

    with _refusing():
        kind = _kind(organisations=organisations)
        one, other = _ready(left, kind), _ready(right, kind)
        found = compared(one, other, kind=kind)
    doubts = doubts_told(left, right)
    if as_json:
        told = {"left": left, "right": right, "unsure": doubts, **comparison_told(found)}
        _print_json(told)
        return
    typer.echo(f"{found.score:.3f}  {verdict_told(found.score, one, other)}")
    for sentence in (*doubts, *sentences(found.reasons)):
        _say(f"  {sentence}")


@commands.command(context_settings={"ignore_unknown_options": True})
def search(
    name: Annotated[str, typer.Argument(help="Whom to look for.")],
    against: Against,
    threshold: Threshold = REVIEWED,
    *,
    organisations: Organisations = False,
    as_json: AsJson = False,
) -> None:
    """Search a list for a name in any script; a name may begin with a hyphen."""
    from undaunted.cli.names_told import (  # noqa: PLC0415 - as above
        doubts_told,
        hit_sentences,
        hit_told,
        many,
        passed_told,
    )
    from undaunted.engines.names import Entry, look  # noqa: PLC0415 - starts faster

    with _refusing():
        kind = _kind(organisations=organisations) if organisations else None
        index, flagged, notes = _indexed(against, kind)
        sought = Entry(name, kind) if kind else name
        found = look(sought, index, threshold=threshold)
    _warn(against, flagged, notes)
    if as_json:
        rows = [asdict(each) for each in flagged]
        hits = [hit_told(hit, threshold) for hit in found.hits]
        told = {"name": name, "hits": hits, "flagged": rows}
        besides = {"unsure": doubts_told(name), "common": found.common, "more": found.more}
        _print_json({**told, **besides, "notes": list(notes)})
        return
    typer.echo(f"{len(found.hits)} of {many(len(index), 'name', 'names')} may be meant.")
    for hit in found.hits:
        known = f" ({hit.found.id})" if hit.found.id else ""
        _say(f"{hit.score:.3f}  row {hit.found.row}: {hit.found.name}{known}")
        for sentence in hit_sentences(hit, threshold):
            _say(f"         {sentence}")
    for sentence in (*passed_told(found.common, found.more), *doubts_told(name)):
        _say(sentence)


@commands.command()
def screen(  # noqa: PLR0913 - each is a choice of the reader
    file: Annotated[Path, typer.Argument(help="CSV of names to screen, with columns as a list.")],
    against: Against,
    out: Annotated[Path, typer.Option(help="CSV to write: hits with reasons, rows not screened.")],
    threshold: Threshold = REVIEWED,
    most: Annotated[int, typer.Option(min=1, help="Hits told of each row.")] = 20,
    *,
    organisations: Organisations = False,
) -> None:
    """Screen every row of a table against a list."""
    from undaunted.cli.names_screening import Run  # noqa: PLC0415 - starts faster
    from undaunted.cli.names_told import many, passed_told  # noqa: PLC0415 - starts faster

    with _refusing():
        demand_other(out, file, against, refusal=TableRefused)
        demand_csv(out)
        demand_writable(out, refusal=TableRefused)
        kind = _kind(organisations=organisations) if organisations else None
        with kept(file) as table:
            run = Run(table, kind, threshold, most)
            run.check()
            _warn(file, tuple(run.wrong), run.notes)
            index, run.unsearched, notes = _indexed(against, kind)
            _warn(against, run.unsearched, notes)

            def rest() -> tuple[Run, list[tuple[str, str]]]:
                return run, [*_of("columns", run.notes), *_of("columns on the list", notes)]

            write_screening(out, run.screened(index), rest, threshold)
    _warn(file, run.since, ())
    typer.echo(
        f"{many(run.asked, 'row', 'rows')} against {many(len(index), 'name', 'names')}: "
        f"{many(run.hits, 'hit', 'hits')} of {many(run.rows, 'row', 'rows')} in {out.name}. "
        "Each is a question for a person."
    )
    for sentence in passed_told(run.common, run.more):
        _say(sentence)


@commands.command()
def evaluate(
    pairs: Annotated[Path, typer.Argument(help="CSV: left, right, label (1 or 0), script, kind.")],
    threshold: Threshold = REVIEWED,
    *,
    organisations: Organisations = False,
    as_json: AsJson = False,
) -> None:
    """Say how well scores tell labelled pairs apart, overall and by script."""
    from undaunted.engines.names import evaluate as evaluated  # noqa: PLC0415 - starts faster

    with _refusing():
        kind = _kind(organisations=organisations)
        found = evaluated(read_pairs(pairs, kind), threshold=threshold)
    if as_json:
        _print_json(asdict(found))
        return
    from undaunted.cli.names_told import refused_told, show_evaluation  # noqa: PLC0415 - as above

    for sentence in refused_told(found.refused):
        _say(f"undaunted: {pairs}: {sentence}", err=True)
    show_evaluation(found)


def _kind(*, organisations: bool) -> Kind:
    from undaunted.engines.names import Kind  # noqa: PLC0415 - starts faster

    return Kind.ORGANISATION if organisations else Kind.PERSON


def _ready(name: str, kind: Kind) -> Prepared:
    """Make a name ready; one of a letter is refused as in a search: it is like any such."""
    from undaunted.engines.names import prepare, refusal_of  # noqa: PLC0415 - starts faster

    ready = prepare(name, kind)
    if refused := refusal_of(ready):
        raise TableRefused(f"{name!r:.100} is not compared: {refused}")
    return ready


def _indexed(file: Path, kind: Kind | None) -> tuple[Index, tuple[Flagged, ...], tuple[str, ...]]:
    from undaunted.engines.names import build_index  # noqa: PLC0415 - starts faster

    asked = read_entries(file, kind)
    index = build_index(asked.entries)
    flagged = tuple(sorted((*asked.flagged, *index.flagged), key=lambda each: each.row))
    return index, flagged, asked.notes


def _of(outcome: str, notes: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(outcome, note) for note in notes]


def _warn(file: Path, flagged: tuple[Flagged, ...], notes: tuple[str, ...]) -> None:
    """Tell of columns and rows: first rows that are not used, then those that are, by fault."""
    from undaunted.cli.names_told import summed_up  # noqa: PLC0415 - starts faster

    for sentence in (*notes, *summed_up(flagged)):
        _say(f"undaunted: {file}: {sentence}", err=True)


def _say(text: str, *, err: bool = False) -> None:
    """Print what tables and names say; what would command the terminal is shown instead."""
    from undaunted.cli.names_told import seen  # noqa: PLC0415 - starts faster

    typer.echo(seen(text), err=err)


def _print_json(told: object) -> None:
    from undaunted.cli.names_told import seen  # noqa: PLC0415 - starts faster

    lines = json.dumps(told, ensure_ascii=False, indent=2).splitlines(keepends=True)
    typer.echo("\n".join(seen(line.rstrip("\n")) for line in lines))
