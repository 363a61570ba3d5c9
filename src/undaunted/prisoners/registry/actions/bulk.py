"""Adding many rows with one statement a table, under row security.

`COPY` is refused on tables with row security, and a statement a row costs a round trip each: the
columns go over as arrays and `unnest` turns them back into rows. Every policy and constraint holds.
Arrays are written here, because the driver looks at every element with a regular expression; a
column in which all rows agree goes over as one value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.db.backends.utils import CursorWrapper

__all__ = ["add_rows", "array_text", "change_rows"]

_PLAIN: Final = frozenset({"uuid", "date", "integer", "boolean"})
"""Types whose values never need quotes inside an array."""


def add_rows(
    cursor: CursorWrapper,
    table: str,
    columns: Mapping[str, str],
    rows: Sequence[Sequence[Any]],
    same: Mapping[str, tuple[str, Any]],
) -> None:
    """Insert `rows`; `columns` gives names and types in order, `same` what all rows share.

    A column of an array type takes its values as `array_text`.
    """
    if not rows:
        return
    shared = dict(same)
    spread: dict[str, tuple[str, Sequence[Any]]] = {}
    for (name, type_), values in zip(columns.items(), zip(*rows, strict=True), strict=True):
        if type_ != "uuid" and values.count(values[0]) == len(values):
            shared[name] = (type_, values[0])
        else:
            spread[name] = (type_, values)
    names = ", ".join(f'"{name}"' for name in (*spread, *shared))
    taken = [_value(number, type_) for number, (type_, _) in enumerate(spread.values())]
    taken += [f"%s::{type_}" for type_, _ in shared.values()]
    source, parameters = _unnested(spread.values())
    cursor.execute(
        f'INSERT INTO "{table}" ({names}) SELECT {", ".join(taken)} FROM {source}',  # noqa: S608 - names from code
        [*(value for _, value in shared.values()), *parameters],
    )


def change_rows(
    cursor: CursorWrapper, table: str, columns: Mapping[str, str], rows: Sequence[Sequence[Any]]
) -> int:
    """Update rows by their first column, the key; gives how many were there and allowed."""
    if not rows:
        return 0
    key, *rest = columns
    types = list(columns.values())
    changes = ", ".join(
        f'"{name}" = {_value(number, types[number])}' for number, name in enumerate(rest, 1)
    )
    source, parameters = _unnested(zip(types, zip(*rows, strict=True), strict=True))
    cursor.execute(
        f'UPDATE "{table}" t SET {changes} FROM {source} WHERE t."{key}" = u.c0',  # noqa: S608 - names from code
        parameters,
    )
    return int(cursor.rowcount)


def array_text(values: Iterable[object]) -> str:
    """Write values as the text of an SQL array; None becomes NULL."""
    simple = _simple_array(values) if isinstance(values, tuple) else ""
    return simple or f"{{{','.join([_element(one) for one in values])}}}"


def _unnested(columns: Iterable[tuple[str, Sequence[Any]]]) -> tuple[str, list[str]]:
    arrays, parameters = [], []
    for type_, values in columns:
        arrays.append(f"%s::{_carried(type_)}[]")
        parameters.append(_plain_array(values) if type_ in _PLAIN else array_text(values))
    names = ", ".join(f"c{number}" for number in range(len(arrays)))
    return f"unnest({', '.join(arrays)}) AS u({names})", parameters


def _simple_array(values: tuple[Any, ...]) -> str:
    """Quote texts that need no escape in one go; "" where one does, or is no text."""
    try:
        joined = '","'.join(values)
    except TypeError:
        return ""
    simple = values and "\\" not in joined and joined.count('"') == 2 * len(values) - 2
    return f'{{"{joined}"}}' if simple else ""


def _plain_array(values: Sequence[Any]) -> str:
    try:
        return f"{{{','.join(values)}}}"
    except TypeError:  # not all are texts
        return "{" + ",".join(["NULL" if one is None else str(one) for one in values]) + "}"


def _element(value: object) -> str:
    if value is None:
        return "NULL"
    text = str(value)
    if "\\" in text or '"' in text:
        text = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'


def _carried(type_: str) -> str:
    return "text" if type_.endswith("[]") else type_


def _value(number: int, type_: str) -> str:
    return f"u.c{number}::{type_}" if type_.endswith("[]") else f"u.c{number}"
