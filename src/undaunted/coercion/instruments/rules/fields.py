"""The fields of a request, from a pack that lawyers can amend."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from undaunted.coercion.instruments.rules.elements import CONDITIONS, FACTORS
from undaunted.coercion.instruments.rules.refusals import PackBroken
from undaunted.coercion.instruments.rules.request import FieldKind, RequestField
from undaunted.core.practices.rules.checking import choice_problems, extra_problems, text_problems

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["GROUPS", "read_fields", "request_fields"]

GROUPS = ("who", "measure", "aim", "factors", "injury", "interest")
LONGEST = 300
_KEYS = frozenset(RequestField.__dataclass_fields__)


@cache
def request_fields() -> tuple[RequestField, ...]:
    """Give the fields of a request, in the order of its parts."""
    text = files("undaunted.coercion.instruments").joinpath("packs", "request.toml")
    return read_fields(text.read_text("utf-8"))


def read_fields(text: str) -> tuple[RequestField, ...]:
    """Give the fields that a pack describes. Raises `PackBroken` with all that is wrong."""
    rows: list[Mapping[str, Any]] = tomllib.loads(text).get("fields", [])
    problems = [problem for number, row in enumerate(rows, 1) for problem in _wrong(number, row)]
    keys = [row.get("key") for row in rows]
    problems += [f"{key}: stands twice" for key in dict.fromkeys(keys) if keys.count(key) > 1]
    if problems or not rows:
        raise PackBroken(*(problems or ("fields: write one [[fields]] table a field",)))
    return tuple(RequestField(**{**row, "kind": FieldKind(row["kind"])}) for row in rows)


def _wrong(number: int, row: Mapping[str, Any]) -> Iterator[str]:
    place = f"fields[{number}]"
    yield from extra_problems(place, row, _KEYS)
    for name in ("key", "title", "asks"):
        yield from text_problems(f"{place}, {name}", row.get(name), LONGEST)
    yield from choice_problems(f"{place}, group", row.get("group"), GROUPS)
    yield from choice_problems(f"{place}, kind", row.get("kind"), FieldKind)
    if "element" in row:
        elements = (*CONDITIONS, *FACTORS)
        yield from choice_problems(f"{place}, element", row["element"], elements)
    for name in ("needed", "identifies"):
        if not isinstance(row.get(name, False), bool):
            yield f"{place}, {name}: write true or false"
