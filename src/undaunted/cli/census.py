"""`undaunted census`: statistics over files, without a database."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path  # noqa: TC003 - typer reads it
from typing import TYPE_CHECKING, Annotated, Any

import typer

from undaunted.cli.overlap_file import OverlapFileRefused, read_overlaps
from undaunted.cli.session import REFUSED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undaunted.engines.census.overlap import Estimate, OverlapTable, PairEstimate

__all__ = ["commands"]

SHOWN = 8
"""So many models of each average are told; `--json` gives all."""
_PAIR = ("lists", "persons", "on both", "Chapman", "95 %")
_ALL = ("method", "everybody", "interval")

METHODS = {
    "log_linear_aic": "log-linear models, weighed by AIC",
    "log_linear_bic": "log-linear models, weighed by BIC",
    "decomposable_graphs": "decomposable graphs (Madigan and York 1997)",
}
REASONS = {
    "fewer_than_three_lists": "two lists cannot tell how much they lean on each other;"
    " three or more are needed",
    "more_than_five_lists": "five lists at most; join lists of one origin",
    "a_list_shares_too_few_persons_with_the_others": "a list shares too few persons with the"
    " others; leave it out or join it with another",
    "two_groups_of_lists_share_nobody": "the lists fall into groups that share nobody",
    "too_few_persons_are_on_more_than_one_list": "too few persons are on more than one list",
    "no_model_can_be_fitted": "no model can be fitted",
    "posterior_reaches_beyond_the_largest_number_allowed": "the lists do not bound the number",
    "posterior_is_narrower_than_the_steps_of_the_grid": "too many persons for the grid of numbers",
}
ASSUMED = """Experimental. It assumes one population on one date by one definition that nobody
enters or leaves, records of one person joined and no others, persons who differ only as the models
allow, and no dependence of all lists together beyond the models. Prisons are open populations. Such
estimates do not add up over countries."""

commands = typer.Typer(help="Statistics over files, without a database.", no_args_is_help=True)


@commands.callback()
def census() -> None:
    """Keep `overlap` a command of its own, beside those that come."""


@commands.command()
def overlap(  # noqa: PLR0913 - each is a choice of the reader
    file: Annotated[
        Path, typer.Argument(help="CSV: a column of 0 and 1 for each list, and one of persons.")
    ],
    count: Annotated[
        str, typer.Option(help="Column of persons; without it each row is one person.")
    ] = "n",
    order: Annotated[
        int, typer.Option(min=2, max=3, help="Up to how many lists a term joins (3: four lists).")
    ] = 2,
    replicates: Annotated[int, typer.Option(min=0, help="Samples behind the intervals.")] = 500,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the samples.")] = 1,
    *,
    parametric: Annotated[
        bool, typer.Option("--parametric", help="Sample from the models, not from the table.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Estimate from overlapping lists how many people are on none; two methods side by side."""
    from undaunted.engines.census import CensusError  # noqa: PLC0415 - starts faster

    try:
        table = read_overlaps(file, count)
        answers = _answers(table, order, _resampling(seed, replicates, parametric=parametric))
    except (OverlapFileRefused, CensusError) as refusal:
        typer.echo(f"undaunted: {file}: {refusal}", err=True)
        raise typer.Exit(REFUSED) from None
    pairs = _pairs(table)
    if as_json:
        typer.echo(json.dumps(_told(table, pairs, answers), ensure_ascii=False, indent=2))
    else:
        _show(table, pairs, answers)
    if all(answer.persons is None for answer in answers):
        raise typer.Exit(REFUSED)


def _resampling(seed: int, replicates: int, *, parametric: bool) -> Any:  # noqa: ANN401 - late import
    from numpy.random import default_rng  # noqa: PLC0415, TID251 - a command, not an engine

    from undaunted.engines.census.overlap import (  # noqa: PLC0415 - starts faster
        Resampling,
        ResamplingKind,
    )

    kind = ResamplingKind.PARAMETRIC if parametric else ResamplingKind.NON_PARAMETRIC
    return Resampling(default_rng(seed), replicates, kind)


def _answers(table: OverlapTable, order: int, resampling: Any) -> tuple[Estimate, ...]:  # noqa: ANN401
    from undaunted.engines.census.overlap import (  # noqa: PLC0415 - starts faster
        Fitting,
        graph_answer,
        log_linear_answers,
    )

    both = log_linear_answers(table, Fitting(order=order), resampling)
    return graph_answer(table), both.aic, both.bic


def _pairs(table: OverlapTable) -> tuple[PairEstimate, ...]:
    from undaunted.engines.census.overlap import pair_estimates  # noqa: PLC0415 - starts faster

    return pair_estimates(table)


def _told(
    table: OverlapTable, pairs: Iterable[PairEstimate], answers: Iterable[Estimate]
) -> dict[str, Any]:
    return {
        "lists": dict(zip(table.lists, table.on_each, strict=True)),
        "observed": table.observed,
        "on_several": table.on_several,
        "pairs": [asdict(pair) for pair in pairs],
        "estimates": [asdict(answer) for answer in answers],
    }


def _show(
    table: OverlapTable, pairs: Iterable[PairEstimate], answers: tuple[Estimate, ...]
) -> None:
    from rich.console import Console  # noqa: PLC0415 - starts faster

    from undaunted.site.terminal import print_table  # noqa: PLC0415 - starts faster

    console = Console()
    several = f"{table.on_several:,} on more than one"
    console.print(f"{table.observed:,} persons on {len(table.lists)} lists, {several}.")
    rows = []
    for pair in pairs:
        first, second = pair.lists
        sizes, bounds = f"{pair.first:,}, {pair.second:,}", _span(pair.low, pair.high)
        rows.append((f"{first}, {second}", sizes, f"{pair.both:,}", f"{pair.chapman:,.0f}", bounds))
    print_table(_PAIR, rows, title="Two at a time", console=console)
    found = []
    for answer in answers:
        number = "none" if answer.persons is None else f"{answer.persons:,.0f}"
        found.append((METHODS[answer.method], number, _interval(answer)))
    print_table(
        ("method", "everybody", "interval"),
        found,
        title="All lists (experimental)",
        console=console,
    )
    for reason in sorted({answer.reason for answer in answers if answer.reason}):
        console.print(f"No estimate: {REASONS[reason]}.")
    for answer in answers:
        if answer.reason is None:
            _show_models(answer, console)
    console.print(" ".join(ASSUMED.split()))


def _show_models(answer: Estimate, console: Any) -> None:  # noqa: ANN401 - late import
    from undaunted.site.terminal import print_table  # noqa: PLC0415 - starts faster

    rows = []
    for model in answer.models[:SHOWN]:
        alone = "not fitted" if model.persons is None else f"{model.persons:,.0f}"
        rows.append((model.name, f"{model.weight:.3f}", alone))
    heads = ("model", "weight", "alone")
    print_table(heads, rows, title=METHODS[answer.method], console=console)


def _interval(answer: Estimate) -> str:
    if answer.reason is not None:
        return "refused"
    if answer.low is None or answer.high is None:
        return "not asked for"
    return f"{answer.confidence:.0%}: {_span(answer.low, answer.high)}"


def _span(low: float, high: float) -> str:
    return f"{low:,.0f} to {high:,.0f}"
