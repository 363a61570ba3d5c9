"""Recording what was done to a person with a token: spells, charges, releases, civil death."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from ninja.errors import HttpError
from pydantic import Field

from undaunted.core.access.rules import Actor
from undaunted.core.accounts.api import TokenScope, actor_of
from undaunted.core.accounts.rules import Scope
from undaunted.core.events.models import Act
from undaunted.core.events.rules import ActFamily, ReleaseType, term
from undaunted.prisoners.registry.actions.records import (
    correct_act,
    record_act,
    record_confirmation,
    record_release,
    withdraw_act,
)
from undaunted.prisoners.registry.api.checks import (
    NO_NULLS,
    Line,
    Name,
    Short,
    Word,
    country_code,
    day,
    found,
    refusals,
    term_of,
)
from undaunted.prisoners.registry.api.sources import Sourced, sources_given
from undaunted.prisoners.registry.queries.records import case_file, current_act
from undaunted.site.problems import Unusable

__all__ = ["router"]

router = Router(tags=["desk"])
RECORD = TokenScope(Scope.RECORD)

_TERMS = {
    "ground": "detention_grounds",
    "law_category": "law_taxonomy",
    "stage": "procedural_stages",
    "sentence_kind": "sentence_kinds",
    "release_type": "release_types",
    "whereabouts": "whereabouts",
    "health_alert": "health_alerts",
}


class DetailsOfAct(Schema):
    """What may be said about an act beside its kind and days; left out means not said."""

    ground: Word | None = None
    expected_end: Word | None = None
    country: Word | None = None
    admin1: Annotated[str, Field(max_length=80), NO_NULLS] | None = None
    city: Short | None = None
    facility: Name | None = None
    authority: Name | None = None
    law: Line | None = None
    law_category: Word | None = None
    stage: Word | None = None
    sentence_kind: Word | None = None
    sentence_months: Annotated[int, Field(ge=0, le=2400)] | None = None
    release_type: Word | None = None
    whereabouts: Word | None = None
    health_alert: Word | None = None
    family_contact: bool | None = None
    tier: Literal["A", "B", "C", "D"] | None = None


class RegistryActIn(DetailsOfAct, Sourced):
    """An act of any family: its type says which. A charge names the spell it belongs to."""

    type: Word
    start: Word = ""
    end: Word = ""
    confirmed: Annotated[list[date], Field(max_length=100, default_factory=list)]
    within: UUID | None = None


class ActChange(DetailsOfAct):
    """What a correction changes; `reopen` takes a wrong end away."""

    type: Word = ""
    start: Word = ""
    end: Word = ""
    reopen: bool = False


class RegistryReleaseIn(Sourced):
    """How and when a spell ended."""

    release_type: ReleaseType
    on: Word


class ConfirmationIn(Sourced):
    """A day on which somebody was confirmed to be held."""

    on: date


class ActMade(Schema):
    """The claim, which stays, and the version of it that is in force."""

    claim: UUID
    version: UUID


Answer = Any


@router.post(
    "/people/{uuid:party}/acts", response={201: ActMade}, auth=RECORD, summary="Record an act"
)
def add_act(request: HttpRequest, party: UUID, act: RegistryActIn) -> Answer:
    """Record a spell, a charge, a confirmation or an act of civil death."""
    actor = actor_of(request)
    person = found(case_file(actor, party)).party
    inside = _spell(actor, person.pk, act.within) if act.within else None
    term_of("type", act.type, "act_types", body=True)
    with refusals():
        made = record_act(
            person,
            _family(act.type),
            act.type,
            actor=actor,
            at=timezone.now(),
            sources=sources_given(actor, act.sources),
            start=day("start", act.start),
            end=day("end", act.end),
            confirmed=act.confirmed,
            inside=inside,
            **_details(act),
        )
    return _made(made)


@router.post(
    "/acts/{uuid:claim}/release", response={201: ActMade}, auth=RECORD, summary="Record a release"
)
def add_release(request: HttpRequest, claim: UUID, release: RegistryReleaseIn) -> Answer:
    """Record how and when a spell ended; gives the act of release."""
    actor = actor_of(request)
    spell = found(current_act(actor, claim))
    on = day("on", release.on)
    if on is None:
        raise Unusable("on", "give the day, as well as it is known", body=True)
    with refusals():
        made = record_release(
            spell,
            release.release_type,
            on,
            actor=actor,
            at=timezone.now(),
            sources=sources_given(actor, release.sources),
        )
    return _made(made)


@router.post(
    "/acts/{uuid:claim}/confirmations",
    response={201: ActMade},
    auth=RECORD,
    summary="Confirm that somebody is held",
)
def add_confirmation(request: HttpRequest, claim: UUID, confirmation: ConfirmationIn) -> Answer:
    """Record a day on which the person was confirmed to be held."""
    actor = actor_of(request)
    spell = found(current_act(actor, claim))
    with refusals():
        made = record_confirmation(
            spell,
            confirmation.on,
            actor=actor,
            at=timezone.now(),
            sources=sources_given(actor, confirmation.sources),
        )
    return _made(made)


@router.patch("/acts/{uuid:claim}", response=ActMade, auth=RECORD, summary="Correct an act")
def change_act(request: HttpRequest, claim: UUID, change: ActChange) -> Answer:
    """Correct an act; needs If-Match with its version in quotes. What it said stays as history."""
    actor = actor_of(request)
    act = found(current_act(actor, claim))
    _unchanged(request, act)
    if change.type:
        term_of("type", change.type, "act_types", body=True)
    with refusals():
        made = correct_act(
            act,
            actor=actor,
            at=timezone.now(),
            type_=change.type,
            start=day("start", change.start),
            end=day("end", change.end),
            reopen=change.reopen,
            **_details(change),
        )
    return _made(made)


@router.delete("/acts/{uuid:claim}", response={204: None}, auth=RECORD, summary="Withdraw an act")
def remove_act(request: HttpRequest, claim: UUID) -> Answer:
    """End a claim that was wrong from the start; needs If-Match. It stays as history."""
    actor = actor_of(request)
    act = found(current_act(actor, claim))
    _unchanged(request, act)
    with refusals():
        withdraw_act(act, actor=actor, at=timezone.now())
    return None


def _unchanged(request: HttpRequest, act: Act) -> None:
    held = request.headers.get("If-Match", "")
    if not held:
        raise HttpError(428, "Send If-Match with the version of the act that you read.")
    if held != f'"{act.pk}"':
        raise HttpError(412, "The act was corrected since you read it. Read it again.")


def _spell(actor: Actor, party: UUID, claim: UUID) -> Act:
    spell = current_act(actor, claim)
    if spell is None or spell.victim_id != party:
        raise Unusable("within", "no spell of this person has this claim", body=True)
    return spell


def _family(type_: str) -> ActFamily:
    known = term("act_types", type_)
    return ActFamily(known.parent or known.code)


def _details(given: DetailsOfAct) -> Any:  # noqa: ANN401 - the action's own dictionary
    names = DetailsOfAct.model_fields
    said = {k: v for k, v in given.model_dump(exclude_unset=True).items() if k in names}
    told = {name: value for name, value in said.items() if value is not None}
    for name, vocabulary in _TERMS.items():
        if name in told:
            term_of(name, told[name], vocabulary, body=True)
    if "country" in told:
        told["country"] = country_code("country", told["country"], body=True)
    if told.get("expected_end"):
        day("expected_end", told["expected_end"])
    return told


def _made(act: Act) -> dict[str, UUID]:
    return {"claim": act.claim, "version": act.pk}
