"""Tests of law as lists of points, each answered with reasons: necessity, interest, criteria."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from undaunted.coercion.instruments.rules.refusals import PackBroken
from undaunted.coercion.instruments.rules.terms import CheckValue
from undaunted.core.practices.rules.checking import choice_problems, extra_problems, text_problems
from undaunted.core.standards.rules import says_something

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["LAW", "CheckAnswer", "Checklist", "Point", "answered_all", "answered_yes", "every_yes",
           "points", "read_points", "unanswered", "unfounded"]  # fmt: skip

LONGEST = 600
LAW = "international_law"
"""The criterion on which no measure may fail (Article 11(2)(h))."""


class Checklist(StrEnum):
    """Which test a point belongs to."""

    NECESSITY = "necessity"
    INTEREST = "interest"
    CRITERIA = "criteria"


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a test, in our summary of the article."""

    key: str
    list: Checklist
    article: str
    text: str


@dataclass(frozen=True, slots=True)
class CheckAnswer:
    """What was answered to a point, with reasons; `sources` are plain ids."""

    key: str
    value: CheckValue
    reasons: str = ""
    sources: tuple[str, ...] = ()


@cache
def points() -> tuple[Point, ...]:
    """Give every point, in the order of its test."""
    held = files("undaunted.coercion.instruments").joinpath("packs", "checklists.toml")
    return read_points(held.read_text("utf-8"))


def read_points(text: str) -> tuple[Point, ...]:
    """Give the points that a pack describes. Raises `PackBroken` with all that is wrong."""
    rows: list[Mapping[str, Any]] = tomllib.loads(text).get("points", [])
    problems = [problem for number, row in enumerate(rows, 1) for problem in _wrong(number, row)]
    keys = [row.get("key") for row in rows]
    problems += [f"{key}: stands twice" for key in dict.fromkeys(keys) if keys.count(key) > 1]
    if problems or not rows:
        raise PackBroken(*(problems or ("points: write one [[points]] table a point",)))
    return tuple(Point(**{**row, "list": Checklist(row["list"])}) for row in rows)


def unanswered(answers: Iterable[CheckAnswer], checklist: Checklist | None = None
               ) -> tuple[str, ...]:  # fmt: skip
    """Say what lacks: points nobody answered, answers without reasons, answers to no point."""
    return tuple(_lacking(list(answers), checklist))


def unfounded(answers: Iterable[CheckAnswer]) -> tuple[str, ...]:
    """Say of each yes without reasons that it has none; a no or an open point may stay so."""
    told = {each.key: each for each in answers}
    held = [(point, told[point.key]) for point in points() if point.key in told]
    return tuple(
        _without_reasons(point)
        for point, answer in held
        if answer.value is CheckValue.YES and not says_something(answer.reasons)
    )


def every_yes(answers: Iterable[CheckAnswer], checklist: Checklist) -> bool | None:
    """Tell whether every point of a test is answered yes; None while one is open."""
    told = {each.key: each.value for each in answers if says_something(each.reasons)}
    values = [told.get(each.key, CheckValue.OPEN) for each in points() if each.list is checklist]
    if CheckValue.NO in values:
        return False
    return None if CheckValue.OPEN in values else True


def answered_yes(answers: Iterable[CheckAnswer], key: str) -> bool | None:
    """Tell whether one point is answered yes, with reasons; None while it is open."""
    told = {each.key: each.value for each in answers if says_something(each.reasons)}
    value = told.get(key, CheckValue.OPEN)
    return None if value is CheckValue.OPEN else value is CheckValue.YES


def answered_all(answers: Iterable[CheckAnswer], checklist: Checklist) -> bool:
    """Tell whether every point of a test is answered yes or no, with reasons."""
    return not unanswered(answers, checklist)


def _lacking(answers: list[CheckAnswer], checklist: Checklist | None) -> Iterator[str]:
    known = {each.key: each for each in points()}
    told = {each.key: each for each in answers}
    for key in sorted(set(told) - set(known)):
        yield f"{key}: is no point of a test; use one of {', '.join(known)}"
    for key in sorted(key for key in told if [each.key for each in answers].count(key) > 1):
        yield f"{key}: is answered twice; remove one"
    for point in known.values():
        if checklist is not None and point.list is not checklist:
            continue
        answer = told.get(point.key)
        if answer is None or answer.value is CheckValue.OPEN:
            yield f"{point.key}: is open ({point.article}); answer yes or no, with reasons"
        elif not says_something(answer.reasons):
            yield _without_reasons(point)


def _without_reasons(point: Point) -> str:
    return f"{point.key}: has no reasons ({point.article}); give them in words"


def _wrong(number: int, row: Mapping[str, Any]) -> Iterator[str]:
    place = f"points[{number}]"
    yield from extra_problems(place, row, frozenset(Point.__dataclass_fields__))
    for name in ("key", "article", "text"):
        yield from text_problems(f"{place}, {name}", row.get(name), LONGEST)
    yield from choice_problems(f"{place}, list", row.get("list"), Checklist)
