"""What every reader gathers: stakes as they come, parties, and what was wrong on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from undaunted.coercion.screening.readers.shares import LEAST, worded
from undaunted.engines.ownership import (
    ALWAYS,
    NEVER,
    Finding,
    Register,
    Right,
    Rule,
    alike,
    check_stakes,
    closed_loops,
    gather_stakes,
    settle,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from numpy.typing import NDArray

    from undaunted.engines.ownership import Stakes

__all__ = ["CUT", "DAYS", "WHATEVER", "FileRefused", "Gathered", "Loaded"]

DAYS = {"valid_from": ALWAYS, "valid_to": NEVER, "known_from": ALWAYS, "known_to": NEVER}
NUMBERS = ("owner", "owned", "right", "source", "row", *DAYS)
WHATEVER = (0.0, 1.0)
"""A share that can be anything: of a right that has none, or of one that could not be read."""
LONGEST_SHARE = 40
CUT = object()
"""In place of a record: the last line of a file, which ends in the middle of it."""


class FileRefused(ValueError):
    """A file that cannot be taken at all; the message names the place, the rule and the remedy."""


@dataclass(frozen=True, slots=True, eq=False)
class Loaded:
    """What a file holds: its stakes, what is wrong with them, and what was not looked at."""

    name: str
    stakes: Stakes
    findings: tuple[Finding, ...]
    rows: int
    notes: tuple[str, ...] = field(default=())

    def questioned(self, known_at: date | None = None) -> Stakes:
        """Give the stakes that a question is asked of: what the file says, now or on a day.

        A statement that the file itself says was replaced is left out from then on. Raises
        `FileRefused` for a file that ends in the middle of a row.
        """
        cut = next((each for each in self.findings if each.rule.breaks), None)
        if cut is not None:
            raise FileRefused(f"{self.name}, {cut}")
        return self.stakes.standing() if known_at is None else self.stakes.known_at(known_at)


@dataclass(slots=True)
class Gathered:
    """Stakes of a file as they come, and what was wrong on the way."""

    name: str
    register: Register = field(default_factory=Register)
    findings: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    sources: dict[str, int] = field(default_factory=dict)
    numbers: dict[str, list[int]] = field(default_factory=lambda: {each: [] for each in NUMBERS})
    lowest: list[float] = field(default_factory=list)
    highest: list[float] = field(default_factory=list)
    stated: list[bool] = field(default_factory=list)
    doubtful: list[bool] = field(default_factory=list)
    rows: int = 0

    def find(self, rule: Rule, row: int, detail: str = "") -> None:
        """Note what is wrong with a row."""
        self.findings.append(Finding(rule, (row,), detail))

    def unread(self, row: int, told: object, detail: str) -> None:
        """Note that a record is not of the form of its format, or that the file was cut in it."""
        self.find(Rule.CUT if told is CUT else Rule.UNREAD, row, detail)

    def nobody(self, row: int, detail: str = "") -> int:
        """Give a holder of whom nothing is known, each row another."""
        self.find(Rule.OWNER, row, detail)
        return self.register.number(f"unknown owner, {self.name} row {row}")

    def read_as(self, row: int, said: Iterable[str], span: tuple[float, float]) -> None:
        """Note a share that is written as text, and how it was read."""
        texts = [each for each in said if worded(each)]
        if texts:
            least, most = (f"{100 * each:.7g}" for each in span)
            read = f"{least} %" if least == most else f"{least} % to {most} %"
            self.find(Rule.WORDED, row, f"{', '.join(texts)}: {read}")

    def read_finer(self, row: int, said: Iterable[str]) -> None:
        """Note shares that are written finer than a unit."""
        texts = [each[:LONGEST_SHARE] for each in said]
        if texts:
            self.find(Rule.FINER, row, ", ".join(texts))

    def stake(  # noqa: PLR0913 - what a stake is
        self,
        row: int,
        owner: int,
        owned: int,
        right: Right,
        span: tuple[float, float] | None,
        *,
        days: dict[str, int] = DAYS,
        source: str = "",
        doubtful: bool = False,
    ) -> None:
        """Take one stake; `span` is nothing where no share is stated.

        A general partner is one whatever its share: it has more than nothing of that kind, unless
        it is said to lie between nothing and more.
        """
        numbers = self.numbers
        numbers["owner"].append(owner)
        numbers["owned"].append(owned)
        numbers["right"].append(right)
        numbers["row"].append(row)
        numbers["source"].append(self.sources.setdefault(source or self.name, len(self.sources)))
        for each, unsaid in DAYS.items():
            numbers[each].append(days.get(each, unsaid))
        stated = span is not None or right is Right.PARTNER
        lowest, highest = WHATEVER if span is None else span
        if right is Right.PARTNER and (span is None or highest == 0):
            lowest, highest = LEAST, highest or LEAST
        self.lowest.append(lowest)
        self.highest.append(highest)
        self.stated.append(stated)
        self.doubtful.append(doubtful)

    def loaded(self) -> Loaded:
        """Give the table, settled and checked."""
        named = {each: np.array(values, np.int64) for each, values in self.numbers.items()}
        settled = settle(
            np.array(self.lowest, np.float64),
            np.array(self.highest, np.float64),
            valid_from=named["valid_from"],
            valid_to=named["valid_to"],
            row=named["row"],
            stated=np.array(self.stated, np.bool_),
            doubtful=np.array(self.doubtful, np.bool_),
        )
        columns: dict[str, NDArray[np.int64]] = named | {
            "lo": settled.lo, "hi": settled.hi,
            "valid_from": settled.valid_from, "valid_to": settled.valid_to,
        }  # fmt: skip
        sources = tuple(self.sources) or ("",)
        stakes, found = check_stakes(gather_stakes(self.register.parties(), columns, sources))
        every = (*self.findings, *settled.findings, *found, *closed_loops(stakes), *alike(stakes))
        if self.rows and not len(stakes):
            self.notes.append(f"{self.rows} rows, of which none tells a stake")
        findings = tuple(sorted(every, key=lambda each: each.rows))
        return Loaded(self.name, stakes, findings, self.rows, tuple(self.notes))
