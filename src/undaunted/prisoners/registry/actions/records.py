"""Recording acts by hand: spells, charges, releases, confirmations, acts of civil death.

A correction never overwrites an act: it closes the row and adds another under the same claim, so
that what was known on any day can be read again. Each claim comes with its sources. Nothing here
reaches the public by itself: a published case shows it once a second person has approved it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict
from uuid import uuid4

from django.db import transaction

from undaunted.core.access.rules import Facts, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.events.models import Act, Event
from undaunted.core.events.rules import ActFamily, ReleaseType, term, vocabulary
from undaunted.core.evidence.actions import cite
from undaunted.prisoners.registry.actions.people import correct_person, window
from undaunted.prisoners.registry.queries.records import facts_cited
from undaunted.prisoners.registry.rules.claims import (
    check_come,
    check_correction,
    check_days,
    check_order,
    check_tier,
    day_held,
    source_facts,
    tier_at_most,
)
from undaunted.prisoners.registry.rules.ledger_rows import counts_as_held
from undaunted.prisoners.registry.rules.people import check_life

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime
    from typing import Unpack
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.actors.models import Party
    from undaunted.core.actors.rules.partial_date import PartialDate
    from undaunted.core.evidence.models import Source
    from undaunted.core.evidence.rules import Grade

    Sources = Sequence[tuple[Source, Grade]]

__all__ = [
    "ActDetails",
    "ActNotCurrent",
    "SourceMissing",
    "WrongAct",
    "correct_act",
    "correct_spell",
    "record_act",
    "record_charge",
    "record_civil_death",
    "record_confirmation",
    "record_release",
    "record_spell",
    "withdraw_act",
]


class SourceMissing(ValueError):
    """A claim was made without a source."""


class ActNotCurrent(ValueError):
    """The row was superseded; correct the one that stands for its claim now."""


class WrongAct(ValueError):
    """The type belongs to another family of acts."""


class ActDetails(TypedDict, total=False):
    """What may be said about an act beside its type and dates."""

    ground: str
    expected_end: str
    country: str
    admin1: str
    city: str
    facility: str
    authority: str
    law: str
    law_category: str
    stage: str
    sentence_kind: str
    sentence_months: int | None
    release_type: str
    whereabouts: str
    health_alert: str
    family_contact: bool | None
    tier: str


def record_spell(  # noqa: PLR0913 - kind, days and sources
    party: Party,
    kind: str,
    start: PartialDate,
    *,
    actor: Actor,
    at: datetime,
    sources: Sources,
    end: PartialDate | None = None,
    confirmed: Sequence[date] = (),
    **details: Unpack[ActDetails],
) -> Act:
    """Record a spell of deprivation of liberty; without `end` it goes on."""
    family = ActFamily.DEPRIVATION_OF_LIBERTY
    return record_act(
        party,
        family,
        kind,
        actor=actor,
        at=at,
        sources=sources,
        start=start,
        end=end,
        confirmed=confirmed,
        **details,
    )


def record_charge(
    spell: Act, *, actor: Actor, at: datetime, sources: Sources, **details: Unpack[ActDetails]
) -> Act:
    """Record what somebody is charged with in a spell: law and its kind, day unknown or given."""
    return record_act(
        spell.victim,
        ActFamily.CHARGE,
        "charge_brought",
        actor=actor,
        at=at,
        sources=sources,
        inside=spell,
        **details,
    )


def record_civil_death(  # noqa: PLR0913 - kind, days and sources
    party: Party,
    kind: str,
    start: PartialDate,
    *,
    actor: Actor,
    at: datetime,
    sources: Sources,
    end: PartialDate | None = None,
    **details: Unpack[ActDetails],
) -> Act:
    """Record a visa ban, an asset freeze, a passport denied …: an act of civil death."""
    return record_act(
        party,
        ActFamily.CIVIL_DEATH,
        kind,
        actor=actor,
        at=at,
        sources=sources,
        start=start,
        end=end,
        **details,
    )


def record_release(  # noqa: PLR0913 - how and when it ended
    spell: Act,
    release: ReleaseType,
    on: PartialDate,
    *,
    actor: Actor,
    at: datetime,
    sources: Sources,
) -> Act:
    """Record how and when a spell ended (K4); gives the act of release.

    House arrest is no freedom: the spell ends and one of house arrest begins on the same day. A
    death in custody is also the person's death where none is recorded. What begins with it has the
    spell's tier, or the best that its own sources carry.
    """
    check_come("on", on, at.date())
    check_order("on", day_held(spell.start), on)
    died = release is ReleaseType.DIED and not spell.victim.death
    if died:
        check_life(day_held(spell.victim.birth), on, at.date(), field="on")
    tier = tier_at_most(spell.tier, source_facts(sources))
    with transaction.atomic():
        correct_spell(spell, actor=actor, at=at, end=on, release_type=release.value)
        released = record_act(
            spell.victim,
            ActFamily.RELEASE,
            ActFamily.RELEASE.value,
            actor=actor,
            at=at,
            sources=sources,
            start=on,
            inside=spell,
            release_type=release.value,
            country=spell.country,
            tier=tier,
        )
        if release is ReleaseType.HOUSE_ARREST:
            record_spell(
                spell.victim,
                "house_arrest",
                on,
                actor=actor,
                at=at,
                sources=sources,
                country=spell.country,
                tier=tier,
            )
        if died:
            correct_person(spell.victim, actor=actor, at=at, death=on)
    return released


def record_confirmation(
    spell: Act, on: date, *, actor: Actor, at: datetime, sources: Sources
) -> Act:
    """Record that somebody was confirmed to be held on a day (K6)."""
    _need(sources)
    check_come("on", on, at.date())
    with transaction.atomic():
        confirmed = sorted({*spell.confirmed, on})
        made = _replace(spell, {"confirmed": confirmed}, "spell.confirmed", actor, at)
        _cite(made, sources, "confirmed", actor, at)
    return made


def correct_spell(  # noqa: PLR0913 - what may change
    spell: Act,
    *,
    actor: Actor,
    at: datetime,
    start: PartialDate | None = None,
    end: PartialDate | None = None,
    reopen: bool = False,
    **details: Unpack[ActDetails],
) -> Act:
    """Correct a spell; dates left out stay, `reopen` takes a wrong end away."""
    return correct_act(spell, actor=actor, at=at, start=start, end=end, reopen=reopen, **details)


def correct_act(  # noqa: PLR0913 - what may change beside the details
    act: Act,
    *,
    actor: Actor,
    at: datetime,
    type_: str = "",
    start: PartialDate | None = None,
    end: PartialDate | None = None,
    reopen: bool = False,
    **details: Unpack[ActDetails],
) -> Act:
    """Close the row and add a corrected one under the same claim.

    Raises `ActNotCurrent`, or `ClaimRefused` for days that cannot be true and for another tier than
    now that the sources citing the claim do not carry.
    """
    require(actor, Verb.RECORD, Facts(holder=act.holder))
    check_come("start", start, at.date())
    check_correction(act.start, "" if reopen else act.end, start, end)
    if details.get("tier", act.tier) != act.tier:
        check_tier(details["tier"], facts_cited(actor, act))
    changes: dict[str, Any] = dict(details)
    if type_:
        _check_type(ActFamily(act.category), type_)
        changes |= {"type": type_, "in_stock": counts_as_held(type_)}
    if start is not None:
        changes |= window("start", start)
    if reopen:
        changes |= {"end": "", "end_earliest": None, "end_latest": None, "release_type": ""}
    if end is not None:
        changes |= window("end", end)
    return _replace(act, changes, "act.corrected", actor, at)


def record_act(  # noqa: PLR0913 - who suffered what, when, within what, on which sources
    party: Party,
    family: ActFamily,
    type_: str,
    *,
    actor: Actor,
    at: datetime,
    sources: Sources,
    start: PartialDate | None = None,
    end: PartialDate | None = None,
    confirmed: Sequence[date] = (),
    inside: Act | None = None,
    **details: Unpack[ActDetails],
) -> Act:
    """Record any act done to a person; `inside` is the spell it belongs to.

    Raises `ClaimRefused` for days that cannot be true, or a tier that the sources do not carry.
    """
    require(actor, Verb.RECORD, Facts(holder=party.holder))
    _need(sources)
    _check_type(family, type_)
    check_days(start, end, confirmed, at.date())
    check_tier(details.get("tier", "C"), source_facts(sources))
    held = {"holder": party.holder, "sharing": party.sharing}
    with transaction.atomic():
        event = inside.event if inside else _begun(party, start, details, at)
        windows = {**window("start", start), **window("end", end)}
        act = Act.objects.create(
            **held,
            **{"country": party.country, **details},
            **windows,
            event=event,
            victim=party,
            within=inside.claim if inside else None,
            category=family.value,
            type=type_,
            vocabulary=f"act_types-{vocabulary('act_types').version}",
            confirmed=sorted(confirmed),
            in_stock=counts_as_held(type_),
            recorded_from=at,
            recorded_by=actor.person,
        )
        detail = {"act": str(act.claim), "type": type_}
        _record(f"{family.value}.recorded", party.pk, actor, at, detail)
        _cite(act, sources, "", actor, at)
    return act


def _begun(party: Party, start: PartialDate | None, details: ActDetails, at: datetime) -> Event:
    """Record the event that an act begins, where it lies within no other."""
    held = {"holder": party.holder, "sharing": party.sharing, "recorded_at": at}
    country, began = details.get("country", party.country), start.text if start else ""
    return Event.objects.create(**held, country=country, start=began)


def withdraw_act(act: Act, *, actor: Actor, at: datetime) -> None:
    """End a claim that was wrong from the start; it stays as history."""
    require(actor, Verb.RECORD, Facts(holder=act.holder))
    with transaction.atomic():
        _close(act, at)
        _record("act.withdrawn", act.victim_id, actor, at, {"act": str(act.claim)})


def _replace(act: Act, changes: Mapping[str, Any], verb: str, actor: Actor, at: datetime) -> Act:
    require(actor, Verb.RECORD, Facts(holder=act.holder))
    with transaction.atomic():
        _close(act, at)
        made = Act.objects.get(pk=act.pk)
        made.pk = uuid4()
        made.recorded_from, made.recorded_to = at, None
        made.closed_by = made.origin = None
        made.recorded_by = actor.person
        for name, value in changes.items():
            setattr(made, name, value)
        made.save(force_insert=True)
        detail = {"act": str(act.claim), "fields": sorted(changes)}
        _record(verb, act.victim_id, actor, at, detail)
    return made


def _close(act: Act, at: datetime) -> None:
    standing = Act.objects.filter(pk=act.pk, recorded_to__isnull=True)
    if not standing.update(recorded_to=at):
        raise ActNotCurrent(f"{act.pk} was superseded")


def _cite(act: Act, sources: Sources, claim: str, actor: Actor, at: datetime) -> None:
    """Let the sources carry the act, and the person's record where the act belongs."""
    for source, grade in sources:
        for kind, subject, part in (
            ("act", act.claim, claim),
            ("party", act.victim_id, act.category),
        ):
            cite(
                source,
                actor=actor,
                at=at,
                subject_kind=kind,
                subject_id=subject,
                claim=part,
                grade=grade,
            )


def _need(sources: Sources) -> None:
    if not sources:
        raise SourceMissing("a claim comes with its source")


def _check_type(family: ActFamily, type_: str) -> None:
    found = term("act_types", type_)
    if family.value not in {found.code, found.parent}:
        raise WrongAct(f"{type_} is no {family.value}")


def _record(
    verb: str, party: UUID, actor: Actor, at: datetime, detail: Mapping[str, object]
) -> None:
    record_entry(verb, actor=actor, subject_kind="party", subject_id=party, at=at, detail=detail)
