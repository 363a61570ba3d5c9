"""Who holds and what is held: names as the sources have them, told apart by whole numbers."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np

from undaunted.engines.ownership.errors import PartyUnknown, StakesMalformed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

__all__ = ["Parties", "PartyKind", "Register", "one_form"]

NEAR = 3
"""So many similar names are offered for one that is not known."""


STATE = "STATE:"
"""An identifier that begins so, in whatever case, is a state's."""
CODE = 2
"""Letters of a state."""


def one_form(identifier: str) -> str:
    """Give an identifier as it is kept: in Unicode's composed form, without spaces around it.

    A state is one in whatever case it is written.
    """
    kept = identifier.strip()
    if not kept.isascii():
        kept = unicodedata.normalize("NFC", kept).strip()
    if kept[: len(STATE)].upper() == STATE:
        rest = kept[len(STATE) :].strip()
        return f"{STATE}{rest.upper() if len(rest) == CODE else rest}"
    return kept


class PartyKind(IntEnum):
    """What a party is, as far as its source says.

    `SEVERAL` is whoever cannot decide as one: a region, the public, natural persons without names,
    holders below a threshold of disclosure. What they hold is never added up into control.
    """

    UNKNOWN = 0
    COMPANY = 1
    PERSON = 2
    STATE = 3
    SEVERAL = 4


@dataclass(frozen=True, slots=True, eq=False)
class Parties:
    """All parties of a table; a party's number is its place in `ids`.

    Attributes:
        ids: identifiers, each once.
        kinds: shape (n,), values of `PartyKind`.
        labels: names to be read, by identifier, where they differ from it.
    """

    ids: tuple[str, ...]
    kinds: NDArray[np.int8]
    labels: Mapping[str, str] = field(default_factory=dict)
    _numbers: dict[str, int] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        if len(self.ids) != self.kinds.size:
            raise StakesMalformed("every party has one kind")
        if len(self._numbers) != len(self.ids):
            self._numbers.update({each: number for number, each in enumerate(self.ids)})
        if len(self._numbers) != len(self.ids):
            raise StakesMalformed("a party is named twice in the list of parties")

    def __len__(self) -> int:
        return len(self.ids)

    def __contains__(self, identifier: object) -> bool:
        return identifier in self._numbers or (
            isinstance(identifier, str) and one_form(identifier) in self._numbers
        )

    def number_of(self, identifier: str) -> int:
        """Give a party's number; an unknown one is refused, with names that come near."""
        number = self._numbers.get(identifier)
        if number is None:
            number = self._numbers.get(one_form(identifier))
        if number is None:
            near = self._near(identifier)
            hint = f"; there is {', '.join(near)}" if near else ""
            raise PartyUnknown(f'no stake names "{identifier}"{hint}')
        return number

    def numbers_of(self, identifiers: Iterable[str]) -> NDArray[np.int64]:
        """Give the numbers of several, sorted, each once."""
        return np.array(sorted({self.number_of(each) for each in identifiers}), np.int64)

    def named(self, numbers: Iterable[int] | NDArray[np.int64]) -> tuple[str, ...]:
        """Give identifiers in the order of the numbers."""
        return tuple(self.ids[int(number)] for number in numbers)

    def label(self, number: int) -> str:
        """Give the name to be read."""
        identifier = self.ids[number]
        return self.labels.get(identifier, identifier)

    def _near(self, identifier: str) -> list[str]:
        asked = identifier.casefold().strip()
        tail = asked.rpartition(":")[2]
        found = [each for each in self.ids if each.casefold().strip() == asked]
        found += [each for each in self.ids if tail and tail in each.casefold()]
        return list(dict.fromkeys(found))[:NEAR]


class Register:
    """Gives each identifier a number, in the order of their coming."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._kinds: dict[int, PartyKind] = {}
        self._labels: dict[str, str] = {}

    def number(self, identifier: str, kind: PartyKind = PartyKind.UNKNOWN, label: str = "") -> int:
        """Give its number, of whichever form it is; a kind or a label told later is kept."""
        if identifier not in self._numbers:
            identifier = one_form(identifier)
        number = self._numbers.setdefault(identifier, len(self._numbers))
        if kind is not PartyKind.UNKNOWN:
            self._kinds[number] = kind
        if label and label != identifier:
            self._labels[identifier] = label
        return number

    def parties(self) -> Parties:
        """Give what has come so far."""
        kinds = np.zeros(len(self._numbers), np.int8)
        for number, kind in self._kinds.items():
            kinds[number] = kind
        numbers = dict(self._numbers)
        return Parties(tuple(numbers), kinds, dict(self._labels), numbers)
