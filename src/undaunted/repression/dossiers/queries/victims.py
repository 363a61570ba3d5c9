"""Who suffered an act, as far as whoever works on a dossier may read their file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.core.actors.queries import parties_for
from undaunted.core.matching.rules import Named, SubjectsUnknown, subjects_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.matching.rules import Subject

__all__ = ["victims_read"]


def victims_read(actor: Actor, victims: Iterable[UUID]) -> Mapping[UUID, Subject]:
    """Give who these people are and where their case is read; whoever is not to be read is not."""
    stands = {each.pk: str(each.canonical) for each in parties_for(actor, victims)}
    try:
        told = subjects_of(Named.PERSON).described(actor, set(stands.values()))
    except SubjectsUnknown:
        return {}
    return {key: told[one] for key, one in stands.items() if one in told}
