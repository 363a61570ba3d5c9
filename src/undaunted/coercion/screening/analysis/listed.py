"""Parties held against the lists in force, by the engine of names; what was judged is remembered.

An entry is written as `source:key · name · form …`: the last part names what told its bearer apart
when it was looked at, so that a later version which says nothing new of that brings back nothing.

One person takes an entry for a party, who answers for the case at whose decision two people look;
of files and notices nobody looks again, so that there a second person confirms it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from undaunted.coercion.screening.analysis.matching import Hit
from undaunted.coercion.screening.rules.casework import LONGEST_SOURCE, Judgement
from undaunted.core.access.rules import PUBLIC
from undaunted.core.listings.queries import lists_standing
from undaunted.core.listings.rules import Kind
from undaunted.core.matching.analysis import held_against, listed_in_force
from undaunted.core.matching.queries import judged_of_entries
from undaunted.core.matching.rules import (
    Answered,
    Form,
    Memory,
    Named,
    Reference,
    Verdict,
    entry_reference,
    form_of_entry,
)
from undaunted.core.matching.writers import reasons_told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from undaunted.coercion.screening.models import ListCheck, Party
    from undaunted.core.access.rules import Actor
    from undaunted.core.listings.queries import Standing
    from undaunted.core.matching.analysis import Compared, Found, Listed

__all__ = ["METHOD", "ListedMatcher", "matchers_for"]

METHOD = "names"
_FORM = 12
_FOUND = re.compile(r"[0-9a-f]{12}")
_VERDICTS = {Judgement.SAME: Verdict.SAME, Judgement.ANOTHER: Verdict.DIFFERENT}
_MOST_TOLD = 8
_BODIES = frozenset({"company", "state"})


@dataclass(slots=True)
class _Held:
    """Parties held against all lists in force at once, for the matcher of each list."""

    listed: Listed
    _told: dict[tuple[Party, ...], Compared] = field(default_factory=dict)

    def told(self, parties: tuple[Party, ...]) -> Compared:
        """Give what came up for these parties on every list, and who cannot be compared."""
        if parties not in self._told:
            forms = {str(each.pk): _form(each) for each in parties}
            self._told = {parties: held_against(self.listed, forms)}
        return self._told[parties]


@dataclass(frozen=True, slots=True)
class ListedMatcher:
    """Holds parties against one list in force."""

    list_name: str
    list_day: date
    source: str
    held: _Held
    memory: Memory
    checks: Sequence[ListCheck]
    method: str = METHOD

    def hits(self, parties: Iterable[Party]) -> Iterator[Hit]:
        """Give what came up; what a person judged of the same party before, with that.

        Who cannot be compared is told so: that nothing came up would say what nobody looked at.
        """
        known = {str(party.pk): party for party in parties}
        told = self.held.told(tuple(known.values()))
        for found in told.found:
            party = known[str(found.left)]
            if found.right[0] == self.source and not self._of_another_kind(party, found):
                yield self._hit(party, found)
        for key, why in told.refused.items():
            yield Hit(known[key], "", why, Judgement.NOT_COMPARED)

    def _of_another_kind(self, party: Party, found: Found) -> bool:
        """Whether a party that is told to be a body came up as somebody: no ship is left out."""
        bodily = party.kind in _BODIES
        return bodily and self.held.listed.entries[found.right].kind is Kind.PERSON

    def _hit(self, party: Party, found: Found) -> Hit:
        entry = entry_reference(found.right)
        about = self.held.listed.entries[found.right]
        form = form_of_entry(about).digest[:_FORM]
        tail = f" · form {form}"
        room = LONGEST_SOURCE - len(entry.key) - len(tail) - 3
        text = f"{entry.key} · {about.name[:room]}{tail}"
        alike = " ".join(reasons_told(found.reasons)[:_MOST_TOLD])
        rows = {
            answered: row
            for row in self.checks
            if row.party.pk == party.pk and (answered := _answered(row)) is not None
        }
        held = self.memory.answer_to(entry, "", rows)
        if held is None:
            return Hit(party, text, alike)
        row = rows[held]
        return Hit(party, text, alike, Judgement(row.judgement), row.reason)


def matchers_for(_actor: Actor, checks: Sequence[ListCheck]) -> tuple[ListedMatcher, ...]:
    """Give a matcher for each list that is in force, which knows what was judged in a case."""
    listed = listed_in_force(PUBLIC)
    forms = {
        entry_reference(key): form_of_entry(entry).digest[:_FORM]
        for key, entry in listed.entries.items()
    }
    judged = (
        replace(each, left_digest=each.left_digest[:_FORM], right_digest=each.right_digest[:_FORM])
        for each in judged_of_entries(PUBLIC)
    )
    memory = Memory(judged, forms)
    held = _Held(listed)
    return tuple(
        ListedMatcher(
            each.listing.title, _day(each), each.listing.code, held, memory, tuple(checks)
        )
        for each in lists_standing(PUBLIC)
        if each.version is not None
    )


def _day(standing: Standing) -> date:
    """Give the day that a version says, or the one on which it was loaded."""
    version = standing.version
    assert version is not None  # noqa: S101 - asked before
    loaded = version.loaded_at.date()
    try:
        return min(date.fromisoformat(version.published[:10]), loaded)
    except ValueError:
        return loaded


def _form(party: Party) -> Form:
    """Give a party as it is compared: whose kind is not known, as a person and as a body."""
    kind = "person" if party.kind == "person" else "other"
    countries = (party.country,) if party.country else ()
    return Form(kind=kind, names=(party.name,), nationalities=countries)


def _answered(row: ListCheck) -> Answered | None:
    verdict = _VERDICTS.get(Judgement(row.judgement))
    told, _, form = row.entry.rpartition(" · form ")
    key, apart, _ = told.partition(" · ")
    if verdict is None or not (key and apart and _FOUND.fullmatch(form)) or row.method != METHOD:
        return None
    return Answered(Reference(Named.ENTRY, key), verdict, "", form)
