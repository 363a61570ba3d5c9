"""What the census is taken from: spells of deprivation of liberty, deaths, recognitions.

Columns are parallel arrays of one length; days are day numbers, persons are whole numbers
that the caller keeps stable from one data cut to the next. The small row classes beside
them are for callers who hold dates.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import date

import numpy as np

from undaunted.engines.census.days import ALWAYS, NEVER, DayArray, Flags, Numbers, day_number
from undaunted.engines.census.errors import RowsMalformed
from undaunted.engines.census.tiers import Tier

__all__ = ["Deaths", "Recognitions", "Spell", "Spells", "gather_spells"]


def _none() -> Numbers:
    return np.empty(0, dtype=np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Spells:
    """Spells of many people, one row each, shape (n,); order is of no account.

    ``start_earliest``/``start_latest`` and ``end_earliest``/``end_latest`` are the windows in
    which the first day held and the first day free lie (equal where the date is exact);
    `NEVER` stands for an end that has not come. ``in_stock`` tells whether this kind of spell
    counts as deprivation of liberty (house arrest: yes by default). ``died`` tells that it
    ended with the person's death. ``confirmed_row``/``confirmed_on``, shape (m,), give days on
    which somebody confirmed that the person of that row was held.
    """

    person: Numbers
    tier: Numbers
    start_earliest: DayArray
    start_latest: DayArray
    end_earliest: DayArray
    end_latest: DayArray
    in_stock: Flags
    died: Flags
    confirmed_row: Numbers = field(default_factory=_none)
    confirmed_on: DayArray = field(default_factory=_none)

    def __post_init__(self) -> None:
        _to_arrays(self)
        _demand_length(self.person.size, self, skip=("confirmed_row", "confirmed_on"))
        _demand_window(self.start_earliest, self.start_latest)
        _demand_window(self.end_earliest, self.end_latest)
        _demand(bool(np.all(self.start_earliest > ALWAYS)), "a spell has an earliest first day")
        _demand(bool(np.all(self.start_latest < NEVER)), "a spell has begun")
        _demand(bool(np.all((self.tier >= Tier.A) & (self.tier <= Tier.D))), "tiers are 0 to 3")
        _demand(self.confirmed_row.size == self.confirmed_on.size, "one day per confirmation")
        known = (self.confirmed_row >= 0) & (self.confirmed_row < self.person.size)
        _demand(bool(np.all(known)), "a confirmation names a row")
        real = (self.confirmed_on > ALWAYS) & (self.confirmed_on < NEVER)
        _demand(bool(np.all(real)), "a confirmation has a day")


@dataclass(frozen=True, slots=True, eq=False)
class Deaths:
    """Deaths, shape (n,): the window of the day of death; rows of one person widen it."""

    person: Numbers = field(default_factory=_none)
    earliest: DayArray = field(default_factory=_none)
    latest: DayArray = field(default_factory=_none)

    def __post_init__(self) -> None:
        _to_arrays(self)
        _demand_length(self.person.size, self)
        _demand_window(self.earliest, self.latest)


@dataclass(frozen=True, slots=True, eq=False)
class Recognitions:
    """When persons are recognised under one standard, shape (n,), half-open.

    `ALWAYS` and `NEVER` stand for no beginning and no end. Rows of one person may overlap.
    """

    person: Numbers = field(default_factory=_none)
    start: DayArray = field(default_factory=_none)
    end: DayArray = field(default_factory=_none)

    def __post_init__(self) -> None:
        _to_arrays(self)
        _demand_length(self.person.size, self)
        _demand_days(self.start)
        _demand_days(self.end)

    @classmethod
    def of_all(cls, persons: Numbers) -> "Recognitions":
        """Return recognition without beginning or end for each of ``persons``."""
        count = np.asarray(persons).size
        return cls(persons, np.full(count, ALWAYS), np.full(count, NEVER))


@dataclass(frozen=True, slots=True)
class Spell:
    """One spell with dates: the window of the first day held, that of the first day free."""

    person: int
    start_earliest: date
    start_latest: date
    end_earliest: date | None
    end_latest: date | None
    tier: Tier = Tier.B
    in_stock: bool = True
    died: bool = False
    confirmed: tuple[date, ...] = ()

    @classmethod
    def exact(
        cls,
        person: int,
        start: date,
        end: date | None = None,
        *,
        tier: Tier = Tier.B,
        confirmed: tuple[date, ...] = (),
    ) -> "Spell":
        """Return a spell whose days are known; no end means still held."""
        return cls(person, start, start, end, end, tier=tier, confirmed=confirmed)


def gather_spells(rows: Iterable[Spell]) -> Spells:
    """Return the columns of these rows, in their order."""
    kept = tuple(rows)
    confirmed = [
        (row, day_number(day)) for row, spell in enumerate(kept) for day in spell.confirmed
    ]
    return Spells(
        person=_column(spell.person for spell in kept),
        tier=_column(spell.tier for spell in kept),
        start_earliest=_column(day_number(spell.start_earliest) for spell in kept),
        start_latest=_column(day_number(spell.start_latest) for spell in kept),
        end_earliest=_column(_end(spell.end_earliest) for spell in kept),
        end_latest=_column(_end(spell.end_latest) for spell in kept),
        in_stock=np.array([spell.in_stock for spell in kept], dtype=np.bool_),
        died=np.array([spell.died for spell in kept], dtype=np.bool_),
        confirmed_row=_column(row for row, _ in confirmed),
        confirmed_on=_column(day for _, day in confirmed),
    )


def _column(values: Iterable[int]) -> Numbers:
    return np.fromiter(values, dtype=np.int64)


def _end(day: date | None) -> int:
    return NEVER if day is None else day_number(day)


def _to_arrays(columns: Spells | Deaths | Recognitions) -> None:
    for column in fields(columns):
        dtype = np.bool_ if column.name in {"in_stock", "died"} else np.int64
        array: Numbers | Flags = np.asarray(getattr(columns, column.name), dtype=dtype)
        object.__setattr__(columns, column.name, array)


def _demand(fact: bool, wish: str) -> None:  # noqa: FBT001 - the fact itself is the argument
    if not fact:
        raise RowsMalformed(wish)


def _demand_length(
    size: int, columns: Spells | Deaths | Recognitions, *, skip: tuple[str, ...] = ()
) -> None:
    for column in fields(columns):
        shape = getattr(columns, column.name).shape
        _demand(column.name in skip or shape == (size,), f"{column.name} has one value per row")


def _demand_days(days: DayArray) -> None:
    _demand(bool(np.all((days >= ALWAYS) & (days <= NEVER))), "a day lies in the calendar")


def _demand_window(earliest: DayArray, latest: DayArray) -> None:
    _demand_days(earliest)
    _demand_days(latest)
    _demand(bool(np.all(earliest <= latest)), "a window does not end before it begins")
