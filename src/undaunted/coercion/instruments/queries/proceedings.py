"""Proceedings of one's own authority, as they stand or stood, and what is public of any."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q

from undaunted.coercion.instruments.models import (
    Draft,
    Engagement,
    Injury,
    Paper,
    Proceeding,
    PublishedProceeding,
    PublishedStep,
    Step,
    Vote,
)
from undaunted.coercion.instruments.rules import (
    CLOCKS,
    ELEMENTS,
    IMMEDIATE_CLOCK,
    Stage,
    StageRefused,
)
from undaunted.core.access.rules import RECORD_ROLES
from undaunted.core.clocks.queries import clocks_about
from undaunted.core.clocks.rules import Events, Kind, due, rule_for
from undaunted.core.standards.queries import assessments_for, outcome_of
from undaunted.core.vault.queries import teams_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from undaunted.core.access.rules import Actor
    from undaunted.core.clocks.actions import Clock
    from undaunted.core.clocks.rules import Deadline
    from undaunted.core.standards.queries import Assessment
    from undaunted.core.standards.rules import Outcome

__all__ = [
    "SUBJECT",
    "Assessed",
    "assessed_of",
    "authorities_of",
    "clocks_of",
    "draft_for",
    "draft_of",
    "engagement_for",
    "engagements_of",
    "injury_of",
    "paper_for",
    "papers_of",
    "proceeding_for",
    "proceeding_steps_waiting",
    "proceedings_for",
    "published_clocks",
    "published_proceeding",
    "published_proceedings",
    "published_steps",
    "stage_of",
    "step_waiting",
    "steps_of",
    "teams_of",
    "the_step",
    "vote_of",
]

SUBJECT = "proceeding"
"""Under which standards, clocks and the audit know a proceeding."""


@dataclass(frozen=True, slots=True)
class Assessed:
    """An assessment of the elements, with the outcome that is computed from it."""

    row: Assessment
    outcome: Outcome


def authorities_of(actor: Actor) -> frozenset[UUID]:
    """Give the authorities in whose name the actor reads: officials have one."""
    held = actor.organisations_as(*RECORD_ROLES) if actor.second_factor else frozenset()
    return held & actor.governments if actor.governments else held


def proceedings_for(actor: Actor) -> QuerySet[Proceeding]:
    """Give the proceedings of one's own authority, the newest first."""
    rows = Proceeding.objects.filter(holder__in=authorities_of(actor))
    return rows.order_by("-recorded_at", "reference")


def proceeding_for(actor: Actor, key: UUID | str) -> Proceeding | None:
    """Give a proceeding by id or short name; None for absent, forbidden and ambiguous."""
    rows = proceedings_for(actor)
    try:
        found = list(rows.filter(pk=key if isinstance(key, UUID) else UUID(key)))
    except ValueError:
        found = list(rows.filter(reference=key)[:2])
    return found[0] if len(found) == 1 else None


def steps_of(
    actor: Actor,
    proceeding: Proceeding,
    *,
    on: date | None = None,
    known_at: datetime | None = None,
) -> list[Step]:
    """Give the steps that two people took, in order: up to a day, as known at a moment."""
    rows = Step.objects.filter(
        holder__in=authorities_of(actor), proceeding=proceeding, confirmed_at__isnull=False
    )
    if on is not None:
        rows = rows.filter(on__lte=on)
    if known_at is not None:
        rows = rows.filter(confirmed_at__lte=known_at)
    return list(rows.order_by("on", "confirmed_at", "id"))


def stage_of(
    actor: Actor,
    proceeding: Proceeding,
    *,
    on: date | None = None,
    known_at: datetime | None = None,
) -> Stage:
    """Give where a proceeding stands, or stood on a day as known at a moment."""
    taken = steps_of(actor, proceeding, on=on, known_at=known_at)
    return Stage(taken[-1].stage) if taken else Stage.REQUESTED


def step_waiting(
    actor: Actor, proceeding: Proceeding, *, known_at: datetime | None = None
) -> Step | None:
    """Give the step that waits for a second person, or waited at a moment, if one does."""
    rows = Step.objects.filter(holder__in=authorities_of(actor), proceeding=proceeding)
    if known_at is None:
        return rows.filter(confirmed_at__isnull=True, refused_at__isnull=True).first()
    undecided = _not_yet("confirmed_at", known_at) & _not_yet("refused_at", known_at)
    return rows.filter(undecided, recorded_at__lte=known_at).first()


def proceeding_steps_waiting(actor: Actor) -> QuerySet[Step]:
    """Give the steps of one's own proceedings that wait for a second person."""
    rows = Step.objects.filter(holder__in=authorities_of(actor))
    return rows.filter(confirmed_at__isnull=True, refused_at__isnull=True)


def the_step(actor: Actor, proceeding: Proceeding, key: UUID | None) -> Step | None:
    """Give the step that waits, if it is the one that was read; None where none waits.

    Raises `StageRefused` where another waits by now.
    """
    waiting = step_waiting(actor, proceeding)
    if key is not None and waiting is not None and waiting.pk != key:
        raise StageRefused("step: another waits by now than the one that you read; look again")
    return waiting


def papers_of(
    actor: Actor, proceeding: Proceeding, *, known_at: datetime | None = None
) -> QuerySet[Paper]:
    """Give the papers of a proceeding; their confidential versions stay sealed.

    As known at a moment, what was filed later is not there; of each, `withdrawn_at` says when.
    """
    rows = Paper.objects.filter(holder__in=authorities_of(actor), proceeding=proceeding)
    return rows if known_at is None else rows.filter(recorded_at__lte=known_at)


