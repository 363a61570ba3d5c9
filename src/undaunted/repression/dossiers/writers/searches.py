"""What a search of lists says on a paper: of which versions, and where its silence says nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from undaunted.core.editions.rules import Bullets, Paragraph, Strong
from undaunted.core.listings.rules import list_sources
from undaunted.core.listings.writers import place_told, titled
from undaunted.repression.dossiers.writers.citing import day_told
from undaunted.repression.sanctions.writers import as_of_told

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from undaunted.core.editions.rules import Block
    from undaunted.repression.dossiers.rules import PersonTold
    from undaunted.repression.sanctions.rules import ListSpoken

__all__ = ["not_compared", "not_searched", "searched_told", "silence_told", "spoken_named"]


def searched_told(person: PersonTold) -> Iterator[Block]:
    """Tell which lists were searched, what was found on these, and which were not searched."""
    yield Paragraph((Strong(_("Lists that were searched")),))
    lists = "; ".join(map(spoken_named, person.searched)) or _("No list is loaded.")
    yield Paragraph((f"{_('Searched on')} {day_told(person.searched_on)}: {lists}",))
    if person.listed:
        yield Paragraph((_("Entries with a name alike; each is a question, not a finding:"),))
        yield Bullets(tuple((each,) for each in person.listed))
    elif not person.silent:
        yield Paragraph((silence_told(),))
    if person.unheard:
        yield Paragraph((not_compared(person.unheard),))
    # behind what was found, which is said of the lists above
    if person.unheld:
        yield Paragraph((not_searched(person.unheld),))


def spoken_named(each: ListSpoken) -> str:
    """Call a list by its title, whose it is, and of which day the version is."""
    return f"{titled(each.source)} ({place_told(each.jurisdiction)}, {as_of_told(each)})"


def silence_told() -> str:
    """Say that nothing was found, of the lists that were searched alone."""
    return _("On these lists no entry with a name alike was found.")


def not_searched(codes: Collection[str]) -> str:
    """Say of which lists no version is held, in the order that is given."""
    return _("Not searched, because no version is held here: %(lists)s.") % {
        "lists": "; ".join(_named(codes))
    }


def not_compared(names: Collection[str]) -> str:
    """Say which names are in letters that cannot be compared."""
    return _("Could not be compared, because their letters are not read: %(names)s.") % {
        "names": "; ".join(names)
    }


def _named(codes: Iterable[str]) -> Iterator[str]:
    for code in codes:
        known = list_sources().get(code)
        place = f" ({place_told(known.jurisdiction)})" if known else ""
        yield f"{titled(code)}{place}"
