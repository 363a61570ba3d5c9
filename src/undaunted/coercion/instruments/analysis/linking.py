"""Whether stakes show that a government holds a person: the subject's door to the engine."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from undaunted.coercion.instruments.rules import Link, MeasureRefused
from undaunted.coercion.screening.readers import FileRefused, plain_name, read_given
from undaunted.engines.ownership import OwnershipError, readings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from undaunted.coercion.instruments.rules import Design, LinkedPerson, Measure
    from undaunted.engines.ownership import Reading, Stakes

__all__ = [
    "GOVERNMENT_LINKED",
    "GivenStakes",
    "design_with_stakes",
    "linked_reading",
    "with_reading",
]

GOVERNMENT_LINKED = "eu_government_linked"
"""The engine's key of Article 10(1)."""


@dataclass(frozen=True, slots=True)
class GivenStakes:
    """A file of stakes that was given, who the government is in it, and the day that counts."""

    name: str
    content: bytes
    government: tuple[str, ...]
    on: date

    @property
    def digest(self) -> str:
        """The SHA-256 of the file."""
        return sha256(self.content).hexdigest()


def linked_reading(stakes: Stakes, government: Sequence[str], company: str) -> Reading:
    """Read Article 10(1)(a) from stakes of one day: must, may or no, with the shares compared."""
    (found,) = (
        each
        for each in readings(stakes, government, company)
        if each.standard.key == GOVERNMENT_LINKED
    )
    return found


def with_reading(
    person: LinkedPerson, stakes: Stakes, government: Sequence[str], company: str
) -> LinkedPerson:
    """Give the person with what the stakes say of its majority."""
    return replace(person, answer=linked_reading(stakes, government, company).answer)


def design_with_stakes(design: Design, ids: Mapping[str, str], given: GivenStakes) -> Design:
    """Read Article 10(1)(a) for each person that is said to be held by a majority.

    `ids` are those of the stakes, by name. Raises `MeasureRefused` for a file that cannot be read,
    and for owners or companies that it does not know.
    """
    try:
        stakes = read_given(given.content, given.name).questioned().as_of(given.on)
        measures = tuple(
            replace(each, persons=tuple(_read(each, ids, stakes, given)))
            for each in design.measures
        )
    except (FileRefused, OwnershipError) as refused:
        raise MeasureRefused(f"{given.name}: {refused}") from refused
    return replace(design, measures=measures)


def _read(
    measure: Measure, ids: Mapping[str, str], stakes: Stakes, given: GivenStakes
) -> Iterator[LinkedPerson]:
    for each in measure.persons:
        if each.link is Link.MAJORITY and not each.natural and each.name in ids:
            read = with_reading(each, stakes, given.government, ids[each.name])
            yield replace(read, stakes=f"{plain_name(given.name)} ({given.on}), {given.digest}")
        else:
            yield each
