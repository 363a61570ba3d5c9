"""`undaunted ownership`: who owns and controls whom, over files, without a database."""

from __future__ import annotations

import json
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from undaunted.cli.outputs import demand_other
from undaunted.cli.session import REFUSED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from undaunted.coercion.screening.readers import Loaded
    from undaunted.engines.ownership import Graph, Stakes, Threshold

__all__ = ["commands"]

SHOWN = 20
"""So many lines of each kind are told; `--json` gives every one."""

commands = typer.Typer(
    help="Ownership: who owns and controls whom. Over files, without a database.",
    no_args_is_help=True,
)

File = Annotated[Path, typer.Argument(help="A file of stakes.")]
Day = Annotated[str | None, typer.Option("--as-of", help="What held on this day; else today.")]
Known = Annotated[
    str | None, typer.Option("--known-at", help="What the file said on this day; else now.")
]
Named = Annotated[str | None, typer.Option("--format", help="Format or mapping; else by its look.")]
AsJson = Annotated[bool, typer.Option("--json", help="For programs.")]
Layer = Annotated[
    str, typer.Option("--right", help="votes (equity where no votes are stated) or one kind.")
]
Share = Annotated[float, typer.Option("--threshold", help="Exceeded by what controls; 0 to 1.")]
Reached = Annotated[bool, typer.Option("--reached", help="The threshold need only be reached.")]


@commands.command()
def control(  # noqa: PLR0913 - its options
    file: File,
    *,
    seed: Annotated[list[str], typer.Option(help="An owner; several act as one.")],
    threshold: Share = 0.5,
    reached: Reached = False,
    as_of: Day = None,
    known_at: Known = None,
    right: Layer = "votes",
    proof: Annotated[bool, typer.Option("--proof", help="The stakes that carry each.")] = False,
    format_name: Named = None,
    as_json: AsJson = False,
) -> None:
    """Tell what owners must control, and what they may, whatever the shares are in their ranges."""
    from undaunted.cli.ownership_told import control_told, show_control  # noqa: PLC0415
    from undaunted.engines.ownership import control as controlled  # noqa: PLC0415

    with _refusals(file):
        loaded, asked = _loaded(file, format_name), _threshold(threshold, reached=reached)
        graph, day = _graph(loaded, as_of, known_at, right)
        found = controlled(graph, seed, asked)
    told = {"as_of": day.isoformat(), "right": right} | control_told(found, proofs=proof)
    if as_json:
        _tell(told | _beside(loaded))
    else:
        show_control(told)
        _warn(loaded)


@commands.command()
def prove(  # noqa: PLR0913 - its options
    file: File,
    *,
    owner: Annotated[list[str], typer.Option(help="An owner; several act as one.")],
    company: Annotated[str, typer.Option(help="The company that is asked about.")],
    threshold: Share = 0.5,
    reached: Reached = False,
    as_of: Day = None,
    known_at: Known = None,
    right: Layer = "votes",
    format_name: Named = None,
    as_json: AsJson = False,
) -> None:
    """Tell why a company is controlled: a least set of stakes, in sentences; or what is lacking."""
    from undaunted.cli.ownership_told import proof_told  # noqa: PLC0415
    from undaunted.engines.ownership import control as controlled  # noqa: PLC0415

    with _refusals(file):
        loaded, asked = _loaded(file, format_name), _threshold(threshold, reached=reached)
        graph, day = _graph(loaded, as_of, known_at, right)
        found = controlled(graph, owner, asked)
        told = proof_told(found, graph.parties.number_of(company))
    if as_json:
        _tell({"as_of": day.isoformat(), "right": right} | told | _beside(loaded))
        return
    for sentence in told["sentences"]:
        typer.echo(sentence)
    _warn(loaded)


@commands.command()
def integrated(  # noqa: PLR0913 - its options
    file: File,
    *,
    owner: Annotated[list[str], typer.Option(help="An owner; several act as one.")],
    as_of: Day = None,
    known_at: Known = None,
    right: Layer = "equity",
    format_name: Named = None,
    as_json: AsJson = False,
) -> None:
    """Tell what part of each company's cash flow ends with owners, through every chain."""
    from undaunted.cli.ownership_measures import integrated_told, show_shares  # noqa: PLC0415

    with _refusals(file):
        loaded = _loaded(file, format_name)
        graph, day = _graph(loaded, as_of, known_at, right)
        told = integrated_told(graph, owner)
    if as_json:
        _tell({"as_of": day.isoformat(), "right": right} | told | _beside(loaded))
        return
    show_shares(told)
    _warn(loaded)


