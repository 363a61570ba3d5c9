"""What a dossier must hold before anything goes to a government; nothing of it is optional."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from undaunted.repression.dossiers.rules.terms import DetailKind, DossierReply, Weighed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

__all__ = ["Accused", "Statement", "missing_of", "told_from_others", "unsettled_of"]

_TELLING: Final = frozenset(
    {
        DetailKind.BIRTH,
        DetailKind.BIRTHPLACE,
        DetailKind.PAPER,
        DetailKind.PHOTO,
        DetailKind.ADDRESS,
    }
)
"""What tells somebody from others of the same name."""

_BESIDE: Final = ";\N{NO-BREAK SPACE}"
"""What parts lists within a sentence: their titles hold commas, and a blank begins a sentence."""


def told_from_others(details: Collection[DetailKind]) -> bool:
    """Tell whether anything but posts tells a person from others of the same name."""
    return any(each in _TELLING or each is DetailKind.NATIONALITY for each in details)


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of what speaks for the person, and whether a second person confirmed it."""

    kind: Weighed
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Accused:
    """One person or body as it must be whole: its name here, and what stands about it."""

    label: str
    details: frozenset[DetailKind]
    posts: int
    reply: DossierReply
    lists_searched: bool
    statements: tuple[Statement, ...]
    links: int
    reader: str = ""
    """The government that is told, by its code."""
    unsearched: tuple[str, ...] = ()
    """Lists of which the version in force is not the one that was searched."""


def missing_of(people: Iterable[Accused]) -> tuple[str, ...]:
    """Give everything that is missing about people, in words that say what to do.

    Lists that several lack are named of the first who was searched; of somebody never searched
    none is named.
    """
    named = set[tuple[str, ...]]()
    found: list[str] = []
    for each in people:
        again = each.unsearched in named
        found += (f"{each.label}: {problem}" for problem in _missing(each, again=again))
        if each.lists_searched:
            named.add(each.unsearched)
    return tuple(found)


def unsettled_of(label: str, statements: Collection[Statement]) -> tuple[str, ...]:
    """Give what of one person's statements nobody has settled: one that waits, two that differ."""
    return tuple(f"{label}: {problem}" for problem in _unsettled(statements))


def _missing(each: Accused, *, again: bool) -> Iterator[str]:
    if DetailKind.NAME not in each.details:
        yield "identification: record at least one name as it is written"
    if not each.posts and not each.details & _TELLING:
        yield (
            "identification: record a post, a birth, a paper, a photo or an address; a name alone "
            "may be somebody else's"
        )
    if not each.lists_searched:
        yield "identification: search the lists, so that it is known who has listed the person"
    elif each.unsearched and again:
        yield "identification: search the same lists again"
    elif each.unsearched:
        lists = _BESIDE.join(each.unsearched)
        yield f"identification: search the lists again; not searched as they stand now: {lists}"
    if not each.links:
        yield (
            f"no act is linked of which anybody agreed that {each.reader} is told; link one, or "
            "ask whom it was done to"
        )
    yield from _unweighed(each)


def _unweighed(each: Accused) -> Iterator[str]:
    kinds = {held.kind for held in each.statements}
    if Weighed.SEARCHED not in kinds:
        yield "exculpatory material: say what was searched for that speaks for the person"
    if not kinds & {Weighed.FOUND, Weighed.NOTHING_FOUND}:
        yield "exculpatory material: say what was found, or why nothing was"
    if each.reply is DossierReply.OPEN:
        yield (
            "exculpatory material: say whether the person's own account was sought, or why it is "
            "unsafe to seek it"
        )
    if each.reply is DossierReply.RECEIVED and Weighed.ACCOUNT not in kinds:
        yield "exculpatory material: record the account that was received"
    yield from _unsettled(each.statements)


def _unsettled(statements: Collection[Statement]) -> Iterator[str]:
    if not all(each.confirmed for each in statements):
        yield (
            "exculpatory material: a statement waits for a second person to confirm it; let one "
            "confirm it, or withdraw it"
        )
    if {Weighed.FOUND, Weighed.NOTHING_FOUND} <= {each.kind for each in statements}:
        yield (
            "exculpatory material: one statement says that nothing was found, another what was; "
            "withdraw the one that is wrong"
        )
