"""What a step of a proceeding rests on: what was given, what is on record, what follows."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, Any, Self, TypeVar
from uuid import UUID

from undaunted.coercion.instruments.analysis.designs import design_kept, judged_of
from undaunted.coercion.instruments.analysis.evidence import document_of
from undaunted.coercion.instruments.analysis.rests import evidence_titles
from undaunted.coercion.instruments.analysis.results import figures_read, gone
from undaunted.coercion.instruments.analysis.voting import counted_of
from undaunted.coercion.instruments.queries import (
    assessed_of,
    clocks_of,
    draft_for,
    draft_of,
    engagements_of,
    injury_of,
    papers_of,
    stage_of,
    step_waiting,
    steps_of,
    vote_of,
)
from undaunted.coercion.instruments.rules import (
    InstrumentRefused,
    MeasureRefused,
    Opinion,
    Stage,
    Standing,
    SuspensionGround,
    TerminationGround,
    next_stages,
)
from undaunted.core.accounts.queries import account_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from undaunted.coercion.instruments.analysis.voting import Counted
    from undaunted.coercion.instruments.models import (
        Engagement,
        Injury,
        Paper,
        Proceeding,
        Step,
    )
    from undaunted.coercion.instruments.queries import Assessed
    from undaunted.coercion.instruments.rules import Design, Judged
    from undaunted.core.access.rules import Actor
    from undaunted.core.clocks.actions import Clock
    from undaunted.core.clocks.rules import Deadline

__all__ = [
    "Measurement",
    "Sheet",
    "StepFacts",
    "StepPlan",
    "facts_told",
    "measurement_of",
    "redrafted",
    "sheet_of",
    "standing_on",
]

Row = TypeVar("Row")
_RESTS: Mapping[Stage, frozenset[str]] = {
    Stage.DETERMINATION: frozenset({"assessment"}),
    Stage.ENGAGEMENT: frozenset({"assessment", "vote"}),
    Stage.CLOSED: frozenset({"vote"}),
    Stage.ADOPTED: frozenset({"assessment", "injury", "draft"}),
    Stage.APPLIED: frozenset({"injury", "draft"}),
}
"""What the record holds that a step into a stage rests on; it is kept by id with the step."""


@dataclass(frozen=True, slots=True)
class StepFacts:
    """What whoever proposes a step says of it, as far as the record does not hold it already.

    Attributes:
        consulted, heard: views were gathered; named persons had time to answer.
        opinion: of the committee; `immediate` where an act on imperative grounds of urgency does
            without it, for two months at most (Article 18(3)).
        explained: why measures stay within the injury although the intervals overlap.
        ground: of a suspension or termination.
        applies_on: day from which adopted measures apply.
    """

    consulted: bool = False
    heard: bool = False
    opinion: Opinion | None = None
    immediate: bool = False
    explained: str = ""
    ground: str = ""
    applies_on: date | None = None

    def told(self) -> dict[str, Any]:
        """Give the facts as they are kept with the step."""
        given = {each.name: getattr(self, each.name) for each in fields(self)}
        given["applies_on"] = self.applies_on.isoformat() if self.applies_on else None
        given["opinion"] = self.opinion.value if self.opinion else None
        return {name: value for name, value in given.items() if value not in {None, "", False}}

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Self:
        """Read the facts that were kept with a step."""
        given = dict(told.get("given", {}))
        given.pop("carried", None)  # ticked before votes were recorded
        if "applies_on" in given:
            given["applies_on"] = date.fromisoformat(given["applies_on"])
        if "opinion" in given:
            given["opinion"] = Opinion(given["opinion"])
        return cls(**given)


@dataclass(frozen=True, slots=True)
class StepPlan:
    """A step into a stage, on a day in the world, with its reasons."""

    to: Stage
    on: date
    reasons: str
    facts: StepFacts = StepFacts()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A proceeding with all that its authority's people may read of it, sealed texts apart.

    `known_at` is the moment as of which it is told; then no clock is, and nothing was decided or
    taken back that was later. `judged` is None where there is nothing to compare, and `unlike` then
    says why not.
    """

    row: Proceeding
    known_at: datetime | None
    stage: Stage
    following: tuple[Stage, ...]
    steps: tuple[Step, ...]
    waiting: Step | None
    clocks: tuple[tuple[Clock, Deadline], ...]
    papers: tuple[Paper, ...]
    assessed: Assessed | None
    injury: Injury | None
    engagements: tuple[Engagement, ...]
    draft: Design | None
    judged: Judged | None
    unlike: str
    vote: Counted | None
    evidence: Mapping[str, str]
    measured: Measurement | None


