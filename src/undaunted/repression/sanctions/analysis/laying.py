"""Lists of a day laid side by side: whose entry each is, and what its list says of that day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np

from undaunted.core.listings.rules import list_sources
from undaunted.core.matching.queries import judged_of_entries, standing_mark, standing_of
from undaunted.core.matching.rules import Standing, entry_reference, grouped
from undaunted.repression.sanctions.analysis.alone import UNCHANGED, Since, since_sure
from undaunted.repression.sanctions.analysis.kept import Kept
from undaunted.repression.sanctions.analysis.sheets import sheet_of, sheet_of_lines
from undaunted.repression.sanctions.queries import held_versions
from undaunted.repression.sanctions.rules import (
    STATES,
    Footing,
    HeldVersion,
    ListSpoken,
    State,
    entry_state,
    footing_of,
    version_on,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from undaunted.core.access.rules import Actor
    from undaunted.core.listings.rules import ListSource
    from undaunted.core.matching.rules import EntryKey, OpenPair
    from undaunted.repression.sanctions.analysis.sheets import Happened, Sheet

__all__ = ["CODE", "NOTHING", "Laid", "Spoken", "lay", "lay_side_by_side", "speak"]

CODE: Final[Mapping[State, int]] = {state: at for at, state in enumerate(STATES)}
NOTHING: Final = -1
"""An entry that says nothing of the day: it begins only later."""
_STANDING: Kept[Standing] = Kept(0, lambda _: 1)
_OFF: Final = (CODE[State.DELISTED], CODE[State.ENDED])


@dataclass(frozen=True, slots=True)
class Spoken:
    """A list as it speaks of the day, with its columns and the days of all its versions."""

    told: ListSpoken
    sheet: Sheet | None
    days: Mapping[int, HeldVersion]
    since: Since = UNCHANGED
    """What changed since the last version that more than one person vouches for."""

    @property
    def columns(self) -> Sheet:
        """The columns of a list that has some; a list without has no entry to ask about."""
        return self.sheet if self.sheet is not None else sheet_of_lines(self.told.source, ())

    @property
    def last_sure(self) -> int:
        """The last version up to the one that speaks which more than one person vouches for; or 0.

        What is gone since is missing, and what came or changed since is told, by the word of those
        who brought a file alone.
        """
        told = self.told.version.number if self.told.version else 0
        return max((n for n, each in self.days.items() if n <= told and each.sure_since), default=0)

    @property
    def last_read(self) -> int:
        """The last of those all of whose rows were read or placed; or 0.

        What is gone since may be in a row that nobody can place.
        """
        told, days = self.last_sure, self.days.items()
        read = (n for n, each in days if n <= told and each.sure_since and not each.nameless)
        return max(read, default=0)

    @property
    def last_nameless(self) -> int:
        """The last version up to the one that speaks with a row that nobody can place; or 0."""
        told = self.told.version.number if self.told.version else 0
        return max((n for n, each in self.days.items() if n <= told and each.nameless), default=0)


@dataclass(frozen=True, slots=True)
class Laid:
    """Every entry in one row of columns: its list, its party, and what it says of the day."""

    spoken: tuple[Spoken, ...]
    parties: tuple[str, ...]
    party: NDArray[np.int32]
    source: NDArray[np.int32]
    row: NDArray[np.int32]
    code: NDArray[np.int8]
    alone: NDArray[np.bool_]
    """By entry: whether one person's file alone says it."""
    waits: NDArray[np.bool_]
    """By party: whether an entry of it was not compared with others or cannot be, or none is heard.
    """
    pairs: tuple[tuple[int, int, OpenPair], ...]
    first: NDArray[np.int32]
    """By party: its first entry, in the order of lists; that one names it."""

    def sheet(self, entry: int) -> Sheet:
        """Give the columns in which an entry stands."""
        return self.spoken[int(self.source[entry])].columns

    def column(self, told: Mapping[int, NDArray[np.bool_]]) -> NDArray[np.bool_]:
        """Put what was told of each list's entries, by its place, into one column."""
        empty = np.zeros(0, np.bool_)
        return np.concatenate([empty, *(told[at] for at in sorted(told))])


