"""When files were last held against lists, and which lists were loaded since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from undaunted.core.access.rules import PUBLIC
from undaunted.core.accounts.queries import organisations_for
from undaunted.core.listings.queries import latest_change, lists_standing
from undaunted.core.matching.models import Screening
from undaunted.core.matching.queries.screening import described_of
from undaunted.core.matching.rules import Named, Reference, unsure_names

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.matching.rules import Form

__all__ = ["HeldLast", "Uncompared", "held_last", "lists_now", "uncompared_of"]


@dataclass(frozen=True, slots=True)
class Uncompared:
    """Somebody of a file whose names cannot be compared: silence says nothing of them."""

    subject: str
    called: str
    address: str
    why: str


@dataclass(frozen=True, slots=True)
class HeldLast:
    """The files of one kind of an organisation, as they were last held against lists."""

    holder: UUID
    called: str
    """The organisation, by its name."""
    kind: Named
    at: datetime
    since: tuple[str, ...]
    """Codes of the lists that are not as they were then: what they say now was not asked."""
    refused: tuple[Uncompared, ...] = ()
    """Whose names could not be compared then; who is read no more is left out."""


def held_last(actor: Actor) -> tuple[HeldLast, ...]:
    """Give when the files of one's own organisations were last held against lists, by name."""
    own = {each.pk: each.name for each in organisations_for(actor)}
    rows = list(Screening.objects.filter(holder__in=own))
    now = lists_now(actor) if rows else {}
    told = (
        HeldLast(
            each.holder,
            own[each.holder],
            Named(each.kind),
            each.at,
            _since(each.lists, now),
            uncompared_of(actor, each.refused),
        )
        for each in rows
    )
    return tuple(sorted(told, key=lambda each: (each.called, each.kind)))


def uncompared_of(actor: Actor, refused: Mapping[str, str]) -> tuple[Uncompared, ...]:
    """Give who could not be compared, by name, as the files tell them now."""
    people = described_of(actor, {Reference.read(each) for each in refused})
    told = (
        Uncompared(subject, _called(each.form), each.address, refused[subject])
        for subject, each in people.items()
        if subject in refused and each.form.names
    )
    return tuple(sorted(told, key=lambda each: (each.called, each.subject)))


def _called(form: Form) -> str:
    """Give the names that cannot be compared; of whom more are alike than are told, the first."""
    return " · ".join(unsure_names(form) or form.names[:1])


def lists_now(_actor: Actor) -> dict[str, int]:
    """Give for each list the number of the version in force that last changed an entry."""
    found = {}
    for each in lists_standing(PUBLIC):
        code = each.listing.code
        if each.version is not None and (last := latest_change(PUBLIC, code)) is not None:
            found[code] = last.number
    return found


def _since(then: dict[str, int], now: dict[str, int]) -> tuple[str, ...]:
    return tuple(
        code for code in sorted(then.keys() | now.keys()) if then.get(code) != now.get(code)
    )
