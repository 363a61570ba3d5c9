"""The statements that come with this copy, and any file written in the same way."""

from __future__ import annotations

import json
import tomllib
from functools import cache
from typing import TYPE_CHECKING, Any

from undaunted.core.commitments.rules.catalogue import pack_texts
from undaunted.core.commitments.rules.reading import StatementBroken, read_statement

if TYPE_CHECKING:
    from collections.abc import Mapping

    from undaunted.core.commitments.rules.entry import Statement

__all__ = ["read_all", "read_json", "read_toml", "shipped_statements"]


@cache
def shipped_statements() -> tuple[Statement, ...]:
    """Give every statement of the shipped packs, by instrument, state and day."""
    found = [statement for name, text in pack_texts() for statement in read_toml(text, where=name)]
    return tuple(sorted(found, key=lambda each: (each.instrument, each.state, each.first_day)))


def read_toml(text: str, *, where: str) -> tuple[Statement, ...]:
    """Give the statements of a TOML text, or all that is wrong.

    Sources may stand once for the whole file; statements name them by id. An [instrument] of the
    file is where statements without one belong.
    """
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise StatementBroken(where, (f"not TOML: {error}; correct the line it names",)) from error
    instrument = data.pop("instrument", None)
    code = instrument.get("code") if isinstance(instrument, dict) else instrument
    shared = data.pop("sources", [])
    if data.keys() != {"statements"} or not isinstance(shared, list):
        raise StatementBroken(where, ("write one [[statements]] table each, and [[sources]]",))
    return read_all(data["statements"], where=where, shared=shared, instrument=code)


def read_json(text: str, *, where: str) -> tuple[Statement, ...]:
    """Give the statements of a JSON text as it is exported, or all that is wrong."""
    try:
        data = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise StatementBroken(where, (f"not JSON: {error}; export a file to see one",)) from error
    if not isinstance(data, dict) or not isinstance(data.get("statements"), list):
        raise StatementBroken(where, ('write {"statements": […]}; export a file to see one',))
    return read_all(data["statements"], where=where)


def read_all(
    rows: object, *, where: str, shared: list[Any] | None = None, instrument: str | None = None
) -> tuple[Statement, ...]:
    """Give the statements that `rows` describe; what is wrong is told with each one's number."""
    if not isinstance(rows, list) or not rows:
        raise StatementBroken(where, ("write at least one statement",))
    found: list[Statement] = []
    problems: list[str] = []
    for number, row in enumerate(rows, start=1):
        try:
            whole = _completed(row, shared or [], instrument)
            found.append(read_statement(whole, where=f"statement {number}"))
        except StatementBroken as broken:
            problems += [f"{broken.where}: {each}" for each in broken.problems]
    if problems:
        raise StatementBroken(where, tuple(problems))
    return tuple(found)


def _completed(row: object, shared: list[Any], instrument: str | None) -> object:
    """Give a row its own copy of what the file says once."""
    if not isinstance(row, dict):
        return row
    whole = dict(row)
    if instrument is not None:
        whole.setdefault("instrument", instrument)
    if "sources" not in whole and shared:
        named = _named(whole)
        whole["sources"] = [
            each for each in shared if isinstance(each, dict) and each.get("id") in named
        ]
    return whole


def _named(row: Mapping[str, Any]) -> set[object]:
    lists = [row.get("evidence")]
    features = row.get("features")
    if isinstance(features, list):
        lists += [each.get("sources") for each in features if isinstance(each, dict)]
    return {one for each in lists if isinstance(each, list) for one in each if isinstance(one, str)}
