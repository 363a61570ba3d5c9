"""Stakes from a CSV file: owner, owned, share (or min and max), and what else is known.

Every row is kept. What is wrong with one is a finding that names the row, counted as lines of the
file; a row that could not be read whole counts only for what may be. A file with columns of its own
is read by a saved mapping, which names them.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from undaunted.coercion.screening.readers.days import whole_day
from undaunted.coercion.screening.readers.loading import DAYS, WHATEVER, FileRefused, Gathered
from undaunted.coercion.screening.readers.mapping import AS_IT_IS, COLUMNS, REQUIRED, SHARES
from undaunted.coercion.screening.readers.shares import ShareUnreadable, finer, stated_in
from undaunted.engines.ownership import Finding, PartyKind, Right, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import TextIO

    from undaunted.coercion.screening.readers.loading import Loaded
    from undaunted.coercion.screening.readers.mapping import Mapping

__all__ = ["cut_in", "gathered", "knows", "read"]

SEPARATORS = ",;\t"
STATE = "STATE:"
"""An identifier that begins so is a state's."""
UNNAMED = frozenset({
    "unknown", "anonymous", "undisclosed", "unnamed", "n/a", "n.a.",
    "none", "null", "?", "-", "--",
})  # fmt: skip
"""In place of an owner's name these name nobody; two such rows do not name one owner."""
RIGHTS = {right.name.lower(): right for right in Right} | {
    "": Right.EQUITY, "general partner": Right.PARTNER,
}  # fmt: skip
KINDS = {kind.name.lower(): kind for kind in PartyKind} | {"": PartyKind.UNKNOWN}


def knows(first: bytes) -> bool:
    """Tell whether a file begins with a header that names owner and owned."""
    lines = first.decode("utf-8-sig", errors="replace").splitlines()
    header = _names(lines[0])[0] if lines else []
    return set(REQUIRED) <= {each.lower() for each in header}


