"""A user's own tariffs of the benchmark year, laid on a table that has none.

Trade at the border stays as it is; spending, input costs and revenue rise by what is levied, and
value added falls by what producers pay on their inputs.
"""

from __future__ import annotations

import csv
import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from undaunted.coercion.exposure.readers.refusals import FileRefused
from undaunted.coercion.exposure.readers.worlds import world_of
from undaunted.engines.trade import WorldMalformed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from undaunted.engines.trade import World

__all__ = ["levied", "read_tariffs"]

COLUMNS = ("importer", "exporter", "sector", "rate")
ALL = "all"
LEAST, MOST = -100.0, 10_000.0


def read_tariffs(path: Path, world: World) -> NDArray[np.float64]:
    """Give tau[n, i, j] of a CSV file with rates in per cent; what it does not name is zero.

    `all` stands for every country or sector; a later row goes before an earlier one. Raises
    `FileRefused` naming file, row, column and rule.
    """
    tau = np.zeros_like(world.tariffs)
    for number, row in _rows(path):
        n = _places(path.name, number, "importer", row, world.regions)
        i = _places(path.name, number, "exporter", row, world.regions)
        j = _places(path.name, number, "sector", row, world.sectors)
        tau[np.ix_(n, i, j)] = _rate(path.name, number, row) / 100
    own = np.arange(len(world.regions))
    tau[own, own] = 0.0
    return tau


def levied(world: World, tau: NDArray[np.float64], *, where: str = "tariffs") -> World:
    """Give the world with tariffs laid on its trade. Raises `FileRefused`."""
    if world.tariffs.any():
        raise FileRefused(where, "the table has tariffs of its own; leave one of the two out")
    flows = world.trade_shares * world.expenditure[:, None, :]
    paid = flows * (1 + tau)
    spent = paid.sum(1)
    dearer = np.where(world.expenditure > 0, spent / np.where(spent > 0, world.expenditure, 1), 1)
    try:
        told, _ = world_of(
            regions=world.regions,
            sectors=world.sectors,
            trade_shares=paid / np.where(spent > 0, spent, 1)[:, None],
            input_shares=world.input_shares * dearer[:, :, None],
            expenditure=spent,
            elasticities=world.elasticities,
            tariffs=tau,
            name=world.name,
        )
    except WorldMalformed as fault:
        raise FileRefused(where, f"leaves nothing for whoever works: {fault}") from fault
    return replace(told, name=f"{world.name}, with tariffs of {where}")


def _rows(path: Path) -> Iterator[tuple[int, Mapping[str, str | None]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as held:
            rows = csv.DictReader(held)
            missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
            if missing:
                raise FileRefused(
                    path.name,
                    f"is missing; a header with {', '.join(COLUMNS)} is asked for",
                    column=missing[0],
                )
            yield from ((rows.line_num, row) for row in rows)
    except OSError as fault:
        raise FileRefused(path.name, fault.strerror or "cannot be read") from fault
    except (UnicodeDecodeError, csv.Error) as fault:
        raise FileRefused(path.name, "is no CSV in UTF-8") from fault


def _places(
    where: str, number: int, column: str, row: Mapping[str, str | None], known: Sequence[str]
) -> list[int]:
    told = (row[column] or "").strip()
    if told == ALL:
        return list(range(len(known)))
    if told not in known:
        raise FileRefused(
            where,
            f"{told!r} is not in the table; write one of its codes, as {known[0]}, or {ALL}",
            row=number,
            column=column,
        )
    return [known.index(told)]


def _rate(where: str, number: int, row: Mapping[str, str | None]) -> float:
    told = (row["rate"] or "").strip()
    try:
        rate = float(told)
    except ValueError:
        rate = math.nan
    if not LEAST < rate <= MOST:
        raise FileRefused(
            where,
            f"{told!r}: per cent above {LEAST:g} and up to {MOST:g} are asked for",
            row=number,
            column="rate",
        )
    return rate