@dataclass(frozen=True, slots=True)
class Measurement:
    """How the amounts of an injury came about.

    Attributes:
        read: the product read them; else `typed_by` somebody, by name where they work here.
        gone: why the result does not count any more; empty if it does.
        kept: the file that they were read from can be given.
    """

    read: bool
    typed_by: str
    gone: str
    kept: bool


def sheet_of(
    actor: Actor,
    proceeding: Proceeding,
    now: datetime,
    *,
    on: date | None = None,
    known_at: datetime | None = None,
) -> Sheet:
    """Give a proceeding as it stands, or as it was known at a moment; its stages on a day.

    What will be known at a moment that lies ahead is what is known now.
    """
    known_at = known_at if known_at is not None and known_at < now else None
    stage = stage_of(actor, proceeding, on=on, known_at=known_at)
    draft = draft_of(actor, proceeding, known_at=known_at)
    judged, unlike = None, ""
    try:
        judged = judged_of(actor, proceeding, known_at=known_at)
    except MeasureRefused as refusal:
        unlike = str(refusal)
    papers = papers_of(actor, proceeding, known_at=known_at)
    assessed = assessed_of(actor, proceeding, known_at=known_at)
    engagements = engagements_of(actor, proceeding, known_at=known_at)
    injury = injury_of(actor, proceeding, known_at=known_at)
    return Sheet(
        row=proceeding,
        known_at=known_at,
        stage=stage,
        following=next_stages(stage),
        steps=tuple(steps_of(actor, proceeding, on=on, known_at=known_at)),
        waiting=step_waiting(actor, proceeding, known_at=known_at),
        clocks=() if known_at else tuple(clocks_of(actor, proceeding, now)),
        papers=tuple(_as_then(papers, "withdrawn_at", known_at)),
        assessed=assessed,
        injury=injury,
        engagements=tuple(_as_then(engagements, "taken_back_at", known_at)),
        draft=design_kept(draft.content) if draft else None,
        judged=judged,
        unlike=unlike,
        vote=counted_of(actor, proceeding, known_at=known_at),
        evidence=_evidence(actor, proceeding, assessed, known_at),
        measured=measurement_of(actor, injury) if injury else None,
    )


def measurement_of(actor: Actor, injury: Injury) -> Measurement:
    """Give how the amounts of an injury came about, as its people are told."""
    read = figures_read(actor, injury)
    return Measurement(
        read=read,
        typed_by="" if read else account_name(actor, injury.recorded_by),
        gone=gone(actor, injury),
        kept=document_of(actor, injury) is not None,
    )


def _evidence(
    actor: Actor, proceeding: Proceeding, assessed: Assessed | None, known_at: datetime | None
) -> Mapping[str, str]:
    """Give how the evidence is called that the elements name."""
    if assessed is None:
        return {}
    named = {each for row in assessed.row.findings.all() for each in row.sources}
    return evidence_titles(actor, proceeding, named, known_at=known_at)


def facts_told(actor: Actor, proceeding: Proceeding, plan: StepPlan) -> dict[str, Any]:
    """Give what is kept with a step: what was given, and the ids of what it rests on."""
    return {"given": plan.facts.told(), "rests": _rests(actor, proceeding, plan.to)}


