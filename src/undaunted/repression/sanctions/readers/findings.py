"""Findings about facts as a file: what was found, why, and on which sources."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

from undaunted.core.practices.rules.checking import choice_problems, extra_problems
from undaunted.core.standards.rules import Finding, Value
from undaunted.repression.sanctions.rules import RegisterBroken, facts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["LARGEST", "read_findings"]

LARGEST = 200_000
_KEYS = frozenset({"value", "reasons", "sources"})


def read_findings(content: bytes, *, name: str) -> Mapping[str, Finding]:
    """Give findings by fact. Raises `RegisterBroken` with everything that is wrong.

    TOML, a table a fact: `[torture]` with `value` (met, not_met, unclear), `reasons`, `sources`.
    """
    if len(content) > LARGEST:
        raise RegisterBroken(name, (f"is longer than {LARGEST} bytes; shorten the reasons",))
    try:
        held: dict[str, Any] = tomllib.loads(content.decode("utf-8"))
    except UnicodeDecodeError:
        raise RegisterBroken(name, ("is no UTF-8; save it anew as UTF-8",)) from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise RegisterBroken(name, (f"is no TOML: {error}; correct the line it names",)) from None
    problems = [each for fact, row in held.items() for each in _wrong(fact, row)]
    if problems:
        raise RegisterBroken(name, tuple(problems))
    return {
        fact: Finding(
            Value(row["value"]), tuple(row.get("reasons", ())), tuple(row.get("sources", ()))
        )
        for fact, row in held.items()
    }


def _wrong(fact: str, row: object) -> Iterator[str]:
    if fact not in facts():
        yield f"{fact}: is no fact; use {', '.join(facts())}"
    if not isinstance(row, dict):
        yield f'{fact}: write a table, as [{fact}] and below it value = "met"'
        return
    yield from extra_problems(fact, row, _KEYS)
    yield from choice_problems(f"{fact}, value", row.get("value"), Value)
    for key in ("reasons", "sources"):
        told = row.get(key, [])
        if not isinstance(told, list) or not all(isinstance(each, str) for each in told):
            yield f"{fact}, {key}: write a list of texts"
