"""Screen one table against another: every row asked, hits with reasons, rows that could not be.

    asked = entries_of({"name": ["Ramzan Kadyrov"], "birth": ["1976"]})
    screening = screen(asked.entries, build_index(["Рамзан Кадыров"]))

A table is whatever gives a column by its name: a dict of lists, or a frame of pandas or Polars.
Usual headings are read as the column that they mean, and told; so is each that is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any, cast

from undaunted.engines.names.calibration import REVIEW
from undaunted.engines.names.errors import FactsMalformed, NameRefused, TableMalformed
from undaunted.engines.names.known.births import birth_of
from undaunted.engines.names.known.facts import Facts
from undaunted.engines.names.lists.columns import is_part, meant_by
from undaunted.engines.names.lists.index import Entry, Flagged
from undaunted.engines.names.lists.searching import MOST_HITS, Hit, look
from undaunted.engines.names.pairs.comparing import prepare
from undaunted.engines.names.typed.cleaning import Disguise
from undaunted.engines.names.typed.scripts import unsure_by
from undaunted.engines.names.words.tokens import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from undaunted.engines.names.known.births import Birth
    from undaunted.engines.names.lists.columns import Headings
    from undaunted.engines.names.lists.index import Index
    from undaunted.engines.names.words.prepared import Prepared

__all__ = ["Asked", "Passed", "Screening", "entries_of", "screen"]


@dataclass(frozen=True, slots=True)
class Asked:
    """Rows of a table as entries, what is wrong with some, and how its columns were read."""

    entries: tuple[Entry, ...]
    flagged: tuple[Flagged, ...]
    notes: tuple[str, ...] = ()
    """Columns that are not read, and those that are though they are called otherwise."""


@dataclass(frozen=True, slots=True)
class Screening:
    """Hits in the order of rows, the likeliest of a row first; and what deserves a look besides."""

    asked: int
    hits: tuple[Hit, ...]
    flagged: tuple[Flagged, ...]
    passed: tuple[Passed, ...] = ()


@dataclass(frozen=True, slots=True)
class Passed:
    """An entry of which more names reach the threshold than are among the hits."""

    asked: Entry
    common: int
    """Names passed over since many on the list bear the words that met."""
    more: int
    """Names beyond the most that are told of one entry."""


def entries_of(
    table: Any,  # noqa: ANN401 - any frame will do
    *,
    kind: Kind | None = None,
    rows: Sequence[int] | None = None,
) -> Asked:
    """Read rows; a malformed value is flagged with its column and left out, all else is used.

    A row that tells no kind is of this one; without it, it is read as a person's and looked for
    among all. ``rows`` gives the rows' numbers where they are not 1, 2, 3.
    """
    headings = _headings(table)
    held = list(headings.columns)
    columns = [_column(table, heading) for heading in headings.columns.values()]
    if len({len(column) for column in columns}) > 1:
        raise TableMalformed("columns differ in length; give every row all columns")
    _demand_whole(table, columns[0])
    entries, flagged = [], []
    for at, values in enumerate(zip(*columns, strict=True)):
        row = rows[at] if rows is not None else at + 1
        told = dict(zip(held, map(_text, values), strict=True))
        entry, faults, doubts = _entry(told, kind, row)
        entries.append(entry)
        if faults:
            doubts = (f"{'; '.join(faults)}; the row is used without this", *doubts)
        if doubts:
            flagged.append(Flagged(row, told["name"], "; ".join(doubts), used=True))
    return Asked(tuple(entries), tuple(flagged), headings.notes)


def _headings(table: Any) -> Headings:  # noqa: ANN401 - any frame will do
    """Tell columns by their headings; rows, which have none, are refused."""
    headings = getattr(table, "columns", table)
    if headings is table and not isinstance(table, Mapping):
        raise TableMalformed(
            f"a table gives a column by its name, as a dict of lists or a frame does; "
            f"this is of type {type(table).__name__}"
        )
    return meant_by(headings)


def _demand_whole(table: Any, names: list[Any]) -> None:  # noqa: ANN401 - any frame will do
    """Refuse a table whose names lack what another column says of them: half a name finds few."""
    for heading in filter(is_part, getattr(table, "columns", table)):
        for name, part in zip(names, _column(table, heading), strict=False):
            if _text(part).casefold() not in _text(name).casefold():
                raise TableMalformed(
                    f"column `{heading}` holds a part of the name that `name` lacks; "
                    f"write the whole name into `name`"
                )


def _column(table: Any, heading: object) -> list[Any]:  # noqa: ANN401 - any frame will do
    column = table[heading]
    if isinstance(column, str | bytes) or not isinstance(column, Iterable):
        raise TableMalformed(f"column `{heading}` is one value; give a list of values")
    return list(column)


def screen(
    asked: Asked | Iterable[Entry | str],
    index: Index,
    *,
    threshold: float = REVIEW,
    most: int = MOST_HITS,
) -> Screening:
    """Search the list for every entry; a name that is refused is flagged, not passed over.

    A table that was read brings what is flagged in it. Raises `SearchMalformed`, and
    `TableMalformed` for what is neither an entry nor a text.
    """
    hits: list[Hit] = []
    flagged = list(asked.flagged) if isinstance(asked, Asked) else []
    passed: list[Passed] = []
    count = 0
    for count, given in enumerate(asked.entries if isinstance(asked, Asked) else asked, 1):
        entry = _asked(given, count)
        try:
            looked = look(entry, index, threshold=threshold, most=most)
            name = prepare(entry.name, entry.kind)
        except NameRefused as refusal:
            said = entry.name if isinstance(entry.name, str) else ""
            flagged.append(Flagged(entry.row, said, str(refusal)))
            continue
        hits += looked.hits
        if looked.common or looked.more:
            passed.append(Passed(entry, looked.common, looked.more))
        flagged += [
            Flagged(entry.row, entry.name, why, used=True) for why in _doubts(entry.name, name)
        ]
    return Screening(count, tuple(hits), tuple(flagged), tuple(passed))


def _doubts(text: str, name: Prepared) -> Iterator[str]:
    """Say of a name that was screened why somebody looks at it all the same."""
    if hidden := name.disguises & _HIDING:
        said = ", ".join(sorted(hidden))
        yield f"screened without what nobody sees in it ({said}); look at who wrote it so"
    if unsure := unsure_by(text):
        yield unsure


def _asked(given: object, row: int) -> Entry:
    if isinstance(given, Entry):
        return given
    if isinstance(given, str | float | None):
        # a gap of a frame is not a number; who asks is told of its row
        return Entry(cast("str", given), row=row, any_kind=True)
    raise TableMalformed(f"what is asked for is an Entry or a text, not {given!r:.100}")


_HIDING = frozenset({Disguise.DIRECTION, Disguise.INVISIBLE})


_GAPS = frozenset({"None", "nan", "NaN", "NaT", "<NA>"})
"""How frames write what is missing."""
_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d)[T ]00:00:00(?:\.0{1,9})?(?:[+-]\d\d:\d\d)?")
"""A day that a frame holds as a moment."""


def _text(value: object) -> str:
    """Give a cell as text: a gap empty, a whole number without a point, a midnight as its day.

    A frame makes 1980.0 of years where one is missing, and moments of days.
    """
    if isinstance(value, str):
        return value.strip()
    text = str(value)
    if text in _GAPS:
        return ""
    if isinstance(value, Real) and not isinstance(value, Integral):
        number = float(value)
        return str(int(number)) if number.is_integer() else text
    moment = _MIDNIGHT.fullmatch(text)
    return moment[1] if moment else text.strip()


def _entry(
    told: dict[str, str], kind: Kind | None, row: int
) -> tuple[Entry, tuple[str, ...], tuple[str, ...]]:
    """Read a row; besides, what is wrong with each malformed value, and what is in doubt."""
    read, faults = dict[str, list[Any]](), list[str]()
    for column, reader in _READERS.items():
        text = told.get(column, "")
        read[column] = []
        for value in (text,) * bool(text) if column in _ALONE else _several(text):
            try:
                read[column].append(reader(value))
            except (FactsMalformed, TableMalformed) as problem:
                faults.append(f"{column}: {problem}")
    births: list[Birth] = read["birth"]
    doubts = [f"birth: {each.doubt}" for each in births if each.doubt]
    facts = Facts(
        born=tuple(day for each in births for day in each.days),
        countries=frozenset(read["nationality"]),
        gender="".join(read["gender"]),
        identifiers=frozenset(read["identifiers"]),
    )
    kind = next(iter(read["kind"]), kind)
    entry = Entry(
        told["name"], kind or Kind.PERSON, facts, told.get("id", ""), row, any_kind=kind is None
    )
    return entry, tuple(faults), tuple(doubts)


def _several(text: str) -> tuple[str, ...]:
    return tuple(part for each in text.split(";") if (part := each.strip()))


def _nationality(text: str) -> str:
    (country,) = Facts(countries=frozenset({text.upper()})).countries
    return country


_LETTERS = {"f": "female", "m": "male"}


def _gender(text: str) -> str:
    said = text.lower()
    return Facts(gender=_LETTERS.get(said, said)).gender


def _identifier(text: str) -> tuple[str, str]:
    kind, colon, value = text.partition(":")
    if not colon or not any(map(str.isalnum, value)):
        raise TableMalformed(
            f"an identifier is written kind:value, such as passport:A1, not {text!r}"
        )
    return kind.strip(), value.strip()


def _kind(text: str) -> Kind:
    try:
        return Kind(text.lower())
    except ValueError:
        raise TableMalformed(f"a kind is person or organisation, not {text!r}") from None


_READERS: dict[str, Callable[[str], Any]] = {
    "kind": _kind,
    "birth": birth_of,
    "nationality": _nationality,
    "gender": _gender,
    "identifiers": _identifier,
}
"""How each column is read, value by value."""
_ALONE = frozenset({"kind", "gender"})
"""Columns of one value."""