def lay(actor: Actor, sources: Iterable[str], on: date, known: date | None = None) -> Laid:
    """Lay lists side by side as they speak of a day, as known by the versions loaded by another."""
    standing = _STANDING.of(standing_mark(actor), lambda: standing_of(actor, reasons=False))
    waiting = {source for source, _ in standing.waiting}
    held = held_versions(actor)
    spoken = [speak(actor, list_sources()[each], held.get(each, ()), on, known) for each in sources]
    told = [
        replace(each, told=replace(each.told, waits=each.told.source in waiting)) for each in spoken
    ]
    return lay_side_by_side(told, standing, on, _left(actor, told, standing))


def speak(
    actor: Actor,
    listing: ListSource,
    held: Sequence[HeldVersion],
    on: date,
    known: date | None = None,
) -> Spoken:
    """Give a list as it speaks of a day, from the versions that are held."""
    version = version_on(held, on, known)
    ended = date.fromisoformat(listing.ended) if listing.ended else None
    told = ListSpoken(listing.code, listing.jurisdiction, version, footing_of(version, on, ended))
    sheet = sheet_of(actor, version) if version is not None else None
    by_then = [_known_by(each, known) for each in held if known is None or each.loaded <= known]
    found = Spoken(told, sheet, {each.number: each for each in by_then})
    if version is None:
        return found
    return replace(found, since=since_sure(actor, version, found.days.get(found.last_sure)))


def _known_by(version: HeldVersion, known: date | None) -> HeldVersion:
    """Give a version as it was known on a day: nobody had confirmed it before they did."""
    since = version.sure_since
    if known is None or since is None or since <= known:
        return version
    return replace(version, sure_since=None)


def lay_side_by_side(
    spoken: Sequence[Spoken],
    standing: Standing,
    on: date,
    left: Mapping[EntryKey, str] | None = None,
) -> Laid:
    """Put the entries of lists into one row of columns; `left` names parties of entries gone."""
    index: dict[str, int] = {}
    unsure = {*standing.waiting, *(each.key for each in standing.refused)}
    party, waits, heard = list[int](), set[int](), set[int]()
    who = dict(standing.party_of)
    columns = {at: _codes(each, on) for at, each in enumerate(spoken) if each.sheet is not None}
    for each in (spoken[at] for at in columns):
        sheet = each.columns
        told = zip(sheet.keys, sheet.unheard, sheet.gone_by, strict=True)
        for key, silent, gone in told:
            name = (each.told.source, key)
            known = standing.party_of.get(name)
            mine = known or (left or {}).get(name) or ":".join(name)
            number = index.setdefault(mine, len(index))
            party.append(number)
            if not silent:
                heard.add(number)
            if known is None or name in unsure:
                waits.add(number)
            if known is None and not gone:
                who[name] = mine
    count = len(index)
    held = np.ones(count, np.bool_)
    held[list(heard - waits)] = False
    lengths = [len(codes) for codes in columns.values()]
    of = np.array(party, np.int32)
    first = np.full(count, len(of), np.int32)
    np.minimum.at(first, of, np.arange(len(of), dtype=np.int32))
    return Laid(
        tuple(_turned(each, columns.get(at)) for at, each in enumerate(spoken)),
        tuple(index),
        of,
        np.repeat(np.array(list(columns), np.int32), lengths),
        np.concatenate([np.zeros(0, np.int32), *(np.arange(n, dtype=np.int32) for n in lengths)]),
        np.concatenate([np.zeros(0, np.int8), *columns.values()]),
        _so_told(spoken, columns),
        held,
        _pairs(standing.open, who, index),
        first,
    )


