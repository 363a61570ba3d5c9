"""Names of persons in the registry: recorded, corrected, withdrawn, and shown as they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from undaunted.core.actors import actions as actors
from undaunted.prisoners.registry.actions.projecting import project_published
from undaunted.prisoners.registry.readers.hygiene import clean_name
from undaunted.prisoners.registry.rules.people import NameKind

if TYPE_CHECKING:
    from datetime import datetime

    from undaunted.core.access.rules import Actor
    from undaunted.core.actors.models import Party, PartyName

__all__ = ["correct_name", "record_name", "show_name_first", "withdraw_name"]


def record_name(  # noqa: PLR0913 - a name, its kind and language, who and when
    party: Party,
    text: str,
    *,
    actor: Actor,
    at: datetime,
    kind: str,
    language: str = "",
    first: bool = False,
) -> PartyName:
    """Record one more name of a person, cleaned as by an import. Raises `NameUnusable`.

    `ValueError` for a kind of name that is none.
    """
    with transaction.atomic():
        name = actors.record_name(
            party,
            clean_name(text),
            actor=actor,
            at=at,
            kind=NameKind(kind),
            language=language,
            first=first,
        )
        project_published([party.pk])
    return name


def correct_name(  # noqa: PLR0913 - what stands in its place, who and when
    name: PartyName, text: str, *, actor: Actor, at: datetime, kind: str, language: str = ""
) -> PartyName:
    """Put a corrected name in the place of a wrong one, which stays as history.

    A published case shows the wrong one until somebody else approves the correction.
    """
    with transaction.atomic():
        made = actors.record_name(
            name.party,
            clean_name(text),
            actor=actor,
            at=at,
            kind=NameKind(kind),
            language=language,
            first=name.primary,
        )
        actors.withdraw_name(name, actor=actor, at=at, replaced_by=made)
        project_published([name.party_id])
    return made


def withdraw_name(name: PartyName, *, actor: Actor, at: datetime) -> None:
    """Withdraw a name; raises `LastName` where the person would have none left."""
    with transaction.atomic():
        actors.withdraw_name(name, actor=actor, at=at)
        project_published([name.party_id])


def show_name_first(name: PartyName, *, actor: Actor, at: datetime) -> None:
    """Make a name the one that is shown of its person."""
    with transaction.atomic():
        actors.show_name_first(name, actor=actor, at=at)
        project_published([name.party_id])
