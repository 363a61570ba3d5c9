"""What a jurisdiction says of somebody: the state of a cell, which never exceeds its lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from undaunted.core.actors.rules.partial_date import PartialDate
from undaunted.core.listings.rules import EventKind, stands_on
from undaunted.repression.sanctions.rules.footing import Footing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from undaunted.core.listings.rules import Dated, Measure
    from undaunted.repression.sanctions.rules.footing import HeldVersion

__all__ = [
    "GAPS",
    "STATES",
    "STOOD_THEN",
    "Cell",
    "Line",
    "ListSpoken",
    "State",
    "Tie",
    "base_state",
    "begun_by",
    "entry_state",
    "is_sure_gap",
    "strongest",
]


class State(StrEnum):
    """What a cell says. Nothing here says "not listed": a list that is silent proves nothing."""

    NOT_LOADED = "not_loaded"
    SILENT = "silent"
    """The lists that are held do not hold such measures at all."""
    LATER = "later"
    OLD = "old"
    UNDATED = "undated"
    NOT_COMPARED = "not_compared"
    NOT_FOUND = "not_found"
    POSSIBLY_DELISTED = "possibly_delisted"
    """A pair waits with an entry that stands no more: whoever it is may have been listed there."""
    UNREAD = "unread"
    """A later version does not hold the entry, or in a row that nobody can place."""
    MISSING = "missing"
    """A later file that one person brought does not hold the entry; nobody confirmed that."""
    GONE = "gone"
    """A later version no longer holds the entry, and the list does not say why."""
    ENDED = "ended"
    DELISTED = "delisted"
    POSSIBLY_OTHERWISE = "possibly_otherwise"
    """A pair waits with an entry that stands, and not as is asked about."""
    POSSIBLY = "possibly"
    OTHERWISE = "otherwise"
    """Listed, and not by the measure that is asked about; or, on lists that name the programmes of
    the authority that is asked about, not under one of them.
    """
    UNTOLD = "untold"
    """Listed, and nobody tells whether by the measure that is asked about."""
    LISTED = "listed"


STATES: Final = tuple(State)
"""From what says least to what says most: of several, the last stands in the cell."""
GAPS: Final = frozenset({State.NOT_FOUND, State.GONE, State.ENDED, State.DELISTED})
_BEGINS: Final = frozenset({EventKind.DESIGNATED, EventKind.RE_ENACTED})
_SAYS_NOTHING: Final = {
    Footing.UNDATED: State.UNDATED,
    Footing.OLD: State.OLD,
    Footing.LATER: State.LATER,
}
_SPEAKS_FIRST: Final = tuple(_SAYS_NOTHING)
STOOD_THEN: Final = frozenset({Footing.OLD, Footing.UNDATED})
"""How a version stands whose entries may have left since."""


class Tie(StrEnum):
    """How an entry belongs to the party in whose row it stands."""

    OWN = "own"
    """The party is this entry."""
    CONFIRMED = "confirmed"
    """Somebody judged that they are the same."""
    CHANGED = "changed"
    """Somebody judged so, and what was judged has changed since."""
    OPEN = "open"
    """A pair that nobody has settled."""


@dataclass(frozen=True, slots=True)
class ListSpoken:
    """A list as it speaks of the day: which version, and how far its silence counts."""

    source: str
    jurisdiction: str
    version: HeldVersion | None
    footing: Footing
    waits: bool = False
    """Whether entries of it were not yet compared with those of others, or cannot be: a row of it
    could not be read, and may be an entry that is missing.
    """
    holds: bool = True
    """Whether it holds measures of the kind that is asked about."""
    only: frozenset[Measure] = frozenset()
    """What it holds of all that is asked about; empty where it may hold any of it."""
    turned: bool = False
    """Whether one person's file took somebody off it, or says who an entry is otherwise, since the
    last version that more than one person vouches for.
    """


@dataclass(frozen=True, slots=True)
class Line:
    """One entry in a cell: what its list says of it, and how it belongs to the row."""

    source: str
    key: str
    name: str
    state: State
    tie: Tie
    since: str = ""
    """The original designation, as EDTF; empty where the list does not say."""
    until: str = ""
    """The day on which it was delisted or ended; of one that has gone, between two versions."""
    programmes: tuple[str, ...] = ()
    authorities: tuple[str, ...] = ()
    """Codes of the laws under which its programmes stand."""
    shared: tuple[str, ...] = ()
    """Codes of laws that share a programme with others: under which of them is not told."""
    measures: tuple[str, ...] = ()
    """Which the entry states, or its whole list imposes."""
    score: float | None = None
    """How alike two entries are that nobody has settled; never a number on somebody."""
    reasons: tuple[Mapping[str, object], ...] = ()
    implied: tuple[str, ...] = ()
    """Which its regimes impose on everybody on the day, beyond what it states."""
    alone: bool = False
    """Whether one person's file alone says so: nobody vouches for a version that holds it so."""
    kept: bool = False
    """Whether its row could not be read in the version that speaks: it is as it last stood."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What a jurisdiction says of a party on a day."""

    jurisdiction: str
    state: State
    base: State
    """What its lists would say of somebody of whom they hold nothing."""
    lines: tuple[Line, ...] = ()
    lists: tuple[ListSpoken, ...] = ()

    @property
    def sure_gap(self) -> bool:
        """Whether a current list, wholly compared, does not hold them."""
        return is_sure_gap(self.state, self.base, turned=any(each.turned for each in self.lists))

    @property
    def alone(self) -> bool:
        """Whether one person's file alone says what the cell says of an entry."""
        showing = [each for each in self.lines if each.state is self.state] or self.lines
        return bool(showing) and all(each.alone for each in showing)

    @property
    def then(self) -> ListSpoken | None:
        """The latest list that shows somebody listed, where none that does speaks of the day.

        Its version is too old or of no known day: whoever stood in it may have left since.
        """
        if self.state is not State.LISTED:
            return None
        showing = {each.source for each in self.lines if each.state is State.LISTED}
        held = [each for each in self.lists if each.version is not None and each.source in showing]
        if any(each.footing not in STOOD_THEN for each in held):
            return None
        return max(held, key=_day_told, default=None)

    @property
    def since(self) -> str:
        """The earliest original designation that is told of an entry that stands."""
        told = [each.since for each in self.lines if each.state is State.LISTED and each.since]
        return min(told, key=_earliest, default="")