@commands.command()
def exposure(  # noqa: PLR0913 - its options
    file: File,
    *,
    assets: Annotated[Path, typer.Option(help="Capacities: company, sector, capacity, unit.")],
    sector: Annotated[str, typer.Option(help="As the file of capacities has it.")],
    state: Annotated[list[str] | None, typer.Option(help="A state; else every state.")] = None,
    filing: Annotated[Path | None, typer.Option(help="Stakes after a deal, to compare.")] = None,
    threshold: Share = 0.5,
    reached: Reached = False,
    as_of: Day = None,
    known_at: Known = None,
    right: Layer = "votes",
    format_name: Named = None,
    as_json: AsJson = False,
) -> None:
    """Tell how much of a sector's capacity each state controls, before and after a filing."""
    from undaunted.cli.ownership_assets import read_assets  # noqa: PLC0415 - starts faster
    from undaunted.cli.ownership_measures import (  # noqa: PLC0415 - as above
        exposure_told,
        filed,
        show_exposure,
    )

    with _refusals(file):
        loaded, asked = _loaded(file, format_name), _threshold(threshold, reached=reached)
        stakes, day = _stakes(loaded, as_of, known_at)
        tables, notes, deal = {"before": stakes}, list[str](), None
        if filing is not None:
            deal = _loaded(filing, format_name)
            tables, notes = filed(stakes, deal, day)
        graphs = {moment: _layer(each, right) for moment, each in tables.items()}
        held = read_assets(assets, sector, graphs["before"].parties)
        told: dict[str, Any] = {"as_of": day.isoformat(), "sector": sector}
        told |= exposure_told(graphs, held, asked, state or [])
    if as_json:
        told |= _beside(loaded)
        told["notes"] = [*told["notes"], *notes, *held.notes]
        _tell(told if deal is None else told | {"filing": _beside(deal)})
        return
    show_exposure(told)
    _warn(loaded)
    if deal is not None:
        _warn(deal)
    for note in (*notes, *held.notes):
        typer.echo(f"undaunted: {note}", err=True)


@commands.command()
def readings(  # noqa: PLR0913 - its options
    file: File,
    *,
    owner: Annotated[list[str], typer.Option(help="An owner; several act as one.")],
    company: Annotated[str, typer.Option(help="The company that is asked about.")],
    measure: Annotated[
        list[str] | None, typer.Option(help="One of the tests or measures; else every test.")
    ] = None,
    as_of: Day = None,
    known_at: Known = None,
    format_name: Named = None,
    as_json: AsJson = False,
) -> None:
    """Tell what each law says of owners and a company: CFIUS, the United Kingdom, article 10."""
    from undaunted.cli.ownership_readings import readings_told, show_readings  # noqa: PLC0415

    with _refusals(file):
        loaded = _loaded(file, format_name)
        graph, day = _graph(loaded, as_of, known_at, "votes")
        told = {"as_of": day.isoformat()} | readings_told(graph, owner, company, measure or [])
    if as_json:
        _tell(told | _beside(loaded))
    else:
        show_readings(told)
        _warn(loaded)


@commands.command()
def draw(  # noqa: PLR0913 - its options
    file: File,
    *,
    company: Annotated[str, typer.Option(help="The company that is asked about.")],
    seed: Annotated[list[str], typer.Option(help="An owner; several act as one.")],
    out: Annotated[Path, typer.Option(help="Where the picture goes, as SVG.")],
    threshold: Share = 0.5,
    reached: Reached = False,
    as_of: Day = None,
    known_at: Known = None,
    right: Layer = "votes",
    opened: Annotated[
        list[str] | None, typer.Option("--open", help="A company whose holders are all drawn.")
    ] = None,
    every: Annotated[bool, typer.Option("--every", help="Draw everybody above it.")] = False,
    language: Annotated[str, typer.Option(help="Of the words, as fr or ar.")] = "en",
    format_name: Named = None,
) -> None:
    """Draw everybody above a company, the stakes that carry the answer emphasised."""
    from undaunted.cli.ownership_draw import draw_picture  # noqa: PLC0415 - starts faster
    from undaunted.coercion.screening.analysis.asking import Asked  # noqa: PLC0415 - as above

    with _refusals(file):
        loaded = _loaded(file, format_name, out)
        day = datetime.now(UTC).date() if as_of is None else _day(as_of, "--as-of")
        known = None if known_at is None else _day(known_at, "--known-at")
        asked = Asked(company, tuple(seed), day, known, right, threshold, reached)
        told = draw_picture(
            loaded.questioned(known),
            asked,
            out,
            opened=opened or (),
            every=every,
            language=language,
        )
    for sentence in told:
        typer.echo(sentence)
    _warn(loaded)


@commands.command()
def pairs(
    file: Annotated[Path, typer.Argument(help="Parquet or CSV: owner, owned, share; numbered.")],
    *,
    out: Annotated[Path, typer.Option(help="Where the pairs go, as Parquet.")],
    threshold: Share = 0.5,
    reached: Reached = False,
) -> None:
    """Write what every owner controls by itself, among exact stakes of up to 200 million."""
    from undaunted.cli.ownership_pairs import write_pairs  # noqa: PLC0415 - starts faster

    with _refusals(file):
        typer.echo(write_pairs(file, out, _threshold(threshold, reached=reached)))


