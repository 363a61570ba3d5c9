"""Elements and injury as tables of a file, read for the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from undaunted.coercion.instruments.rules import (
    Element,
    ElementState,
    InstrumentRefused,
    MeasuredInjury,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["elements_of", "injury_told"]

_INJURY = ("low", "best", "high", "unit", "year", "source", "digest")


def elements_of(table: Mapping[str, Any]) -> list[Element]:
    """Give the elements of a file with `[[elements]]`. Raises `InstrumentRefused` by row."""
    rows = table.get("elements")
    if not isinstance(rows, list) or not rows:
        raise InstrumentRefused("elements: there are none; write one [[elements]] for each")
    problems = [each for number, row in enumerate(rows, 1) for each in _strange(number, row)]
    if problems:
        raise InstrumentRefused(*problems)
    return [
        Element(
            row["key"],
            ElementState(row["state"]),
            tuple(row.get("reasons", ())),
            tuple(row.get("sources", ())),
        )
        for row in rows
    ]


def injury_told(table: Mapping[str, Any]) -> MeasuredInjury:
    """Give the injury of a file. Raises `InstrumentRefused` with all that is missing or strange."""
    problems = [f"{name}: is missing; write it" for name in _INJURY if name not in table]
    problems += [
        f"{name}: {table[name]!r} is no number; correct it"
        for name in ("low", "best", "high", "year")
        if name in table and type(table[name]) not in {int, float}
    ]
    problems += [
        f"{name}: write a text"
        for name in ("unit", "source", "digest")
        if name in table and not isinstance(table[name], str)
    ]
    if problems:
        raise InstrumentRefused(*problems)
    told = {name: table[name] for name in _INJURY}
    numbers = {name: float(told.pop(name)) for name in ("low", "best", "high")}
    return MeasuredInjury(**numbers, **{**told, "year": int(told["year"])})


def _strange(number: int, row: object) -> Iterator[str]:
    if not isinstance(row, dict):
        yield f"element {number}: write a table with key, state, reasons and sources"
        return
    if not isinstance(row.get("key"), str):
        yield f"element {number}, key: is missing; write it"
    if row.get("state") not in set(ElementState):
        allowed = ", ".join(each.value for each in ElementState)
        yield f"element {number}, state: {row.get('state')!r} is none; use one of {allowed}"
    for name in ("reasons", "sources"):
        told = row.get(name, [])
        if not isinstance(told, list) or not all(isinstance(each, str) for each in told):
            yield f"element {number}, {name}: write a list of texts"
