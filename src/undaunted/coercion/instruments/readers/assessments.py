"""Elements as tables of a file, read for the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from undaunted.coercion.instruments.rules import (
    Element,
    ElementState,
    InstrumentRefused,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["elements_of"]


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