@commands.command()
def write(
    file: File,
    *,
    out: Annotated[Path, typer.Option(help="Where the statements go, as JSON.")],
    publisher: Annotated[str, typer.Option(help="Who tells them.")],
    format_name: Named = None,
) -> None:
    """Write the stakes of a file as statements of the Beneficial Ownership Data Standard 0.4."""
    from undaunted.cli.ownership_statements import write_statements  # noqa: PLC0415

    with _refusals(file):
        loaded = _loaded(file, format_name, out)
        typer.echo(write_statements(loaded, out, publisher, datetime.now(UTC).date()))
    _warn(loaded)


@commands.command()
def validate(file: File, *, format_name: Named = None, as_json: AsJson = False) -> None:
    """Tell what is wrong with a file of stakes, by row and rule; 1 where anything is."""
    from undaunted.cli.ownership_told import below_told  # noqa: PLC0415 - starts faster

    with _refusals(file):
        loaded = _loaded(file, format_name)
    below = below_told(loaded.stakes)
    if as_json:
        told = {"rows": loaded.rows, "stakes": len(loaded.stakes), "below_whole": below}
        _tell(told | _beside(loaded))
    else:
        for finding in loaded.findings:
            typer.echo(f"{file.name}, {finding}")
        for note in loaded.notes:
            typer.echo(f"{file.name}: {note}")
        for each in below[:SHOWN]:
            typer.echo(
                f"{file.name}: {each['company']}: the stakes of {each['kind']} tell "
                f"{100 * each['at_most']:.9g} % at most; others hold the rest, which is no fault"
            )
        if len(below) > SHOWN:
            typer.echo(f"{file.name}: so it is with {len(below) - SHOWN} companies more")
        typer.echo(f"{loaded.rows} rows, {len(loaded.stakes)} stakes, "
                   f"{len(loaded.findings)} findings.")  # fmt: skip
    raise typer.Exit(1 if loaded.findings else 0)


@contextmanager
def _refusals(file: Path) -> Iterator[None]:
    """Tell what was refused, with a status, in place of a trace."""
    from undaunted.coercion.screening.readers import FileRefused  # noqa: PLC0415 - starts faster
    from undaunted.engines.ownership import OwnershipError  # noqa: PLC0415 - starts faster

    try:
        yield
    except FileRefused as refusal:
        typer.echo(f"undaunted: {refusal}", err=True)
        raise typer.Exit(REFUSED) from None
    except OwnershipError as refusal:
        typer.echo(f"undaunted: {file.name}: {refusal}", err=True)
        raise typer.Exit(REFUSED) from None


def _loaded(file: Path, name: str | None, out: Path | None = None) -> Loaded:
    from undaunted.coercion.screening.readers import FileRefused, read_stakes  # noqa: PLC0415

    if out is not None:
        demand_other(out, file, *([Path(name)] if name else []), refusal=FileRefused)
    return read_stakes(file, name)


def _graph(
    loaded: Loaded, as_of: str | None, known_at: str | None, right: str
) -> tuple[Graph, date]:
    stakes, day = _stakes(loaded, as_of, known_at)
    return _layer(stakes, right), day


def _stakes(loaded: Loaded, as_of: str | None, known_at: str | None) -> tuple[Stakes, date]:
    """Give what held on the day, by what the file says now or said then; refused where cut."""
    day = datetime.now(UTC).date() if as_of is None else _day(as_of, "--as-of")
    known = None if known_at is None else _day(known_at, "--known-at")
    return loaded.questioned(known).as_of(day), day


def _layer(stakes: Stakes, right: str) -> Graph:
    from undaunted.engines.ownership import Right, layer_graph, votes_graph  # noqa: PLC0415

    if right == "votes":
        return votes_graph(stakes)
    layers = {each.name.lower(): each for each in Right}
    if right not in layers:
        _refuse(f"--right is one of {', '.join(layers)}")
    return layer_graph(stakes, layers[right])


def _threshold(part: float, *, reached: bool) -> Threshold:
    from undaunted.engines.ownership import threshold_of  # noqa: PLC0415 - starts faster

    return threshold_of(part, reached=reached)


def _day(text: str, option: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        _refuse(f"{option} is a day, as 2026-11-26")
        raise


def _refuse(sentence: str) -> None:
    typer.echo(f"undaunted: {sentence}", err=True)
    raise typer.Exit(REFUSED)


def _beside(loaded: Loaded) -> dict[str, Any]:
    from undaunted.coercion.screening.analysis.telling import findings_of  # noqa: PLC0415

    told = findings_of(loaded)
    del told["rows"]
    return told


def _warn(loaded: Loaded) -> None:
    """Tell the first findings aside, and how many there are."""
    lines: Sequence[object] = (*loaded.findings, *loaded.notes)
    for line in lines[:SHOWN]:
        typer.echo(f"undaunted: {loaded.name}, {line}", err=True)
    if len(lines) > SHOWN:
        more = len(lines) - SHOWN
        typer.echo(f"undaunted: {more} more; `undaunted ownership validate` tells all", err=True)


def _tell(told: dict[str, Any]) -> None:
    typer.echo(json.dumps(told, ensure_ascii=False, allow_nan=False, indent=2))
