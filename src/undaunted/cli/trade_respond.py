"""`undaunted trade respond`: the search for a response, over files, that can be broken off."""

from __future__ import annotations

import csv
from pathlib import Path  # noqa: TC003 - typer reads it
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from undaunted.cli.session import REFUSED, session

if TYPE_CHECKING:
    from undaunted.coercion.response.analysis.laying import Laid
    from undaunted.coercion.response.readers.fronts import Front, FrontPoint
    from undaunted.engines.trade import SearchState

__all__ = ["respond"]

FRONT, STATE, POINTS, TABLE = "front.json", "state.npz", "points", "points.csv"


def respond(
    question: Annotated[Path, typer.Argument(help="A question to the search, TOML.")],
    out: Annotated[Path, typer.Option(help="The folder to write to; a search goes on from there.")],
    *,
    point: Annotated[
        int | None, typer.Option(help="The point of the brief; without it the one in the bend.")
    ] = None,
    language: Annotated[str, typer.Option(help="Of the brief.")] = "en",
) -> None:
    """Search for the responses that no other beats, and write front, points and brief.

    A search that was broken off goes on where it stood, to the same end.
    """
    front = _found(question, out)
    _write_points(front, out)
    chosen = front.point(front.bend if point is None else point)
    if chosen is None:
        _refuse(f"point: {point} is not there; this front has points 1 to {len(front.points)}")
    _write_brief(front, chosen, out, language)
    told = front.points
    typer.echo(
        f"{len(told)} points; {front.question.coercer} loses {told[0].harm:.3f} % to "
        f"{told[-1].harm:.3f} %, partners lose {told[0].cost:.3f} % to {told[-1].cost:.3f} %. "
        f"Widest gap by the estimate: {front.gap:.3f} points of a per cent. Brief: point "
        f"{chosen.number}."
    )


def _found(question: Path, out: Path) -> Front:
    """Give the front that the folder holds for this question, or search for it."""
    from undaunted.coercion.exposure.readers import FileRefused  # noqa: PLC0415 - starts faster
    from undaunted.coercion.response.analysis.laying import laid_out  # noqa: PLC0415 - as above
    from undaunted.coercion.response.readers.fronts import (  # noqa: PLC0415 - as above
        FrontBroken,
        read_front,
    )
    from undaunted.coercion.response.readers.question import read_question  # noqa: PLC0415
    from undaunted.coercion.response.readers.scenario import ScenarioRefused  # noqa: PLC0415
    from undaunted.engines.trade import TradeError  # noqa: PLC0415 - as above

    try:
        laid = laid_out(read_question(question))
        out.mkdir(parents=True, exist_ok=True)
        if (out / FRONT).is_file():
            front = read_front((out / FRONT).read_text(encoding="utf-8"), where=FRONT)
            if front.digest == laid.digest:
                return front
            _refuse(f"{out}: holds the front of another question; name another folder")
        return _searched(laid, out)
    except ScenarioRefused as refusal:
        for problem in refusal.problems:
            typer.echo(f"undaunted: {refusal.where}: {problem}", err=True)
        raise typer.Exit(REFUSED) from None
    except (FileRefused, FrontBroken, TradeError, OSError) as refusal:
        _refuse(f"{question.name}: {refusal}")


def _searched(laid: Laid, out: Path) -> Front:
    from numpy.random import default_rng  # noqa: PLC0415, TID251 - a command, not an engine

    from undaunted.coercion.response.analysis.designing import (  # noqa: PLC0415 - starts faster
        front_of,
        search,
        still_open,
    )
    from undaunted.coercion.response.readers.fronts import written_front  # noqa: PLC0415
    from undaunted.config.progress import told_by_steps  # noqa: PLC0415 - as above

    state = _state(laid, out)
    with told_by_steps(lambda said: typer.echo(said, err=True)) as show:

        def heard(now: SearchState) -> None:
            _keep(laid, now, out)
            moved = int(now.moved.sum())
            show(f"{len(now.harm)} choices solved", moved, moved + max(1, still_open(now)))

        rng = default_rng(laid.question.seed)
        found = search(laid, rng=rng, state=state, progress=heard)
        front = front_of(laid, found, told=lambda done, every: show("bands", done, every))
    _replace(out / FRONT, written_front(front).encode())
    (out / STATE).unlink(missing_ok=True)
    return front


def _state(laid: Laid, out: Path) -> SearchState | None:
    """Give the state from which a search of this very question goes on."""
    from undaunted.coercion.response.analysis.keeping import (  # noqa: PLC0415 - starts faster
        StateBroken,
        StateOfAnother,
        kept_state,
    )

    try:
        return kept_state(out / STATE, laid.digest)
    except StateOfAnother:
        _refuse(f"{out}: holds a search for another question; name another folder")
    except StateBroken:
        _refuse(f"{out / STATE}: cannot be read; take it away, and the search begins anew")


def _keep(laid: Laid, state: SearchState, out: Path) -> None:
    from undaunted.coercion.response.analysis.keeping import keep_state  # noqa: PLC0415 - as above

    keep_state(out / STATE, laid.digest, state)


def _replace(path: Path, content: bytes) -> None:
    from undaunted.coercion.response.analysis.keeping import (  # noqa: PLC0415 - as above
        replace_file,
    )

    replace_file(path, content)


def _write_points(front: Front, out: Path) -> None:
    from undaunted.coercion.response.writers.scenarios import (  # noqa: PLC0415 - starts faster
        write_scenario,
    )
    from undaunted.core.evidence.rules import harmless  # noqa: PLC0415 - starts faster

    (out / POINTS).mkdir(exist_ok=True)
    for point in front.points:
        path = out / POINTS / f"{point.number:02}.toml"
        path.write_text(write_scenario(front, point), encoding="utf-8")
    with (out / TABLE).open("w", encoding="utf-8", newline="") as held:
        writer = csv.writer(held)
        head = ["point", "harm_pct", "cost_pct", "reply_pct", "more_pct", "residual", "members"]
        writer.writerow(head)
        for each in front.points:
            writer.writerow(
                [each.number, each.harm, each.cost, each.reply, each.more,
                 each.certificate.residual, harmless(" ".join(each.members))]
            )  # fmt: skip


def _write_brief(front: Front, point: FrontPoint, out: Path, language: str) -> None:
    from datetime import UTC, datetime  # noqa: PLC0415 - starts faster

    from undaunted.coercion.response.analysis.laying import laid_out  # noqa: PLC0415
    from undaunted.coercion.response.analysis.weighing import Told, weigh  # noqa: PLC0415 - as above

    weighed = weigh(laid_out(front.question), point, {})
    with session(None, database=False):
        from undaunted.coercion.response.analysis.briefing import (  # noqa: PLC0415 - needs Django
            MEDIA,
            draw_brief,
        )

        told = Told(front, point, weighed, {}, point.band)
        for media in MEDIA:
            made = draw_brief(told, language=language, media=media, at=datetime.now(UTC))
            _replace(out / f"brief.{media}", made)


def _refuse(said: str) -> NoReturn:
    typer.echo(f"undaunted: {said}", err=True)
    raise typer.Exit(REFUSED)
