"""Recording persons by hand, with their names in any script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypedDict
from uuid import uuid4

from django.db import transaction

from undaunted.core.access.rules import Facts, Sharing, Verb, require
from undaunted.core.actors.models import Party, PartyName
from undaunted.core.actors.rules.names import script_of, search_form
from undaunted.core.audit.actions import record_entry
from undaunted.prisoners.registry.actions.ledger_columns import PERSON
from undaunted.prisoners.registry.actions.projecting import project_published
from undaunted.prisoners.registry.models import ListEntry
from undaunted.prisoners.registry.readers.hygiene import clean_name
from undaunted.prisoners.registry.rules.claims import day_held
from undaunted.prisoners.registry.rules.people import NameKind, check_life

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from typing import Unpack
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.actors.rules.partial_date import PartialDate

__all__ = ["PersonDetails", "correct_person", "record_person", "window"]

_DayName = Literal["birth", "death"]
_DAYS: tuple[_DayName, _DayName] = ("birth", "death")


class PersonDetails(TypedDict, total=False):
    """What may be said about a person beside names."""

    gender: str
    birth: PartialDate | None
    death: PartialDate | None
    nationalities: list[str]
    country: str
    roles: list[str]


def record_person(
    holder: UUID,
    names: Sequence[tuple[str, str, str]],
    *,
    actor: Actor,
    at: datetime,
    sharing: Sharing = Sharing.ORGANISATION,
    **details: Unpack[PersonDetails],
) -> Party:
    """Record a person; `names` are (text, kind, language), the first one is shown.

    Names are cleaned as an import cleans them. Raises `NameUnusable`, `ClaimRefused` for days of a
    life that cannot be true, and `ValueError` for a kind of name that is none.
    """
    require(actor, Verb.RECORD, Facts(holder=holder))
    if not names:
        raise ValueError("a person is recorded with a name")
    cleaned = [
        (clean_name(text, f"names/{number}/text"), NameKind(kind), language)
        for number, (text, kind, language) in enumerate(names)
    ]
    check_life(details.get("birth"), details.get("death"), at.date())
    with transaction.atomic():
        new = uuid4()
        party = Party.objects.create(
            id=new,
            canonical=new,
            holder=holder,
            sharing=sharing,
            recorded_at=at,
            recorded_by=actor.person,
            **_person_columns(details),
        )
        PartyName.objects.bulk_create(
            PartyName(
                holder=holder,
                sharing=sharing,
                party=party,
                text=text,
                kind=kind,
                language=language,
                script=script_of(text),
                search_form=search_form(text),
                primary=number == 0,
                recorded_at=at,
            )
            for number, (text, kind, language) in enumerate(cleaned)
        )
        _record("person.recorded", party.pk, actor, at, {})
    return party


def correct_person(
    party: Party, *, actor: Actor, at: datetime, **details: Unpack[PersonDetails]
) -> Party:
    """Change what is said about a person; names are added and withdrawn, never changed.

    Raises `ClaimRefused` for days of a life that cannot be true.
    """
    require(actor, Verb.RECORD, Facts(holder=party.holder))
    with transaction.atomic():
        held = Party.objects.select_for_update().get(pk=party.pk)
        if not details.keys().isdisjoint(_DAYS):
            birth, death = (_day(held, name, details) for name in _DAYS)
            check_life(birth, death, at.date())
        _keep_listed(held)
        columns = _person_columns(details)
        for name, value in columns.items():
            setattr(held, name, value)
        held.save(update_fields=list(columns))
        _record("person.corrected", held.pk, actor, at, {"fields": sorted(details)})
        project_published([held.pk])
    return held


def window(name: str, day: PartialDate | None) -> dict[str, Any]:
    """Give the three columns of a partial date: its text and the days it lies between."""
    return {
        name: day.text if day else "",
        f"{name}_earliest": day.earliest if day else None,
        f"{name}_latest": day.latest if day else None,
    }


def _day(party: Party, name: _DayName, details: PersonDetails) -> PartialDate | None:
    return details[name] if name in details else day_held(getattr(party, name))


def _person_columns(details: PersonDetails) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    for name, value in details.items():
        if name in {"birth", "death"}:
            columns |= window(name, value)  # type: ignore[arg-type]
        else:
            columns[name] = value
    return columns


def _keep_listed(party: Party) -> None:
    """Remember what the list said of a person, so that it comes again without undoing this."""
    entry = ListEntry.objects.filter(party=party, withdrawn_at__isnull=True).first()
    if entry is not None and "person" not in (entry.said or {}):
        listed = {name: getattr(party, name) for name in PERSON}
        entry.said = {**(entry.said or {}), "person": listed}
        entry.save(update_fields=["said"])


def _record(
    verb: str, party: UUID, actor: Actor, at: datetime, detail: Mapping[str, object]
) -> None:
    record_entry(verb, actor=actor, subject_kind="party", subject_id=party, at=at, detail=detail)
