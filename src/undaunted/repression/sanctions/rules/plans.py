"""What a state could do next: adopt what its law lacks, use it, enforce it, find out the rest.

Each step follows from one fact of a board or of a list, and says which; there is no order of
merit among states and no mark.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from undaunted.core.commitments.rules import gaps_of, instruments
from undaunted.repression.sanctions.rules.kit import BOARD, ENFORCEMENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from undaunted.core.commitments.rules import Known, Standing
    from undaunted.repression.sanctions.rules.authorities import Authority
    from undaunted.repression.sanctions.rules.enabling import Enablers
    from undaunted.repression.sanctions.rules.uses import Uses

__all__ = ["IDLE_YEARS", "Plan", "Reason", "Step", "Task", "steps_of"]

IDLE_YEARS = 2
"""So many whole years without a designation, the last among them, are told as a step."""


class Task(StrEnum):
    """What kind of step it is."""

    ADOPT = "adopt"
    USE = "use"
    ENFORCE = "enforce"
    FIND_OUT = "find_out"


class Reason(StrEnum):
    """Which fact a step follows from."""

    NO_LAW = "no_law"
    NOT_IN_FORCE = "not_in_force"
    LACKS = "lacks"
    UNKNOWN = "unknown"
    NOT_READ = "not_read"
    IDLE = "idle"
    NO_LIST = "no_list"
    UNDATED = "undated"
    OLD = "old"


@dataclass(frozen=True, slots=True)
class Step:
    """One step; `subject` is the code of a feature, of a law or of a board."""

    task: Task
    reason: Reason
    subject: str
    number: int = 0
    """Years or entries, where the reason counts some; of an old list the last year it tells of."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The action plan of one state on a day, as it was known on a day.

    Attributes:
        uses: one a law, in the order of `authorities`.
        facts: every statement on enforcement that stands, earliest first.
        enablers: what a file of stakes shows; None where none was given.
    """

    state: str
    on: date
    known_on: date
    authorities: tuple[Authority, ...]
    adoption: Standing | None
    enforcement: Standing | None
    uses: tuple[Uses, ...]
    facts: tuple[Known, ...] = ()
    enablers: Enablers | None = None

    @property
    def steps(self) -> tuple[Step, ...]:
        """What follows, in the order adopt, use, enforce, find out."""
        return steps_of(self.adoption, self.enforcement, self.uses)

    @property
    def years(self) -> tuple[int, ...]:
        """Every year in which a law could be used, earliest first."""
        return tuple(sorted({year for each in self.uses for year in each.by_year}))


def steps_of(
    adoption: Standing | None, enforcement: Standing | None, uses: Iterable[Uses]
) -> tuple[Step, ...]:
    """Give the steps of one state, in the order adopt, use, enforce, find out."""
    order = list(Task)
    steps = [*_adopting(adoption), *_using(uses), *_enforcing(adoption, enforcement)]
    return tuple(sorted(steps, key=lambda each: order.index(each.task)))


def _adopting(standing: Standing | None) -> Iterator[Step]:
    if standing is None:
        yield Step(Task.FIND_OUT, Reason.NOT_READ, BOARD)
    elif standing.binds:
        yield from _gaps(standing, BOARD, Task.ADOPT)
    elif standing.status.pending:
        yield Step(Task.ADOPT, Reason.NOT_IN_FORCE, BOARD)
    elif standing.status.lacking:
        yield Step(Task.ADOPT, Reason.NO_LAW, BOARD)
    else:
        yield Step(Task.FIND_OUT, Reason.NOT_READ, BOARD)


def _using(uses: Iterable[Uses]) -> Iterator[Step]:
    for each in uses:
        if each.read is None:
            yield Step(Task.FIND_OUT, Reason.NO_LIST, each.authority)
            continue
        if each.old:
            yield Step(Task.FIND_OUT, Reason.OLD, each.authority, each.read.seen.year)
        if each.undated:
            yield Step(Task.FIND_OUT, Reason.UNDATED, each.authority, each.untold)
        elif not each.old and each.idle >= IDLE_YEARS and each.sure:
            yield Step(Task.USE, Reason.IDLE, each.authority, each.idle)


def _enforcing(adoption: Standing | None, standing: Standing | None) -> Iterator[Step]:
    if standing is not None and standing.binds:
        yield from _gaps(standing, ENFORCEMENT, Task.ENFORCE)
    elif adoption is not None and adoption.binds:
        yield Step(Task.FIND_OUT, Reason.NOT_READ, ENFORCEMENT)


def _gaps(standing: Standing, board: str, task: Task) -> Iterator[Step]:
    gaps = gaps_of(standing, instruments()[board])
    yield from (Step(task, Reason.LACKS, code) for code in gaps.lacks)
    yield from (Step(Task.FIND_OUT, Reason.UNKNOWN, code) for code in gaps.unknown)