def paper_for(actor: Actor, key: UUID) -> Paper | None:
    """Give one paper of one's own authority."""
    rows = Paper.objects.filter(holder__in=authorities_of(actor), pk=key)
    return rows.select_related("proceeding").first()


def injury_of(
    actor: Actor, proceeding: Proceeding, *, known_at: datetime | None = None
) -> Injury | None:
    """Give the measured injury that counts, or counted at a moment."""
    rows = Injury.objects.filter(holder__in=authorities_of(actor), proceeding=proceeding)
    if known_at is None:
        return rows.filter(replaced_at__isnull=True).first()
    return rows.filter(recorded_at__lte=known_at).order_by("-recorded_at").first()


def engagements_of(
    actor: Actor, proceeding: Proceeding, *, known_at: datetime | None = None
) -> QuerySet[Engagement]:
    """Give what was said with the third country, in the order of days, or known of it then."""
    rows = Engagement.objects.filter(holder__in=authorities_of(actor), proceeding=proceeding)
    return rows if known_at is None else rows.filter(recorded_at__lte=known_at)


def engagement_for(actor: Actor, key: UUID) -> Engagement | None:
    """Give one entry of the log of engagement."""
    rows = Engagement.objects.filter(holder__in=authorities_of(actor), pk=key)
    return rows.select_related("proceeding").first()


def draft_of(
    actor: Actor, proceeding: Proceeding, *, known_at: datetime | None = None
) -> Draft | None:
    """Give the draft of response measures that stands, or stood at a moment."""
    rows = Draft.objects.filter(holder__in=authorities_of(actor), proceeding=proceeding)
    if known_at is None:
        return rows.filter(replaced_at__isnull=True).first()
    return rows.filter(recorded_at__lte=known_at).order_by("-recorded_at").first()


def draft_for(actor: Actor, proceeding: Proceeding, key: UUID) -> Draft | None:
    """Give one draft of a proceeding, also one that another has replaced."""
    rows = Draft.objects.filter(holder__in=authorities_of(actor), proceeding=proceeding)
    return rows.filter(pk=key).first()


def vote_of(
    actor: Actor, proceeding: Proceeding, *, known_at: datetime | None = None
) -> Vote | None:
    """Give the record of the Council's vote that counts, or counted at a moment."""
    rows = Vote.objects.filter(holder__in=authorities_of(actor), proceeding=proceeding)
    if known_at is None:
        return rows.filter(replaced_at__isnull=True).first()
    return rows.filter(recorded_at__lte=known_at).order_by("-recorded_at").first()


def assessed_of(
    actor: Actor, proceeding: Proceeding, *, known_at: datetime | None = None
) -> Assessed | None:
    """Give the newest assessment of the elements, or at a moment; None where nobody did."""
    rows = assessments_for(actor, SUBJECT, [proceeding.pk], pack=ELEMENTS, known_at=known_at)
    row = rows.filter(holder=proceeding.holder).first()
    return None if row is None else Assessed(row, outcome_of(row))


def clocks_of(actor: Actor, proceeding: Proceeding, now: datetime) -> list[tuple[Clock, Deadline]]:
    """Give the clocks of a proceeding with how each stands; a soft one is never a breach."""
    rows = clocks_about(actor, SUBJECT, proceeding.pk).order_by("started_at", "recorded_at", "id")
    return [
        (row, row.reckon(now)) for row in rows.filter(cancelled_at__isnull=True, kind=Kind.LEGAL)
    ]


def teams_of(actor: Actor, holder: UUID) -> QuerySet[Any]:
    """Give the teams of an authority, one of which handles a proceeding."""
    return teams_for(actor).filter(holder=holder).order_by("name", "id")


def published_proceedings(_actor: Actor) -> QuerySet[PublishedProceeding]:
    """Give the proceedings on the public tracker, the newest first."""
    return PublishedProceeding.objects.order_by("-published_at", "reference")


def published_proceeding(actor: Actor, key: UUID) -> PublishedProceeding | None:
    """Give one proceeding on the public tracker."""
    return published_proceedings(actor).filter(pk=key).first()


def published_steps(_actor: Actor, proceedings: Iterable[UUID]) -> dict[UUID, list[PublishedStep]]:
    """Give the stages that proceedings on the tracker entered, in order."""
    found: dict[UUID, list[PublishedStep]] = {}
    rows = PublishedStep.objects.filter(proceeding__in=list(proceedings))
    for row in rows.order_by("on", "confirmed_at", "id"):
        found.setdefault(row.proceeding_id, []).append(row)
    return found


def published_clocks(
    _actor: Actor, steps: Sequence[PublishedStep], now: datetime
) -> list[Deadline]:
    """Reckon the clocks of stages on the tracker; the next stage met the one before."""
    told = []
    for number, step in enumerate(steps):
        later = steps[number + 1 :]
        name = CLOCKS.get(Stage(step.stage))
        if name is not None:
            told.append(_reckoned(name, step, (e for e in later if e.stage != step.stage), now))
        if step.urgent:
            told.append(_reckoned(IMMEDIATE_CLOCK, step, later, now))
    return told


def _reckoned(
    name: str, step: PublishedStep, after: Iterable[PublishedStep], now: datetime
) -> Deadline:
    """Reckon the clock that a step started and the first one after it met."""
    met = next((_noon(each.on) for each in after), None)
    return due(rule_for(name, step.on), _noon(step.on), Events(met_at=met), now=now)


def _not_yet(name: str, moment: datetime) -> Q:
    return Q((f"{name}__isnull", True)) | Q((f"{name}__gt", moment))


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=UTC)
