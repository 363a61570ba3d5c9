"""Stakes from a CSV file: owner, owned, share (or min and max), and what else is known.

Every row is kept. What is wrong with one is a finding that names the row, counted as lines of the
file; a row that could not be read whole counts only for what may be.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from undaunted.cli.ownership_files import FileRefused, Loaded
from undaunted.cli.ownership_shares import ShareUnreadable, share_of
from undaunted.engines.ownership import (
    ALWAYS,
    NEVER,
    Finding,
    PartyKind,
    Register,
    Right,
    Rule,
    check_stakes,
    gather_stakes,
    settle,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import TextIO

    from numpy.typing import NDArray

__all__ = ["COLUMNS", "knows", "read"]

REQUIRED = ("owner", "owned")
SHARES = ("share", "min", "max")
DAYS = {"valid_from": ALWAYS, "valid_to": NEVER, "known_from": ALWAYS, "known_to": NEVER}
COLUMNS = (*REQUIRED, *SHARES, "kind", *DAYS, "source", "owner_kind", "owned_kind")
SEPARATORS = ",;\t"
STATE = "STATE:"
"""An identifier that begins so is a state's."""
RIGHTS = {right.name.lower(): right for right in Right} | {"": Right.EQUITY}
KINDS = {kind.name.lower(): kind for kind in PartyKind} | {"": PartyKind.UNKNOWN}


def knows(first: bytes) -> bool:
    """Tell whether a file begins with a header that names owner and owned."""
    header = _names(first.decode("utf-8-sig", errors="replace").partition("\n")[0])[0]
    return set(REQUIRED) <= set(header)


