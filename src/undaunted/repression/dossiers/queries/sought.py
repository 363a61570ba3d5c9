"""Evidence and acts found by words: a title, a number, a day, a person or the case about them.

Narrows what somebody may read already, and reads no row beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.db.models import Q
from django.utils.translation import get_language

from undaunted.core.actors.rules.partial_date import PartialDate, UnreadableDate
from undaunted.core.events.queries import acts_about
from undaunted.core.events.rules import labels
from undaunted.core.evidence.queries import citations_for
from undaunted.core.matching.rules import Named, SubjectsUnknown, subjects_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor
    from undaunted.core.events.queries import Act

__all__ = ["Sought", "acts_sought", "documents_sought", "sought", "sources_sought"]

_MOST: Final = 200
"""Records of people whose name is like the words that are looked into."""
_MOST_WORDS: Final = 12
_SHORTEST_NUMBER: Final = 4


class Sought(NamedTuple):
    """What is looked for: words, the days they name, and whom they name."""

    text: str
    days: tuple[date, date] | None
    people: Collection[UUID]


def sought(actor: Actor, text: str) -> Sought:
    """Read what somebody typed; people and cases are found as far as they may be read."""
    try:
        people = subjects_of(Named.PERSON).sought(actor, text, most=_MOST)
    except SubjectsUnknown:
        people = ()
    return Sought(text, _days(text), people)


def sources_sought(actor: Actor, rows: QuerySet[Any], words: Sought) -> QuerySet[Any]:
    """Give the sources, newest first, that are called so, are of that day or carry that case."""
    return rows.filter(
        _said(words, "", "title", "publisher", "url") | Q(pk__in=_sources_of(actor, words))
    )


def documents_sought(actor: Actor, rows: QuerySet[Any], words: Sought) -> QuerySet[Any]:
    """Give the documents of which the source is found, or the number begins with the text."""
    named = _said(words, "source__", "title", "publisher", "url")
    named |= Q(source__in=_sources_of(actor, words))
    if len(words.text) >= _SHORTEST_NUMBER:
        named |= Q(sha256__startswith=words.text.lower())
    return rows.filter(named)


def acts_sought(_actor: Actor, rows: QuerySet[Act], words: Sought) -> QuerySet[Act]:
    """Give the acts of that day, done to whom the words name, or told in these words."""
    named = Q(victim__in=words.people) | _worded(words, "facility", "city", "authority", "law")
    told = labels("act_types", get_language() or "en").items()
    text = words.text.casefold()
    named |= Q(type__in=[code for code, label in told if text in label.casefold()])
    if words.days:
        first, last = words.days
        named |= Q(start_earliest__lte=last, start_latest__gte=first)
    return rows.filter(named)


def _sources_of(actor: Actor, words: Sought) -> set[UUID]:
    """Give the sources that carry what the ledger says of these people."""
    if not words.people:
        return set()
    claims = acts_about(actor, words.people).values_list("claim", flat=True)
    of_people = citations_for(actor, "party", words.people).values_list("source", flat=True)
    of_acts = citations_for(actor, "act", claims).values_list("source", flat=True)
    return {*of_people, *of_acts}


def _said(words: Sought, where: str, *fields: str) -> Q:
    told = _worded(words, *(f"{where}{each}" for each in fields))
    if words.days:
        first, last = words.days
        told |= Q(**{f"{where}published__startswith": words.text})
        told |= Q(recorded_at__date__gte=first, recorded_at__date__lte=last)
    return told


def _worded(words: Sought, *fields: str) -> Q:
    """Ask that every word stands in one of the fields, whichever."""
    asked = Q()
    for word in words.text.split()[:_MOST_WORDS]:
        one = Q()
        for field in fields:
            one |= Q(**{f"{field}__icontains": word})
        asked &= one
    return asked


def _days(text: str) -> tuple[date, date] | None:
    try:
        told = PartialDate.parse(text)
    except UnreadableDate:
        return None
    return (told.earliest, told.latest) if told.earliest and told.latest else None
