"""What a text means at the desk: a case or an adopter, and never one of several."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.prisoners.campaigns.queries.desk import adopters_for, desk_cases
from undaunted.prisoners.campaigns.rules import SeveralFit
from undaunted.prisoners.campaigns.rules.rows import raise_key
from undaunted.prisoners.registry.queries.records import cases_for, people_named

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.prisoners.campaigns.models import Adopter, Campaign
    from undaunted.prisoners.campaigns.queries.desk import DeskCase

__all__ = ["adopter_named", "adopters_by_word", "case_named", "cases_by_word", "people_called"]


def people_called(actor: Actor, text: str) -> list[tuple[UUID, str, str]]:
    """Give the records with exactly this name, each with its country, where there are several."""
    wanted = text.strip()
    named = {party: name for party, name in people_named(actor, wanted) if name == wanted}
    held = cases_for(actor).filter(pk__in=named).order_by("country", "pk")
    found = [(party.pk, named[party.pk], party.country) for party in held]
    return found if len(found) > 1 else []


def cases_by_word(actor: Actor, campaign: Campaign) -> dict[str, list[DeskCase]]:
    """Give the cases of a campaign by each word that means them: reference, id, name, mark."""
    found: dict[str, list[DeskCase]] = {}
    for case in desk_cases(actor, campaign):
        for word in _words(case.reference, case.name, case.row.pk, case.mark):
            found.setdefault(word, []).append(case)
    return found


def case_named(actor: Actor, campaign: Campaign, text: str) -> DeskCase | None:
    """Give the case of a campaign that a reference, an id or the exact name means.

    Raises `SeveralFit` with the references of all that the text fits.
    """
    fits = cases_by_word(actor, campaign).get(_word(text), [])
    if len(fits) > 1:
        known = ", ".join(case.mark for case in fits)
        raise SeveralFit(f"case: {text[:60]!r} fits several cases; give one of {known}")
    return fits[0] if fits else None


def adopters_by_word(actor: Actor, holder: UUID) -> dict[str, list[Adopter]]:
    """Give the adopters that an organisation knows by their names and ids."""
    found: dict[str, list[Adopter]] = {}
    for adopter in adopters_for(actor).filter(holder=holder):
        for word in _words(adopter.name, adopter.pk):
            found.setdefault(word, []).append(adopter)
    return found


def adopter_named(actor: Actor, holder: UUID, text: str) -> Adopter | None:
    """Give the adopter that an id or the exact name means. Raises `SeveralFit` with their ids."""
    fits = adopters_by_word(actor, holder).get(_word(text), [])
    if len(fits) > 1:
        known = ", ".join(str(adopter.pk) for adopter in fits)
        raise SeveralFit(f"adopter: {text[:60]!r} fits several adopters; give one of {known}")
    return fits[0] if fits else None


def _words(*texts: object) -> Iterable[str]:
    return {_word(text) for text in texts} - {""}


def _word(text: object) -> str:
    return raise_key(text)[0]
