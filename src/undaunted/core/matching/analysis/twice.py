"""Which entries of one list may be one: those of which something that is known besides agrees.

An issuer's own two entries are mostly two people, so that names alone ask nothing: brothers and
namesakes would fill the queue. Lists do hold one person twice, under two of their programmes, or
again under another number after they had left.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from undaunted.core.actors.rules.names.cleaning import clean_name
from undaunted.core.matching.analysis.facts import names_of
from undaunted.core.matching.analysis.referring import numbers_of

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping

    from undaunted.core.listings.rules import Entry
    from undaunted.core.matching.rules import EntryKey
    from undaunted.engines.names import Facts

__all__ = ["Twice"]

_WHOLE: Final = 2
"""Words of a name at least, to be a whole one."""
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,40}")
"""A whole name in letters between which no space is written: Chinese, Japanese, Korean."""
_BEARERS: Final = 3
"""A whole name that more of a list bear tells nobody apart."""
_DAY: Final = len("1961-03-04")


class Twice:
    """Entries of each list by what would agree if two of them were one.

    That is a paper or register, or the number of one entry of another list; a day of birth, day and
    month swapped too; a whole name, letter by letter and in any order of its words, with a year of
    birth; or, where the birth of one of them is not known, the whole name that stands first in
    both, if three bear it at most.
    """

    def __init__(self, entries: Mapping[EntryKey, Entry], facts: Mapping[EntryKey, Facts]) -> None:
        self._entries, self._facts = entries, facts
        self._agreeing: dict[Hashable, list[EntryKey]] = defaultdict(list)
        self._named: dict[Hashable, list[EntryKey]] = defaultdict(list)
        for key, entry in entries.items():
            for one in self._known(key, entry):
                self._agreeing[one].append(key)
            if words := _words(entry.name):
                self._named[key[0], words].append(key)

    def of(self, key: EntryKey) -> frozenset[EntryKey]:
        """Give the other entries of its list that may be asked about beside an entry."""
        entry = self._entries[key]
        found = {other for one in self._known(key, entry) for other in self._agreeing[one]}
        born = self._facts[key].born
        bearers = self._named.get((key[0], _words(entry.name)), ())
        for other in bearers if len(bearers) <= _BEARERS else ():
            if not (born and self._facts[other].born):
                found.add(other)
        return frozenset(found - {key})

    def _known(self, key: EntryKey, entry: Entry) -> Iterator[Hashable]:
        """Give what is known of an entry, each in the form in which that of another agrees."""
        source, facts = key[0], self._facts[key]
        for scheme, number in numbers_of(entry):
            yield source, scheme, number
        for kind, number in facts.identifiers:
            yield source, "paper", kind, "".join(filter(str.isalnum, number)).casefold()
        for day in facts.born:
            if len(day) == _DAY:
                year, month, at = day.split("-")
                yield source, "born", year, *sorted((month, at))
        years = {day[:4] for day in facts.born}
        for words in {_words(name) for name in names_of(entry)} if years else ():
            for year in years if words else ():
                yield source, "named", year, words


def _words(name: str) -> tuple[str, ...]:
    """Give the words of a whole name in one order; none of a single word, but where all is one."""
    plain = "".join(sign if sign.isalnum() else " " for sign in clean_name(name).casefold())
    words = tuple(sorted(plain.split()))
    return words if len(words) >= _WHOLE or _UNSPACED.fullmatch(plain.strip()) else ()
