"""The strict reading of screening regimes written as data."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from undaunted.coercion.screening.rules.conditions import problems_of
from undaunted.coercion.screening.rules.pack_reading import (
    PackBroken,
    choice_problems,
    day_problems,
    extra_problems,
    parsed,
    rows_of,
    source_of,
    source_problems,
    text_problems,
)
from undaunted.coercion.screening.rules.terms import (
    ClockMove,
    Effect,
    Phase,
    Recourse,
    Regime,
    RegimeKind,
    ScopeRow,
    Step,
    Turn,
)
from undaunted.engines.ownership import STANDARDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["read_regime_packs"]

_PACK = frozenset(
    {"key", "title", "kind", "jurisdiction", "valid_from", "valid_to", "cooperation", "ex_post"}
    | {
        "ex_post_unless_due",
        "ex_post_from",
        "caveat",
        "measure",
        "source",
        "scope",
        "phases",
        "recourse",
        "moves",
    }
)
_MEASURES = tuple(each.key for each in STANDARDS)
_ROW = frozenset({"id", "says", "effect", "when", "excludes", "source"})
_PHASE = frozenset({"id", "title", "clock", "stops", "source"})
_RECOURSE = frozenset({"body", "within", "days", "source"})
_MOVE = frozenset({"on", "clock", "does", "rows"})


def read_regime_packs(texts: Iterable[tuple[str, str]]) -> tuple[Regime, ...]:
    """Give the regimes of (file name, TOML) pairs. Raises `PackBroken` with all that is wrong."""
    told: list[Regime] = []
    for where, text in sorted(texts):
        data = parsed(where, text)
        problems = (*_problems(data), *_overlaps(data, told))
        if problems:
            raise PackBroken(where, problems)
        told.append(_regime(data))
    return tuple(sorted(told, key=lambda each: (each.jurisdiction, each.valid_from)))


def _regime(data: Mapping[str, Any]) -> Regime:
    return Regime(
        key=data["key"],
        title=data["title"],
        kind=RegimeKind(data["kind"]),
        jurisdiction=data.get("jurisdiction", ""),
        valid_from=data["valid_from"],
        valid_to=data.get("valid_to"),
        source=source_of(data["source"]),
        scope=tuple(_row(each) for each in data["scope"]),
        phases=tuple(
            Phase(**each | {"stops": each.get("stops", ""), "source": source_of(each["source"])})
            for each in data.get("phases", ())
        ),
        recourse=tuple(
            Recourse(
                each["body"], each.get("within", ""), source_of(each["source"]), each.get("days")
            )
            for each in data["recourse"]
        ),
        moves=tuple(
            ClockMove(
                Step(each["on"]), each["clock"], Turn(each["does"]), tuple(each.get("rows", ()))
            )
            for each in data.get("moves", ())
        ),
        cooperation=data.get("cooperation", False),
        ex_post=tuple(data.get("ex_post", ())),
        ex_post_unless_due=tuple(data.get("ex_post_unless_due", ())),
        ex_post_from=data.get("ex_post_from"),
        caveat=data.get("caveat", ""),
        measure=data.get("measure", ""),
    )


def _row(row: Mapping[str, Any]) -> ScopeRow:
    return ScopeRow(
        id=row["id"],
        says=row["says"],
        effect=Effect(row["effect"]),
        when=MappingProxyType(dict(row["when"])),
        source=source_of(row["source"]),
        excludes=tuple(row.get("excludes", ())),
    )


def _problems(data: Mapping[str, Any]) -> Iterator[str]:
    yield from extra_problems("the pack", data, _PACK)
    yield from text_problems("the pack", data, ("key", "title"))
    yield from choice_problems("the pack", data, "kind", RegimeKind)
    if data.get("kind") != RegimeKind.MODEL:
        yield from text_problems("the pack", data, ("jurisdiction",))
    yield from day_problems("the pack", data, "valid_from", "valid_to")
    if not isinstance(data.get("ex_post_from", date.min), date):
        yield "ex_post_from: write a day, as 2022-01-04"
    yield from source_problems("source", data.get("source"))
    if data.get("measure", "") not in {"", *_MEASURES}:
        yield f"measure: {data['measure']!r} is none; there are {', '.join(_MEASURES)}"
    yield from _row_problems(data)
    for name, keys, texts in (
        ("phases", _PHASE, ("id", "title", "clock")),
        ("recourse", _RECOURSE, ("body",)),
    ):
        for number, row in enumerate(rows_of(data, name), start=1):
            yield from extra_problems(f"{name}[{number}]", row, keys)
            yield from text_problems(f"{name}[{number}]", row, texts)
            yield from source_problems(f"{name}[{number}].source", row.get("source"))
    for number, row in enumerate(rows_of(data, "moves"), start=1):
        place = f"moves[{number}]"
        yield from extra_problems(place, row, _MOVE)
        yield from text_problems(place, row, ("clock",))
        yield from choice_problems(place, row, "on", Step)
        yield from choice_problems(place, row, "does", Turn)
        yield from _told_problems(place, row.get("rows", []), rows_of(data, "scope"))
    if not rows_of(data, "recourse"):
        yield "recourse: write where a decision can be attacked, or that it was not read"


def _told_problems(place: str, named: object, scope: Iterable[Any]) -> Iterator[str]:
    """Hold that a move hangs on rows of the scope test by which others are told."""
    told = [each.get("id") for each in scope if each.get("effect") == Effect.TOLD]
    for name in named if isinstance(named, list) else [named]:
        if name not in told:
            yield f"{place}.rows: no row of effect told is called {name!r}"


def _row_problems(data: Mapping[str, Any]) -> Iterator[str]:
    rows = rows_of(data, "scope")
    if not rows:
        yield "scope: write at least one [[scope]] table"
    ids = [row.get("id") for row in rows]
    for number, row in enumerate(rows, start=1):
        place = f"scope[{number}]"
        yield from extra_problems(place, row, _ROW)
        yield from text_problems(place, row, ("id", "says"))
        yield from choice_problems(place, row, "effect", Effect)
        if ids.count(row.get("id")) > 1:
            yield f"{place}.id: {row.get('id')!r} stands twice; name one otherwise"
        for other in row.get("excludes", ()):
            if other not in ids:
                yield f"{place}.excludes: no row is called {other!r}"
        when = row.get("when")
        for problem in problems_of(when if isinstance(when, dict) else {}):
            yield f"{place}.when: {problem}"
        yield from source_problems(f"{place}.source", row.get("source"))


def _overlaps(data: Mapping[str, Any], told: Iterable[Regime]) -> Iterator[str]:
    for other in told:
        if other.key == data.get("key"):
            yield f"key: {other.key!r} stands twice; name one otherwise"
        elif (
            other.jurisdiction == data.get("jurisdiction", "")
            and not tuple(day_problems("", data, "valid_from", "valid_to"))
            and other.valid_from < data.get("valid_to", other.valid_from.max)
            and data["valid_from"] < (other.valid_to or other.valid_from.max)
        ):
            yield f"valid_from: it overlaps {other.key}; end one where the other begins"
