"""What a decision may rest on, and what a notification holds: catalogues lawyers can amend."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from undaunted.coercion.screening.rules.pack_reading import (
    PackBroken,
    extra_problems,
    parsed,
    rows_of,
    source_of,
    source_problems,
    text_problems,
)
from undaunted.coercion.screening.rules.terms import Factor, Field

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from undaunted.coercion.screening.rules.terms import Regime

__all__ = ["ABOUT", "factors_for", "fields", "read_factors", "read_fields"]

ABOUT = ("target", "investor", "deal")
_FACTOR = frozenset({"code", "title", "about", "source"})
_FIELD = frozenset({"code", "title", "required", "disclosed", "source"})


def factors_for(regime: Regime) -> tuple[Factor, ...]:
    """Give the factors of a regime, in the order of its law."""
    return _factors()[regime.key]


@cache
def fields() -> tuple[Field, ...]:
    """Give the pieces of a notification, in the order of article 9(2)."""
    return read_fields("filing.toml", _text("filing.toml"))


@cache
def _factors() -> Mapping[str, tuple[Factor, ...]]:
    return read_factors("factors.toml", _text("factors.toml"))


def read_factors(where: str, text: str) -> Mapping[str, tuple[Factor, ...]]:
    """Read factors by regime. Raises `PackBroken` with all that is wrong."""
    data = parsed(where, text)
    problems = tuple(_factor_problems(data))
    if problems:
        raise PackBroken(where, problems)
    return {
        regime: tuple(
            Factor(**row | {"source": source_of(row["source"])}) for row in each["factors"]
        )
        for each in data["sets"]
        for regime in each["regimes"]
    }


def read_fields(where: str, text: str) -> tuple[Field, ...]:
    """Read the pieces of a notification. Raises `PackBroken` with all that is wrong."""
    data = parsed(where, text)
    rows = rows_of(data, "fields")
    problems = tuple(
        problem
        for number, row in enumerate(rows, start=1)
        for problem in _field_problems(f"fields[{number}]", row)
    )
    if problems or not rows:
        raise PackBroken(where, problems or ("fields: write at least one [[fields]] table",))
    return tuple(Field(**row | {"source": source_of(row["source"])}) for row in rows)


def _factor_problems(data: Mapping[str, Any]) -> Iterator[str]:
    for number, each in enumerate(rows_of(data, "sets"), start=1):
        if not each.get("regimes") or not rows_of(each, "factors"):
            yield f"sets[{number}]: write its regimes and at least one factor"
        for at, row in enumerate(rows_of(each, "factors"), start=1):
            place = f"sets[{number}].factors[{at}]"
            yield from extra_problems(place, row, _FACTOR)
            yield from text_problems(place, row, ("code", "title"))
            if row.get("about") not in ABOUT:
                yield f"{place}.about: write one of {', '.join(ABOUT)}"
            yield from source_problems(f"{place}.source", row.get("source"))


def _field_problems(place: str, row: Mapping[str, Any]) -> Iterator[str]:
    yield from extra_problems(place, row, _FIELD)
    yield from text_problems(place, row, ("code", "title"))
    for key in ("required", "disclosed"):
        if not isinstance(row.get(key), bool):
            yield f"{place}.{key}: write true or false"
    yield from source_problems(f"{place}.source", row.get("source"))


def _text(name: str) -> str:
    path = files("undaunted.coercion.screening") / "packs" / name
    return path.read_text(encoding="utf-8")
