"""Members of the Council and their people, by the day of a vote, as a dated pack."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Self

from undaunted.coercion.instruments.rules.refusals import InstrumentRefused, PackBroken
from undaunted.coercion.instruments.rules.terms import Reading
from undaunted.core.practices.rules.checking import choice_problems, extra_problems, text_problems

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["CouncilFigures", "council_figures", "read_council"]

LONGEST = 400
_SOURCE = frozenset({"title", "url", "version", "published", "read_on", "status"})
_ROW = frozenset({"valid_from", "of_year", "status", "people"})
_CODE = 2


@dataclass(frozen=True, slots=True)
class CouncilFigures:
    """People of each member state that count from a day on, and how well they are known.

    Attributes:
        of_year: the year whose people they are; `published` and `read_on` are of the source.
    """

    valid_from: date
    of_year: int
    status: Reading
    people: Mapping[str, int]
    title: str
    url: str
    published: date
    read_on: date

    def told(self) -> dict[str, Any]:
        """Give the figures as they are kept with a vote, which `read` reads again."""
        return {
            "valid_from": self.valid_from.isoformat(),
            "of_year": self.of_year,
            "status": self.status.value,
            "people": dict(self.people),
            "title": self.title,
            "url": self.url,
            "published": self.published.isoformat(),
            "read_on": self.read_on.isoformat(),
        }

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Self:
        """Read the figures that were kept with a vote."""
        days = {
            name: date.fromisoformat(told[name]) for name in ("valid_from", "published", "read_on")
        }
        return cls(**{**told, **days, "status": Reading(told["status"])})


def council_figures(on: date) -> CouncilFigures:
    """Give the figures that count on a day. Raises `InstrumentRefused` before the first of them."""
    known = [each for each in _shipped() if each.valid_from <= on]
    if not known:
        raise InstrumentRefused(
            f"on: of {on} no figures of members and their people are held; the first count from "
            f"{_shipped()[0].valid_from}"
        )
    return known[-1]


def read_council(text: str) -> tuple[CouncilFigures, ...]:
    """Give the figures of a pack, in the order of their days.

    Raises `PackBroken` with all that is wrong.
    """
    held = tomllib.loads(text)
    source, rows = held.get("source", {}), held.get("figures", [])
    problems = [*_of_source(source)]
    problems += [each for number, row in enumerate(rows, 1) for each in _of_row(number, row)]
    if not rows:
        problems.append("figures: there are none; write one [[figures]] for each day")
    if problems:
        raise PackBroken(*problems)
    named = {name: source[name] for name in ("title", "url", "published", "read_on")}
    made = [CouncilFigures(**{**row, "status": Reading(row["status"])}, **named) for row in rows]
    return tuple(sorted(made, key=lambda each: each.valid_from))


@cache
def _shipped() -> tuple[CouncilFigures, ...]:
    held = files("undaunted.coercion.instruments").joinpath("packs", "council.toml")
    return read_council(held.read_text("utf-8"))


def _of_source(source: Mapping[str, Any]) -> Iterator[str]:
    yield from extra_problems("source", source, _SOURCE)
    for name in ("title", "url"):
        yield from text_problems(f"source, {name}", source.get(name), LONGEST)
    for name in ("published", "read_on"):
        if not isinstance(source.get(name), date):
            yield f"source, {name}: write a day, as 2026-03-06"


def _of_row(number: int, row: Mapping[str, Any]) -> Iterator[str]:
    place = f"figures[{number}]"
    yield from extra_problems(place, row, _ROW)
    yield from choice_problems(f"{place}, status", row.get("status"), Reading)
    if not isinstance(row.get("valid_from"), date):
        yield f"{place}, valid_from: write a day, as 2026-01-01"
    if not isinstance(row.get("of_year"), int):
        yield f"{place}, of_year: write a year, as 2024"
    people = row.get("people")
    if not isinstance(people, dict) or not people:
        yield f"{place}, people: write a number for each member state"
        return
    for code, each in people.items():
        if len(code) != _CODE or not code.isupper():
            yield f"{place}, people, {code}: is no code of a state; write two capitals"
        if isinstance(each, bool) or not isinstance(each, int) or each <= 0:
            yield f"{place}, people, {code}: {each!r} is no number of people; write a whole number"