def entry_state(dated: Dated, on: date, footing: Footing) -> State | None:
    """Give what an entry of a version says of a day; None where it begins only later.

    A later version shows that somebody stood earlier only by a day of listing.
    """
    if stands_on(dated, on):
        if footing is Footing.LATER and not begun_by(dated, on):
            return State.LATER
        return State.LISTED
    told = [(each.kind, PartialDate.parse(each.day)) for each in dated.events if each.day]
    if any(kind is EventKind.DELISTED and day.latest and day.latest <= on for kind, day in told):
        return State.DELISTED
    ends = [day.latest or date.max for kind, day in told if kind is EventKind.EXPIRES]
    return State.ENDED if ends and max(ends) < on else None


def begun_by(dated: Dated, on: date) -> bool:
    """Whether an entry says that it was listed by a day."""
    days = (PartialDate.parse(e.day) for e in dated.events if e.kind in _BEGINS and e.day)
    return any(day.latest is not None and day.latest <= on for day in days)


def base_state(lists: Iterable[ListSpoken], *, waits: bool = False) -> State:
    """Give what a jurisdiction's lists say of somebody of whom they hold nothing.

    Not found is said only of a current version all of whose entries were compared; `waits` is
    whether the party's own entries were not. One list that is current speaks for the others, as far
    as it may hold what they hold.
    """
    held = [each for each in lists if each.version is not None]
    if not held:
        return State.NOT_LOADED
    speaking = [each for each in held if each.holds]
    if not speaking:
        return State.SILENT
    left = [each.footing for each in speaking if not _spoken_for(each, speaking)]
    if left:
        return _SAYS_NOTHING[min(left, key=_SPEAKS_FIRST.index)]
    if waits or any(each.waits for each in held):
        return State.NOT_COMPARED
    return State.NOT_FOUND


def _spoken_for(told: ListSpoken, lists: Iterable[ListSpoken]) -> bool:
    """Whether a list is current, or one that is current may hold all that it holds."""
    current = (each for each in lists if each.footing is Footing.CURRENT)
    return any(not each.only or (told.only and told.only <= each.only) for each in current)


def strongest(states: Iterable[State]) -> State:
    """Give the state that says most."""
    return max(states, key=STATES.index)


def is_sure_gap(state: State, base: State, *, turned: bool = False) -> bool:
    """Whether a gap is sure: nothing that stands, nothing open, and a current list compared.

    Of a list that one person's file `turned` it is not: whoever stood there may be meant.
    """
    return state in GAPS and base is State.NOT_FOUND and not turned


def _day_told(told: ListSpoken) -> date:
    return (told.version.day if told.version else None) or date.min


def _earliest(text: str) -> date:
    return PartialDate.parse(text).earliest or date.min