def read(path: Path, mapping: Mapping = AS_IT_IS) -> Loaded:
    """Give the stakes of a file with every finding; a file without a header is refused."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as held:
            return gathered(path.name, held, mapping).loaded()
    except UnicodeDecodeError as reason:
        raise FileRefused(
            f"{path.name}, byte {reason.start + 1}: is not UTF-8; save the file as UTF-8"
        ) from None
    except OSError as reason:
        raise FileRefused(f"{path.name}: {reason.strerror}") from None


def cut_in(path: Path) -> Finding | None:
    """Give what is wrong where a file ends in the middle of a row; its rows are not kept."""
    seen = _Seen(path.name)
    with path.open(encoding="utf-8-sig", newline="", errors="replace") as held:
        names, separator = _names(held.readline())
        for _ in _rows(seen, held, names, separator):
            pass
    return seen.findings[-1] if seen.findings else None


class _Seen(Gathered):
    """What is looked for in a file that is only looked over: whether it was cut."""

    def find(self, rule: Rule, row: int, detail: str = "") -> None:
        """Note where the file was cut; nothing else is kept."""
        if rule.breaks:
            self.findings = [Finding(rule, (row,), detail)]


@dataclass(slots=True)
class _Table:
    """What is gathered of one file, and how it is read."""

    gathered: Gathered
    mapping: Mapping
    days: dict[str, int] = field(default_factory=dict)
    passed: dict[str, int] = field(default_factory=dict)


def _names(line: str) -> tuple[list[str], str]:
    """Give the names of a header and what stands between them."""
    separator = max(SEPARATORS, key=line.count)
    try:
        fields = next(csv.reader([line.rstrip("\r\n")], delimiter=separator), [])
    except csv.Error:
        return [], separator
    return [each.strip() for each in fields], separator


def gathered(name: str, held: TextIO, mapping: Mapping) -> Gathered:
    """Gather the stakes of a text with every finding; one without a header is refused."""
    header, separator = _names(held.readline())
    names = mapping.named(header)
    twice = sorted({each for each in names if each in COLUMNS and names.count(each) > 1})
    if twice:
        raise FileRefused(f"{name}, row 1: the column {mapping.column(twice[0])} stands "
                          "twice; keep one of both")  # fmt: skip
    missing = [each for each in REQUIRED if each not in names]
    if missing:
        raise FileRefused(f"{name}, row 1: no column {mapping.column(missing[0])}; "
                          f"columns are {', '.join(COLUMNS)}")  # fmt: skip
    if not set(SHARES) & set(names):
        raise FileRefused(f"{name}, row 1: no column share, nor min and max")
    table = _Table(Gathered(name), mapping)
    unread = [each for each in names if each not in COLUMNS and each not in mapping.only]
    if unread:
        table.gathered.notes.append(f"columns that are not read: {', '.join(unread)}")
    for row, values, ended in _rows(table.gathered, held, names, separator):
        told = mapping.constants | dict(zip(names, values, strict=True))
        cut = "" if ended else names[-1]
        other = mapping.passes_over(told, cut) if mapping.only else ""
        if other:
            table.passed[other] = table.passed.get(other, 0) + 1
        else:
            _take(table, row, told, ended=ended)
    table.gathered.notes += [
        f"{number} rows are passed over by the mapping: {other}"
        for other, number in sorted(table.passed.items())
    ]
    return table.gathered


def _rows(
    gathered: Gathered, held: TextIO, names: list[str], separator: str
) -> Iterator[tuple[int, list[str], bool]]:
    """Give the rows that have all fields, by line, and whether it had its end."""
    last = _LastLine(held, gathered.name)
    told = csv.reader(last, delimiter=separator, strict=True)
    while True:
        row = told.line_num + 2
        try:
            values = next(told)
        except StopIteration:
            return
        except csv.Error as reason:
            gathered.rows += 1
            until = "" if told.line_num + 1 == row else f", up to row {told.line_num + 1}"
            gathered.find(_broken(reason, last), row, f"{reason}{until}")
            continue
        if not values:
            continue
        gathered.rows += 1
        if len(values) == len(names):
            if not last.ended:
                gathered.find(Rule.UNENDED, row)
            yield row, values, last.ended
        else:
            rule = Rule.FIELDS if last.ended else Rule.CUT
            gathered.find(rule, row, f"{len(values)} in place of {len(names)} fields")


def _broken(reason: csv.Error, last: _LastLine) -> Rule:
    """Give why a row cannot be read: a file that is whole and never ends has an open quotation."""
    if "end of data" not in str(reason):
        return Rule.FIELDS
    return Rule.QUOTE if last.ended else Rule.CUT


class _LastLine:
    """Lines of a file, and whether the last one that was given had its end."""

    def __init__(self, held: TextIO, name: str) -> None:
        self.held, self.name, self.ended = held, name, True

    def __iter__(self) -> Iterator[str]:
        for number, line in enumerate(self.held, start=2):
            if "\x00" in line:
                raise FileRefused(
                    f"{self.name}, line {number}: holds a null character, which no text has; save "
                    "the file as text"
                )
            self.ended = line.endswith(("\n", "\r"))
            yield line


def _take(table: _Table, row: int, told: dict[str, str], *, ended: bool) -> None:
    """Take one row, with what cannot be read of it noted; one without its end may say anything."""
    gathered = table.gathered
    kind = told.get("kind", "").strip().lower()
    company = told["owned"].strip()
    if kind not in RIGHTS:
        gathered.find(Rule.KIND, row, kind)
        return
    if not company:
        gathered.find(Rule.COMPANY, row)
        return
    days: dict[str, int] = {}
    read = [_day(table, row, each, told.get(each, ""), days) for each in DAYS]
    read.append(_known_in_order(gathered, row, days))
    span, clear = _share(table, row, told)
    if not ended:
        span, clear = WHATEVER, False
    gathered.stake(
        row,
        _owner(table, row, told),
        _party(table, row, company, told.get("owned_kind", "")),
        RIGHTS[kind],
        span,
        days=days,
        source=told.get("source", "").strip(),
        doubtful=not (all(read) and clear),
    )


def _owner(table: _Table, row: int, told: dict[str, str]) -> int:
    owner = told["owner"].strip()
    if not owner or owner in table.mapping.unknown or owner.casefold() in UNNAMED:
        return table.gathered.nobody(row, owner)
    kind = "several" if owner in table.mapping.several else told.get("owner_kind", "")
    return _party(table, row, owner, kind)


def _party(table: _Table, row: int, identifier: str, kind: str) -> int:
    said = kind.strip().lower()
    if said not in KINDS:
        table.gathered.find(Rule.PARTY, row, said)
    known = KINDS.get(said, PartyKind.UNKNOWN)
    if known is PartyKind.UNKNOWN and identifier[: len(STATE)].upper() == STATE:
        known = PartyKind.STATE
    return table.gathered.register.number(identifier, known)


def _day(table: _Table, row: int, column: str, text: str, told: dict[str, int]) -> bool:
    """Take a day; tell whether it could be read."""
    said, days = text.strip(), table.days
    if not said:
        told[column] = DAYS[column]
    elif said in days:
        told[column] = days[said]
    else:
        try:
            told[column] = days[said] = whole_day(said).toordinal()
        except ValueError:
            table.gathered.find(Rule.DAY, row, f"{column} {said}")
            told[column] = DAYS[column]
            return False
    return True


def _known_in_order(gathered: Gathered, row: int, days: dict[str, int]) -> bool:
    """Tell whether a file knew a row before it no longer said so; else it may say so on any day."""
    if days["known_from"] < days["known_to"]:
        return True
    gathered.find(Rule.DATES, row, "known_from, known_to")
    days |= {each: DAYS[each] for each in ("known_from", "known_to")}
    return False


def _share(
    table: _Table, row: int, told: dict[str, str]
) -> tuple[tuple[float, float] | None, bool]:
    """Give lowest and highest share, none where none is stated; and whether it could be read."""
    share, least, most = (told.get(each, "").strip() for each in SHARES)
    gathered, percent = table.gathered, table.mapping.percent
    try:
        span, contradicts = stated_in(share, least, most, percent=percent)
    except ShareUnreadable as unreadable:
        gathered.find(Rule.UNREADABLE, row, str(unreadable))
        return WHATEVER, False
    if span is None:
        return None, True
    if contradicts:
        gathered.find(Rule.BOTH, row, f"{share}; {least} to {most}")
    said = [share] if share and not contradicts else [share, least, most]
    gathered.read_as(row, said, span)
    gathered.read_finer(row, [each for each in said if finer(each, percent=percent)])
    return span, not contradicts