def _codes(spoken: Spoken, on: date) -> NDArray[np.int8]:
    """Give what each entry says of the day, the ones that have gone included."""
    sheet, footing = spoken.columns, spoken.told.footing

    def told(happened: Happened) -> int:
        state = entry_state(happened, on, footing)
        return NOTHING if state is None else CODE[state]

    codes = sheet.happened.mapped(told)
    unsettled = (codes == NOTHING) | (codes == CODE[State.LISTED]) | (codes == CODE[State.LATER])
    shown = footing is not Footing.LATER and not list_sources()[sheet.source].by_name
    codes[(sheet.gone_by > 0) & unsettled] = CODE[State.GONE] if shown else NOTHING
    gone = codes == CODE[State.GONE]
    codes[gone & _unread(spoken)] = CODE[State.UNREAD]
    missing = gone & (sheet.gone_by > spoken.last_sure)
    codes[missing | _taken_off(spoken, on, codes)] = CODE[State.MISSING]
    return codes


def _unread(spoken: Spoken) -> NDArray[np.bool_]:
    """Give the entries that went, and that a row which nobody can place may be."""
    gone = spoken.columns.gone_by
    return (gone > spoken.last_read) & (gone <= spoken.last_nameless)


def _taken_off(spoken: Spoken, on: date, codes: NDArray[np.int8]) -> NDArray[np.bool_]:
    """Give the entries that one person's file alone says are delisted, have ended or begin later.

    Of those that begin later, whoever stood in a form before; of a list that nobody else ever
    vouched for, those that stood in an earlier file.
    """
    sheet, sure, found = spoken.columns, spoken.last_sure, np.zeros(len(codes), np.bool_)
    if not sure and not spoken.since.before:
        return found
    later = (codes == NOTHING) & (sheet.gone_by == 0)
    for row in map(int, np.flatnonzero(_alone(spoken) & (np.isin(codes, _OFF) | later))):
        before = spoken.since.before.get(sheet.keys[row])
        if before is None:
            found[row] = sure > 0 and not later[row]
        else:
            state = entry_state(before, on, spoken.told.footing)
            off = state in {State.DELISTED, State.ENDED}
            found[row] = state is State.LISTED if later[row] else not off
    return found


def _alone(spoken: Spoken) -> NDArray[np.bool_]:
    """Give the entries that no version which more than one person vouches for holds in the form."""
    return spoken.columns.first > spoken.last_sure


def _so_told(
    spoken: Sequence[Spoken], columns: Mapping[int, NDArray[np.int8]]
) -> NDArray[np.bool_]:
    """Give the entries of which one person's file alone says what is told: also that they went."""
    missing = CODE[State.MISSING]
    told = (_alone(spoken[at]) | (codes == missing) for at, codes in columns.items())
    return np.concatenate([np.zeros(0, np.bool_), *told])


def _turned(spoken: Spoken, codes: NDArray[np.int8] | None) -> Spoken:
    """Say of a list whether one person's file turned it since it was last sure.

    Where an entry of it may be in a row that nobody can place, not all of it was compared.
    """
    if codes is None:
        return spoken
    if bool(np.any(_unread(spoken))):
        spoken = replace(spoken, told=replace(spoken.told, waits=True))
    if not spoken.last_sure:
        return spoken
    turned = spoken.since.turned or bool(np.any(codes == CODE[State.MISSING]))
    return replace(spoken, told=replace(spoken.told, turned=turned))


def _pairs(
    opened: Iterable[OpenPair], who: Mapping[EntryKey, str], index: Mapping[str, int]
) -> tuple[tuple[int, int, OpenPair], ...]:
    """Give open pairs by their parties; `who` holds entries in force, and those that stood then."""
    found = []
    for each in opened:
        left, right = index.get(who.get(each.left, "")), index.get(who.get(each.right, ""))
        if left is not None and right is not None:
            found.append((left, right, each))
    return tuple(found)


def _left(actor: Actor, spoken: Iterable[Spoken], standing: Standing) -> dict[EntryKey, str]:
    """Give the parties of entries that are in force no more, by the judgements that stand."""
    gone = [
        (each.told.source, key)
        for each in spoken
        if each.sheet is not None
        for key in each.sheet.keys
        if (each.told.source, key) not in standing.party_of
    ]
    if not gone:
        return {}
    groups = grouped(judged_of_entries(actor))
    return {key: str(groups.party(entry_reference(key)).key) for key in gone}
