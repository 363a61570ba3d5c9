"""Adding many rows with one statement a table, under row security.

`COPY` is refused on tables with row security, and a statement a row costs a round trip each: the
columns go over as arrays and `unnest` turns them back into rows. Every policy and constraint holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.db.backends.utils import CursorWrapper

__all__ = ["add_rows", "array_text", "change_rows"]


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
    names = ", ".join(f'"{name}"' for name in (*columns, *same))
    values = [_value(number, type_) for number, type_ in enumerate(columns.values())]
    values += [f"%s::{type_}" for type_, _ in same.values()]
    source, parameters = _unnested(columns, rows)
    cursor.execute(
        f'INSERT INTO "{table}" ({names}) SELECT {", ".join(values)} FROM {source}',  # noqa: S608 - names from code
        [*(value for _, value in same.values()), *parameters],
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
    source, parameters = _unnested(columns, rows)
    cursor.execute(
        f'UPDATE "{table}" t SET {changes} FROM {source} WHERE t."{key}" = u.c0',  # noqa: S608 - names from code
        parameters,
    )
    return cursor.rowcount


def array_text(values: Iterable[object]) -> str:
    """Write values as the text of an SQL array."""
    quoted = (str(value).replace("\\", "\\\\").replace('"', '\\"') for value in values)
    return "{" + ",".join(f'"{value}"' for value in quoted) + "}"


def _unnested(
    columns: Mapping[str, str], rows: Sequence[Sequence[Any]]
) -> tuple[str, list[list[Any]]]:
    arrays = ", ".join(f"%s::{_carried(type_)}[]" for type_ in columns.values())
    names = ", ".join(f"c{number}" for number in range(len(columns)))
    return f"unnest({arrays}) AS u({names})", [list(column) for column in zip(*rows, strict=True)]


def _carried(type_: str) -> str:
    return "text" if type_.endswith("[]") else type_


def _value(number: int, type_: str) -> str:
    return f"u.c{number}::{type_}" if type_.endswith("[]") else f"u.c{number}"
