"""Injuries and effects as they stand in files: written out, or taken from a scenario's results.

Results are what `undaunted trade simulate --json --draws N` gives: changes of real income by
country, at the set's elasticities and by quantiles of drawn ones. A loss is the change times the
income that the file states, or, with `of`, times the final spending in the result itself; its
interval runs from the 5th to the 95th quantile.
"""

from __future__ import annotations

import json
import tomllib
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from undaunted.coercion.instruments.readers.json_texts import json_of
from undaunted.coercion.instruments.readers.refusals import FileRefused
from undaunted.coercion.instruments.readers.scenarios import result_of_scenario
from undaunted.coercion.instruments.rules import (
    Effect,
    MeasuredInjury,
    MeasureRefused,
    check_effect,
    check_injury,
    together,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["effect_of", "read_injury"]

LOWEST, HIGHEST, BEST = "p95", "p5", "real_income_pct"
"""The least loss of income is its highest quantile."""
_TEXTS: Final = ("unit", "source")
_NUMBERS: Final = ("low", "best", "high")
_OF: Final = frozenset({"of", "result", "digest"})
_KEYS: Final = frozenset({*_TEXTS, *_NUMBERS, "year", "digest", "result", "income"})


def read_injury(path: Path, *, attached: bool = True) -> MeasuredInjury:
    """Read an injury (TOML or JSON); its digest is that of the results that it names.

    One that is not `attached` needs no digest, and names no results. Raises `FileRefused` with all
    that is wrong.
    """
    row = _table(path)
    if not attached and "result" in row:
        raise FileRefused(
            path.name, f"result: attach {row['result']} itself, and its figures are read from it"
        )
    told, digest = _estimate(row, path.parent, path.name)
    named = row.get("digest", "")
    if digest and named and named.lower() != digest:
        raise FileRefused(
            path.name, f"digest: {row['result']} has another, {digest}; attach the results it means"
        )
    injury = MeasuredInjury(
        told.low, told.best, told.high, told.unit, told.year, told.source, digest or str(named)
    )
    try:
        check_injury(injury, attached=attached)
    except MeasureRefused as refused:
        raise FileRefused(path.name, *refused.problems) from refused
    return injury


def effect_of(row: object, folder: Path, *, where: str) -> Effect:
    """Give the effect that a table describes. Raises `FileRefused` with all that is wrong."""
    if not isinstance(row, dict):
        raise FileRefused(where, "effect: write a table with low, best, high, unit, year, source")
    told, _ = _estimate(row, folder, where)
    try:
        check_effect(told)
    except MeasureRefused as refused:
        raise FileRefused(where, *refused.problems) from refused
    return told


def _table(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8-sig")
        held = tomllib.loads(text) if path.suffix.lower() == ".toml" else json.loads(text)
    except OSError as error:
        raise FileRefused(path.name, f"cannot be opened: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise FileRefused(path.name, f"is neither TOML nor JSON: {error}") from error
    if not isinstance(held, dict):
        raise FileRefused(path.name, "write a table with low, best, high, unit, year, source")
    return held


def _estimate(row: Mapping[str, Any], folder: Path, where: str) -> tuple[Effect, str]:
    if "of" in row:
        return _read_of(row, folder, where)
    problems = [f"{key}: is no key here; remove it" for key in sorted(set(row) - _KEYS)]
    problems += [f"{name}: write a text" for name in _TEXTS if not isinstance(row.get(name), str)]
    if isinstance(row.get("year"), bool) or not isinstance(row.get("year"), int):
        problems.append("year: write a year, as 2025")
    if not isinstance(row.get("digest", ""), str):
        problems.append("digest: write a text")
    if "result" not in row:
        problems += [f"{name}: write a number" for name in _NUMBERS if not _number(row.get(name))]
    elif not isinstance(row["result"], str) or not _incomes(row.get("income")):
        problems.append("result, income: name the file, and give each country's income as a number")
    elif set(_NUMBERS) & set(row):
        problems.append("low, best, high: follow from the result; leave them out")
    if problems:
        raise FileRefused(where, *problems)
    digest = ""
    if "result" in row:
        (low, best, high), digest = _losses(row, folder, where)
    else:
        low, best, high = (float(row[name]) for name in _NUMBERS)
    return Effect(low, best, high, row["unit"], row["year"], row["source"]), digest


def _read_of(row: Mapping[str, Any], folder: Path, where: str) -> tuple[Effect, str]:
    """Read the loss of the countries that are named, in the money of the result itself."""
    of, named = row["of"], row.get("result")
    problems = [f"{key}: follows from the result; leave it out" for key in sorted(set(row) - _OF)]
    if not isinstance(of, list) or not of or not all(isinstance(each, str) for each in of):
        problems.append('of: write a list of the countries whose loss it is, as ["XZU"]')
    if not isinstance(named, str):
        problems.append("result: name the file")
    if problems:
        raise FileRefused(where, *problems)
    try:
        result = result_of_scenario(str(named), (folder / str(named)).read_bytes())
    except OSError as error:
        raise FileRefused(where, f"result: {named} cannot be opened: {error.strerror}") from error
    unknown = ", ".join(sorted(set(of) - set(result.losses)))
    if unknown:
        raise FileRefused(where, f"of: {named} does not tell the loss of {unknown}; correct it")
    low, best, high = together(
        [each / 100 * result.spent[code] for each in result.losses[code]]
        for code in sorted(set(of))
    )
    source = (
        f"Scenario \u201c{result.name}\u201d: loss of real income of {', '.join(sorted(set(of)))} "
        f"in the money of its own table, {result.table} ({result.draws} drawn sets)"
    )
    low, best, high = sorted(max(0.0, each) for each in (low, best, high))
    return Effect(low, best, high, result.unit, result.year, source), result.digest


def _losses(
    row: Mapping[str, Any], folder: Path, where: str
) -> tuple[tuple[float, float, float], str]:
    """Add up the losses of the countries whose incomes are given; a gain is no loss below nought.

    Where the set's own answer lies beyond the quantiles, the interval is drawn out to it.
    """
    try:
        content = (folder / row["result"]).read_bytes()
        held = json_of(row["result"], content)
        best = {code: held[BEST][code] for code in row["income"]}
        drawn = {code: held["draws"][BEST][code] for code in row["income"]}
        parts = [
            (drawn[code][LOWEST], best[code], drawn[code][HIGHEST], income)
            for code, income in row["income"].items()
        ]
    except OSError as error:
        raise FileRefused(
            where, f"result: {row['result']} cannot be opened: {error.strerror}"
        ) from error
    except FileRefused as refused:
        raise FileRefused(where, str(refused)) from refused
    except (ValueError, KeyError, TypeError) as error:
        raise FileRefused(
            where,
            f"result: {row['result']} does not tell real income and its quantiles for every "
            "country of income; write it with undaunted trade simulate --json --draws",
        ) from error
    sums = sorted(max(0.0, -sum(each[end] * each[3] for each in parts) / 100) for end in range(3))
    return (sums[0], sums[1], sums[2]), sha256(content).hexdigest()


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _incomes(value: object) -> bool:
    return isinstance(value, dict) and bool(value) and all(map(_number, value.values()))