def read(path: Path) -> Loaded:
    """Give the stakes of a file with every finding; a file without a header is refused."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as held:
            gathered = _gathered(path, held)
    except UnicodeDecodeError as reason:
        raise FileRefused(
            f"{path.name}, byte {reason.start + 1}: is not UTF-8; save the file as UTF-8"
        ) from None
    except OSError as reason:
        raise FileRefused(f"{path.name}: {reason.strerror}") from None
    return gathered.loaded()


@dataclass(slots=True)
class _Gathered:
    """Columns of the file as they come, and what was wrong on the way."""

    name: str
    register: Register = field(default_factory=Register)
    findings: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    sources: dict[str, int] = field(default_factory=dict)
    numbers: dict[str, list[int]] = field(
        default_factory=lambda: {
            each: [] for each in ("owner", "owned", "right", "source", "row", *DAYS)
        }
    )
    lowest: list[float] = field(default_factory=list)
    highest: list[float] = field(default_factory=list)
    stated: list[bool] = field(default_factory=list)
    doubtful: list[bool] = field(default_factory=list)
    days: dict[str, int] = field(default_factory=dict)
    rows: int = 0

    def find(self, rule: Rule, row: int, detail: str = "") -> None:
        """Note what is wrong with a row."""
        self.findings.append(Finding(rule, (row,), detail))

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
        every = (*self.findings, *settled.findings, *found)
        return Loaded(
            stakes, tuple(sorted(every, key=lambda each: each.rows)), self.rows, tuple(self.notes)
        )


def _names(line: str) -> tuple[list[str], str]:
    """Give the names of a header and what stands between them."""
    separator = max(SEPARATORS, key=line.count)
    fields = next(csv.reader([line], delimiter=separator), [])
    return [each.strip().lower() for each in fields], separator


def _gathered(path: Path, held: TextIO) -> _Gathered:
    names, separator = _names(held.readline())
    missing = [each for each in REQUIRED if each not in names]
    if missing:
        raise FileRefused(
            f"{path.name}, row 1: no column {missing[0]}; columns are {', '.join(COLUMNS)}"
        )
    if not set(SHARES) & set(names):
        raise FileRefused(f"{path.name}, row 1: no column share, nor min and max")
    gathered = _Gathered(path.name)
    unread = [each for each in names if each not in COLUMNS]
    if unread:
        gathered.notes.append(f"columns that are not read: {', '.join(unread)}")
    for row, values in _rows(gathered, held, names, separator):
        _take(gathered, row, dict(zip(names, values, strict=True)))
    return gathered


def _rows(
    gathered: _Gathered, held: TextIO, names: list[str], separator: str
) -> Iterator[tuple[int, list[str]]]:
    """Give the rows that have all fields, by line; the last may be cut in its middle."""
    last = _LastLine(held)
    told = csv.reader(last, delimiter=separator, strict=True)
    while True:
        row = told.line_num + 2
        try:
            values = next(told)
        except StopIteration:
            return
        except csv.Error as reason:
            gathered.rows += 1
            cut = "end of data" in str(reason)
            until = "" if told.line_num + 1 == row else f", up to row {told.line_num + 1}"
            gathered.find(Rule.CUT if cut else Rule.FIELDS, row, f"{reason}{until}")
            continue
        if not values:
            continue
        gathered.rows += 1
        if len(values) == len(names):
            if not last.ended:
                gathered.find(Rule.UNENDED, row)
            yield row, values
        else:
            rule = Rule.FIELDS if last.ended else Rule.CUT
            gathered.find(rule, row, f"{len(values)} in place of {len(names)} fields")


class _LastLine:
    """Lines of a file, and whether the last one that was given had its end."""

    def __init__(self, held: TextIO) -> None:
        self.held, self.ended = held, True

    def __iter__(self) -> Iterator[str]:
        for line in self.held:
            self.ended = line.endswith(("\n", "\r"))
            yield line


def _take(gathered: _Gathered, row: int, told: dict[str, str]) -> None:
    """Take one row, with what cannot be read of it noted."""
    kind = told.get("kind", "").strip().lower()
    company = told["owned"].strip()
    if kind not in RIGHTS:
        gathered.find(Rule.KIND, row, kind)
        return
    if not company:
        gathered.find(Rule.COMPANY, row)
        return
    owner = told["owner"].strip()
    if not owner:
        gathered.find(Rule.OWNER, row)
        owner = f"unknown owner, {gathered.name} row {row}"
    numbers = gathered.numbers
    numbers["owner"].append(_party(gathered, row, owner, told.get("owner_kind", "")))
    numbers["owned"].append(_party(gathered, row, company, told.get("owned_kind", "")))
    numbers["right"].append(RIGHTS[kind])
    numbers["row"].append(row)
    source = told.get("source", "").strip() or gathered.name
    numbers["source"].append(gathered.sources.setdefault(source, len(gathered.sources)))
    readable = [_day(gathered, row, each, told.get(each, "")) for each in DAYS]
    try:
        span = _share(told)
    except ShareUnreadable as unreadable:
        gathered.find(Rule.UNREADABLE, row, str(unreadable))
        span = (0.0, 1.0)
        readable.append(False)
    lowest, highest = span or (0.0, 1.0)
    gathered.lowest.append(lowest)
    gathered.highest.append(highest)
    gathered.stated.append(span is not None)
    gathered.doubtful.append(not all(readable))


def _party(gathered: _Gathered, row: int, identifier: str, kind: str) -> int:
    said = kind.strip().lower()
    if said not in KINDS:
        gathered.find(Rule.PARTY, row, said)
    known = KINDS.get(said, PartyKind.UNKNOWN)
    if known is PartyKind.UNKNOWN and identifier.startswith(STATE):
        known = PartyKind.STATE
    return gathered.register.number(identifier, known)


def _day(gathered: _Gathered, row: int, column: str, text: str) -> bool:
    """Take a day; tell whether it could be read."""
    said, days = text.strip(), gathered.days
    readable = True
    if not said:
        day = DAYS[column]
    elif said in days:
        day = days[said]
    else:
        try:
            day = days[said] = date.fromisoformat(said[:10]).toordinal()
        except ValueError:
            gathered.find(Rule.DAY, row, f"{column} {said}")
            day, readable = DAYS[column], False
    gathered.numbers[column].append(day)
    return readable


def _share(told: dict[str, str]) -> tuple[float, float] | None:
    """Give lowest and highest share; none where none is stated."""
    share, least, most = (told.get(each, "").strip() for each in SHARES)
    if share:
        return share_of(share)
    if not least and not most:
        return None
    return share_of(least)[0] if least else 0.0, share_of(most)[1] if most else 1.0
