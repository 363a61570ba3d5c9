"""Notices and comments from other installations: what a partner sends is read as a stranger's."""

from __future__ import annotations

import json
from typing import Any

__all__ = ["COMMENT", "NOTICE", "ExchangeUnreadable", "read_exchange"]

NOTICE, COMMENT = "screening.notice", "screening.comment"
WORDS = {
    NOTICE: ("notice", "case", "title", "jurisdiction", "origin", "message", "received_on"),
    COMMENT: ("notice", "case", "author", "kind", "text"),
}
LISTS = {
    "parties": ("role", "name", "identifier", "country", "source"),
    "stakes": ("owner", "owner_name", "owned", "owned_name", "right", "min", "max", "valid_from",
               "valid_to", "source", "row", "filed"),
    "factors": ("factor", "finding", "reasons"),
}  # fmt: skip
LONGEST, MOST = 8_000, 5_000


class ExchangeUnreadable(ValueError):
    """What arrived is no notice or comment; the message says what is wrong."""


def read_exchange(kind: str, content: bytes) -> dict[str, Any]:
    """Give what a notice or a comment says, and nothing else of it."""
    try:
        told = json.loads(content)
    except (ValueError, RecursionError) as problem:
        raise ExchangeUnreadable(f"it is no JSON: {problem}") from problem
    if not isinstance(told, dict) or told.get("format") != kind:
        raise ExchangeUnreadable(f"it is not of the format {kind}")
    read: dict[str, Any] = {name: _words(name, told.get(name)) for name in WORDS[kind]}
    if not read["notice"]:
        raise ExchangeUnreadable("notice: it is empty")
    if kind == NOTICE:
        read["fields"] = _fields(told.get("fields"))
        read["withheld"] = [_words("withheld", each) for each in _list("withheld", told)]
        for name, columns in LISTS.items():
            read[name] = [_row(name, each, columns) for each in _list(name, told)]
    return read


def _fields(told: object) -> dict[str, str]:
    if not isinstance(told, dict) or len(told) > MOST:
        raise ExchangeUnreadable("fields: they are no object")
    return {_words("fields", name): _words(name, value) for name, value in told.items()}


def _row(name: str, told: object, columns: tuple[str, ...]) -> dict[str, str]:
    if not isinstance(told, dict):
        raise ExchangeUnreadable(f"{name}: a row is no object")
    return {column: _words(column, told.get(column)) for column in columns}


def _list(name: str, told: dict[str, Any]) -> list[Any]:
    rows = told.get(name) or []
    if not isinstance(rows, list) or len(rows) > MOST:
        raise ExchangeUnreadable(f"{name}: it is no list of {MOST} at most")
    return rows


def _words(name: str, value: object) -> str:
    """Give one value as words; numbers and yes or no as JSON writes them."""
    if value is None:
        return ""
    if not isinstance(value, str | int | float):
        raise ExchangeUnreadable(f"{name[:60]}: it is neither words nor a number")
    said = value if isinstance(value, str) else json.dumps(value)
    if len(said) > LONGEST or any(sign == "\x00" or "\ud800" <= sign <= "\udfff" for sign in said):
        raise ExchangeUnreadable(f"{name[:60]}: it is too long, or holds signs that cannot be kept")
    return said