def standing_on(actor: Actor, proceeding: Proceeding, plan: StepPlan) -> Standing:
    """Give what a proceeding has for a step, as the rules ask for it."""
    to, on, facts = plan.to, plan.on, plan.facts
    taken = steps_of(actor, proceeding)
    adopted = _last(taken, Stage.ADOPTED)
    assessed, injury = assessed_of(actor, proceeding), injury_of(actor, proceeding)
    judged = judged_of(actor, proceeding) if "draft" in _RESTS.get(to, ()) else None
    vote = counted_of(actor, proceeding)
    applies = facts.applies_on
    if to is not Stage.ADOPTED and adopted is not None:
        applies = StepFacts.read(adopted.facts).applies_on
    return Standing(
        today=on,
        elements=assessed.outcome.result if assessed else None,
        reason=plan.reasons,
        carried=vote.count.carried if vote else None,
        unvoted=vote.count.missing if vote else (),
        voted_on=vote.on if vote else None,
        necessary=judged.necessary if judged else None,
        interest=judged.interest if judged else None,
        selected=judged.selected if judged else False,
        lawful=judged.lawful if judged else None,
        proportionate=judged.proportionality.verdict if judged else None,
        explained=facts.explained,
        attached=injury is not None and figures_read(actor, injury),
        gone=gone(actor, injury) if injury is not None else "",
        engaged=_engaged(actor, proceeding, taken),
        redrafted=redrafted(actor, proceeding, taken),
        linked=judged.linked if judged else False,
        heard=facts.heard,
        consulted=facts.consulted,
        opinion=facts.opinion,
        immediate=facts.immediate,
        urgent_since=_urgent_since(taken),
        adopted_on=on if to is Stage.ADOPTED else adopted.on if adopted else None,
        applies_on=applies,
        begins=judged.begins if judged else None,
        ground=_ground(to, facts.ground),
    )


def _engaged(actor: Actor, proceeding: Proceeding, taken: Iterable[Step]) -> bool:
    """Tell whether anything was said with the third country since the coercion was determined."""
    determined = _last(taken, Stage.ENGAGEMENT)
    rows = engagements_of(actor, proceeding).filter(taken_back_at__isnull=True)
    return determined is not None and rows.filter(day__gte=determined.on).exists()


def _urgent_since(taken: Iterable[Step]) -> date | None:
    """Give the day of an act at once that no act with the committee's opinion followed."""
    since: date | None = None
    for step in taken:
        facts = StepFacts.read(step.facts)
        if facts.immediate:
            since = since or step.on
        elif facts.opinion is Opinion.POSITIVE:
            since = None
    return since


def redrafted(actor: Actor, proceeding: Proceeding, taken: Iterable[Step]) -> bool:
    """Tell whether the draft that stands is another than that of the last step that had one."""
    rests = [each.facts.get("rests", {}).get("draft") for each in taken]
    last = next(filter(None, reversed(rests)), None)
    if last is None:
        return False
    adopted, stands = draft_for(actor, proceeding, UUID(last)), draft_of(actor, proceeding)
    return adopted is None or stands is None or adopted.content != stands.content


def _rests(actor: Actor, proceeding: Proceeding, to: Stage) -> dict[str, Any]:
    needed = _RESTS.get(to, frozenset())
    found: dict[str, Any] = {}
    assessed = assessed_of(actor, proceeding) if "assessment" in needed else None
    if assessed is not None:
        found["assessment"] = str(assessed.row.pk)
    injury = injury_of(actor, proceeding) if "injury" in needed else None
    if injury is not None:
        found["injury"] = str(injury.pk)
    draft = draft_of(actor, proceeding) if "draft" in needed else None
    if draft is not None:
        found["draft"] = str(draft.pk)
    vote = vote_of(actor, proceeding) if "vote" in needed else None
    if vote is not None:
        found["vote"] = str(vote.pk)
    return found


def _as_then(rows: Iterable[Row], name: str, known_at: datetime | None) -> Iterator[Row]:
    """Give rows without the moment at which they were taken back, where that was later."""
    for each in rows:
        gone = getattr(each, name)
        if known_at is not None and gone is not None and gone > known_at:
            setattr(each, name, None)
        yield each


def _last(steps: Iterable[Step], stage: Stage) -> Step | None:
    return next((each for each in reversed(list(steps)) if each.stage == stage), None)


def _ground(to: Stage, ground: str) -> SuspensionGround | TerminationGround | None:
    kinds: dict[Stage, type[SuspensionGround | TerminationGround]] = {
        Stage.SUSPENDED: SuspensionGround,
        Stage.ENDED: TerminationGround,
    }
    kind = kinds.get(to)
    if kind is None or not ground:
        return None
    try:
        return kind(ground)
    except ValueError:
        allowed = ", ".join(each.value for each in kind)
        raise InstrumentRefused(f"ground: {ground!r} is none; use one of {allowed}") from None
