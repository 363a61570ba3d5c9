"""What a search of lists says on a paper: of which versions, and where its silence says nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from undaunted.core.editions.rules import Bullets, Paragraph, Strong
from undaunted.core.listings.rules import list_sources
from undaunted.core.listings.writers import place_told, titled
from undaunted.repression.dossiers.writers.citing import day_told, typed
from undaunted.repression.sanctions.rules import State
from undaunted.repression.sanctions.writers import STATE_NOTES, and_list, as_of_told
from undaunted.site.components.clauses import clauses_text, comma_mark

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from undaunted.core.editions.rules import Block
    from undaunted.repression.dossiers.rules import PaperTold, PersonTold
    from undaunted.repression.sanctions.rules import ListSpoken

__all__ = [
    "not_compared",
    "not_searched",
    "not_searched_yet",
    "searched_head",
    "searched_told",
    "searches_told",
    "silence_told",
    "spoken_named",
    "unread_told",
]

_TOLD: Final = 6
"""How many states are named of whose lists none was searched; the chapter names every list."""


def searched_told(person: PersonTold) -> Iterator[Block]:
    """Tell what a search found of somebody; of which lists stands once, in a chapter of its own."""
    yield Paragraph((Strong(_("On a list already?")),))
    if person.listed:
        yield Paragraph((_("Entries with a name alike; each is a question, not a finding:"),))
        yield Bullets(tuple((typed(each),) for each in person.listed))
    elif not person.silent:
        yield Paragraph((_none_of(person),))
    elif not person.searched:
        yield Paragraph((_("No list is loaded."),))
    if person.unheld:
        yield Paragraph((_left_out(person),))
    if person.unheard:
        yield Paragraph((not_compared(person.unheard),))


def searches_told(paper: PaperTold) -> Iterator[Block]:
    """Tell once which lists were searched, in which version, and which were not; for whom."""
    searches: dict[tuple[object, ...], list[PersonTold]] = {}
    for each in paper.people:
        searches.setdefault((each.searched_on, each.searched, each.unheld), []).append(each)
    for people in searches.values():
        if len(searches) > 1:
            yield Paragraph((Strong(clauses_text(typed(each.label) for each in people)),))
        lists = clauses_text(map(spoken_named, people[0].searched)) or _("No list is loaded.")
        yield Paragraph((f"{_('Searched on')} {day_told(people[0].searched_on)}: {lists}",))
        yield from (Paragraph((each,)) for each in unread_told(people[0].searched))
        # behind what was found, which is said of the lists above
        if people[0].unheld:
            yield Paragraph((not_searched(people[0].unheld),))


def searched_head() -> str:
    """Give the heading of the chapter that names the lists."""
    return _("Lists that were searched")


def _none_of(person: PersonTold) -> str:
    return _(
        "Of the lists that are named under “%(chapter)s” (%(number)s) none has an entry with a "
        "name alike."
    ) % {"chapter": searched_head(), "number": len(person.searched)}


def _left_out(person: PersonTold) -> str:
    """Count what was not searched, and name first whose lists the reader thinks of."""
    return _("Lists that were not searched: %(number)s. Among their issuers: %(states)s.") % {
        "number": len(person.unheld),
        "states": and_list(tuple(dict.fromkeys(_places(person.unheld)))[:_TOLD]),
    }


def _places(codes: Iterable[str]) -> Iterator[str]:
    for code in codes:
        known = list_sources().get(code)
        yield place_told(known.jurisdiction) if known else typed(titled(code))


def spoken_named(each: ListSpoken) -> str:
    """Call a list by its title, whose it is, and of which day the version is."""
    whose = f"{place_told(each.jurisdiction)}{comma_mark(apart=True)}{as_of_told(each)}"
    return f"{typed(titled(each.source))} ({whose})"


def silence_told() -> str:
    """Say that nothing was found, of the lists that were searched alone."""
    return _("On these lists no entry with a name alike was found.")


def unread_told(searched: Iterable[ListSpoken]) -> Iterator[str]:
    """Say of which lists a row could not be read, in which somebody who is missing may stand."""
    for each in searched:
        if each.version is not None and each.version.nameless:
            yield f"{spoken_named(each)}: {STATE_NOTES[State.UNREAD]}"


def not_searched(codes: Collection[str]) -> str:
    """Say of which lists no version is held, in the order that is given."""
    return _("Not searched, because no version is held here: %(lists)s.") % {
        "lists": clauses_text(_named(codes))
    }


def not_searched_yet(codes: Collection[str]) -> str:
    """Say of which lists a version is held by now, and nobody has searched it."""
    return _("Held here by now, and not searched yet: %(lists)s.") % {
        "lists": clauses_text(_named(codes))
    }


def not_compared(names: Collection[str]) -> str:
    """Say which names are in letters that cannot be compared."""
    return _("Could not be compared, because their letters are not read: %(names)s.") % {
        "names": clauses_text(map(typed, names))
    }


def _named(codes: Iterable[str]) -> Iterator[str]:
    for code in codes:
        known = list_sources().get(code)
        place = f" ({place_told(known.jurisdiction)})" if known else ""
        yield f"{typed(titled(code))}{place}"
