"""A table of stakes: who holds how much of whom, some owners named as entries of lists.

It is a CSV, or the first sheet of a workbook, which is read as the CSV that it would be saved as;
or a file as registers of ownership write it, such as the Beneficial Ownership Data Standard.

The columns are those of `undaunted ownership`: owner, owned, share (or min and max), and where
they are there valid_from, valid_to and source. An owner or company written `LIST:KEY` is that
entry: one that no list holds, or of a list that there is not, is a fault, as its companies would be
left out in silence. Every fault is told with its row; a file with one is refused as a whole.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from hashlib import sha256
from operator import itemgetter
from pathlib import PurePath
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from undaunted.core.listings.rules import UnknownList, list_source, list_sources
from undaunted.core.workbooks.readers import sheet_sent
from undaunted.core.workbooks.rules import WorkbookRefused
from undaunted.engines.ownership import ALWAYS, NEVER, WHOLE, Register, gather_stakes, one_form
from undaunted.repression.sanctions.readers.registers import reader_of
from undaunted.repression.sanctions.rules import RegisterBroken

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from undaunted.engines.ownership import Stakes
    from undaunted.repression.sanctions.readers.registers import RegisterReader

    Unknown = Callable[[frozenset[str]], Collection[str]]

__all__ = ["LARGEST", "GivenStakes", "read_stakes"]

LARGEST: Final = 20_000_000
LARGEST_CELL: Final = 131_072
MOST_ROWS: Final = 200_000
MOST_TOLD: Final = 20
_COLUMNS: Final = frozenset(
    {"owner", "owned", "share", "min", "max", "valid_from", "valid_to", "source"}
)
_LIKE: Final = 0.75
"""From here on a word before a colon is taken for the code of a list, written wrongly."""
_CODE: Final = re.compile(r"[a-z0-9]{1,40}(?:-[a-z0-9]{1,40}){1,8}")
_NUMBER: Final = re.compile(r"(\d{1,3}(?:[.,]\d{1,12})?)\s*(%?)")


@dataclass(frozen=True, slots=True)
class GivenStakes:
    """A file of stakes with its name and digest, and the entries of lists that it names."""

    name: str
    digest: str
    stakes: Stakes
    entries: frozenset[str]
    parties: frozenset[str] = frozenset()
    """Everybody whom it names, as written."""


class _Named(NamedTuple):
    """Where a file names an entry of a list: row, field, and the entry as `LIST:KEY`."""

    row: int
    field: str
    entry: str


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    owner: str
    owned: str
    lowest: int
    highest: int
    begins: int
    ends: int
    source: str


def read_stakes(content: bytes, *, name: str, unknown: Unknown) -> GivenStakes:
    """Give the stakes of a file. Raises `RegisterBroken` with the rows that are wrong.

    `unknown` gives those entries of lists, as `LIST:KEY`, that no list holds.
    """
    if len(content) > LARGEST:
        raise RegisterBroken(name, (f"is longer than {LARGEST} bytes; part it",))
    reader = reader_of(PurePath(name).suffix.lower())
    if reader is not None:
        return _registered(reader, content, name, unknown)
    text = _text(content, name)
    csv.field_size_limit(LARGEST_CELL)  # of the process: other readers set their own
    told = csv.DictReader(io.StringIO(text, newline=""))
    columns = set(told.fieldnames or ())
    if not {"owner", "owned"} <= columns or not columns & {"share", "min"}:
        raise RegisterBroken(name, ("row 1: write the columns owner, owned and share",))
    faults: list[tuple[int, str]] = []
    named: list[_Named] = []
    try:
        rows = [_row(number, cells, faults, named) for number, cells in enumerate(told, start=2)]
    except csv.Error as error:
        raise RegisterBroken(name, (f"is no CSV: {error}; save it anew",)) from None
    problems = _by_row([*faults, *_of_no_list(named, unknown)])
    if len(rows) > MOST_ROWS:
        problems.append(f"has {len(rows)} rows; {MOST_ROWS} can be read: part the file")
    if not rows:
        problems.append("has no row below the heads; write one a stake")
    if problems:
        raise RegisterBroken(name, tuple(problems[:MOST_TOLD]))
    return _gathered(name, content, [row for row in rows if row is not None])


def _registered(reader: RegisterReader, content: bytes, name: str, unknown: Unknown) -> GivenStakes:
    """Give the stakes of a register; an entry of a list is a party whose identifier is `LIST:KEY`.

    It is called by that and not as the file calls it, so that its name tells of nobody else.
    """
    try:
        stakes = reader.read(name, content)
    except reader.refused as refused:
        lines = str(refused).splitlines()
        told = tuple(line.removeprefix(name).lstrip(" ,:") for line in lines)
        raise RegisterBroken(name, told[:MOST_TOLD]) from None
    named = frozenset(each for each in stakes.parties.ids if _is_entry(each))
    if problems := _by_row(_strangers_in(stakes, unknown)):
        raise RegisterBroken(name, tuple(problems[:MOST_TOLD]))
    labels = {each: label for each, label in stakes.parties.labels.items() if each not in named}
    parties = replace(stakes.parties, labels=labels)
    every = frozenset(labels.get(each) or each for each in parties.ids)
    told_of = replace(stakes, parties=parties)
    return GivenStakes(name, sha256(content).hexdigest(), told_of, named, every)


def _strangers_in(stakes: Stakes, unknown: Unknown) -> Iterator[tuple[int, str]]:
    """Give where a register names entries of no list, or a list almost by its code."""
    ids = stakes.parties.ids
    codes = {each: _meant(each) for each in {each.partition(":")[0] for each in ids}}
    named = [
        _Named(row, field, ids[party])
        for field, parties in (("owner", stakes.owner), ("owned", stakes.owned))
        for row, party in zip(stakes.row.tolist(), parties.tolist(), strict=True)
        if ":" in ids[party] and codes[ids[party].partition(":")[0]]
    ]
    yield from _of_no_list((each for each in named if _is_entry(each.entry)), unknown)
    for row, field, party in named:
        if wrong := _wrong_party(party):
            yield row, f"{field}: {wrong}"


def _of_no_list(named: Iterable[_Named], unknown: Unknown) -> Iterator[tuple[int, str]]:
    """Give the faults of entries that no list holds, each with its row."""
    held = list(named)
    gone = frozenset(unknown(frozenset(each.entry for each in held))) if held else frozenset()
    for row, field, entry in held:
        if entry in gone:
            told = repr(entry)
            yield row, f"{field}: {told} is on no list in force; write list:key"


def _by_row(faults: Iterable[tuple[int, str]]) -> list[str]:
    return [f"row {row}: {each}" for row, each in sorted(faults, key=itemgetter(0))]


def _text(content: bytes, name: str) -> str:
    """Give the lines of a CSV or of a first sheet. Raises `RegisterBroken`."""
    try:
        read = sheet_sent(name, content)
    except WorkbookRefused as refused:
        raise RegisterBroken(name, (str(refused),)) from None
    if read is not None:
        if read.others:
            told = f"the sheet {read.sheet} is read, and not {', '.join(read.others)}"
            raise RegisterBroken(name, (told,))
        return read.text
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RegisterBroken(name, ("is no UTF-8; save it anew as UTF-8",)) from None


def _gathered(name: str, content: bytes, rows: list[_Row]) -> GivenStakes:
    register = Register()
    owners = [register.number(row.owner) for row in rows]
    owned = [register.number(row.owned) for row in rows]
    sources = tuple(dict.fromkeys(row.source or name for row in rows))
    places = {each: place for place, each in enumerate(sources)}
    stakes = gather_stakes(
        register.parties(),
        {
            "owner": owners,
            "owned": owned,
            "lo": np.array([row.lowest for row in rows], np.int64),
            "hi": np.array([row.highest for row in rows], np.int64),
            "valid_from": np.array([row.begins for row in rows], np.int32),
            "valid_to": np.array([row.ends for row in rows], np.int32),
            "source": [places[row.source or name] for row in rows],
            "row": [row.number for row in rows],
        },
        sources,
    )
    every = frozenset(one_form(each) for row in rows for each in (row.owner, row.owned))
    named = frozenset(each for each in every if _is_entry(each))
    return GivenStakes(name, sha256(content).hexdigest(), stakes, named, every)


def _row(
    number: int,
    cells: Mapping[str | None, object],
    faults: list[tuple[int, str]],
    named: list[_Named],
) -> _Row | None:
    said = {
        str(name): str(value or "").strip() for name, value in cells.items() if name in _COLUMNS
    }
    wrong = [*_wrong(said)] if None not in cells else ["has more cells than heads; quote commas"]
    parties = [(field, one_form(said.get(field, ""))) for field in ("owner", "owned")]
    named += [_Named(number, field, party) for field, party in parties if _is_entry(party)]
    if wrong:
        faults += [(number, each) for each in wrong]
        return None
    lowest, highest = _share(said)
    return _Row(
        number,
        said["owner"],
        said["owned"],
        lowest,
        highest,
        _day(said, "valid_from", ALWAYS),
        _day(said, "valid_to", NEVER),
        said.get("source", ""),
    )


def _wrong(said: Mapping[str, str]) -> Iterator[str]:
    for name in ("owner", "owned"):
        if wrong := _wrong_party(said.get(name, "")):
            yield f"{name}: {wrong}"
    if said.get("owner") and said.get("owner") == said.get("owned"):
        yield "owned: is the owner itself; leave the row out"
    for name in ("valid_from", "valid_to"):
        try:
            _day(said, name, ALWAYS)
        except ValueError:
            yield f"{name}: write a day, as 2024-05-31"
    try:
        lowest, highest = _share(said)
    except ValueError:
        yield "share: write 0.51, 51 %, 25-50 %, or min and max; leave it empty where unknown"
    else:
        if lowest > highest:
            yield "share: the least is above the most; exchange them"


def _wrong_party(told: str) -> str:
    """Say what is wrong with an owner or a company; "" where nothing is."""
    if not told:
        return "write who it is"
    if code := _strange_list(told):
        try:
            list_source(code)
        except UnknownList as strange:
            return str(strange)
    return ""


def _share(said: Mapping[str, str]) -> tuple[int, int]:
    """Give the least and the most, in units; nothing to all where none is told.

    Raises `ValueError` for what is none, and for a share outside its own min and max.
    """
    share = _span(said.get("share", ""))
    if not (said.get("min") or said.get("max")):
        return (0, WHOLE) if share is None else share
    least, most = _part(said.get("min") or "0", "")[0], _part(said.get("max") or "1", "")[1]
    if share is None:
        return least, most
    if share[0] < least or share[1] > most:
        raise ValueError(said["share"])
    return share


def _span(text: str) -> tuple[int, int] | None:
    """Give a share or a span of shares, in units; none where nothing is written."""
    if not text:
        return None
    lowest, dash, highest = text.partition("-")
    if not dash:
        return _part(text, "")
    sign = "%" if highest.strip().endswith("%") else ""
    return _part(lowest, sign)[0], _part(highest, sign)[1]


def _part(text: str, sign: str) -> tuple[int, int]:
    """Give a number in units, twice; or the two units beside it where it is finer."""
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        raise ValueError(text)
    digits, _point, rest = found[1].replace(",", ".").partition(".")
    size = 100 if found[2] or sign else 1
    part, more = divmod(int(digits + rest.ljust(9, "0")), 10 ** max(0, len(rest) - 9) * size)
    if part + (more > 0) > WHOLE:
        raise ValueError(text)
    return part, part + (more > 0)


def _day(said: Mapping[str, str], name: str, without: int) -> int:
    text = said.get(name, "")
    return date.fromisoformat(text).toordinal() if text else without


def _is_entry(identifier: str) -> bool:
    source, colon, _key = identifier.partition(":")
    return bool(colon) and source in list_sources()


def _strange_list(party: str) -> str:
    """Give what is written as the code of a list and is none; "" where none is meant.

    It is in the form of such codes, or like one: `GB-COH:01` is the company of another register.
    """
    code, colon, key = party.partition(":")
    if not colon or code in list_sources() or key.startswith("//"):
        return ""
    return code if _meant(code) or _CODE.fullmatch(code.strip()) else ""


def _meant(code: str) -> bool:
    """Whether it is the code of a list, or almost."""
    return bool(get_close_matches(code.strip().casefold(), list_sources(), 1, _LIKE))
