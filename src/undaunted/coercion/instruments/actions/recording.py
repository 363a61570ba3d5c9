"""What is recorded in a proceeding by one person: elements, engagement, measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.coercion.instruments.actions.turns import in_turn, note, standing
from undaunted.coercion.instruments.analysis import check_evidence, design_kept, design_told
from undaunted.coercion.instruments.models import Draft, Engagement
from undaunted.coercion.instruments.queries import (
    SUBJECT,
    draft_of,
    stage_of,
)
from undaunted.coercion.instruments.rules import (
    ELEMENTS,
    IN_FORCE,
    LONGEST_NAME,
    InstrumentRefused,
    MeasureRefused,
    Part,
    against,
    check_measures,
    checked_day,
    checked_text,
    findings_of,
    unfounded,
)
from undaunted.core.access.rules import Facts, Verb, require
from undaunted.core.standards.actions import record_assessment

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from undaunted.coercion.instruments.models import Proceeding
    from undaunted.coercion.instruments.rules import Design, Element, InstrumentChannel
    from undaunted.core.access.rules import Actor
    from undaunted.core.standards.queries import Assessment

__all__ = [
    "assess_elements",
    "check_admits",
    "record_draft",
    "record_engagement",
    "take_back_engagement",
]


def assess_elements(
    proceeding: Proceeding, elements: Iterable[Element], *, actor: Actor, at: datetime
) -> Assessment:
    """Record how far each element of coercion is shown, with reasons and evidence; no score.

    Raises `ElementsIncomplete`, `InstrumentRefused` for evidence that nobody holds, and
    `FindingsStrange` for an element that the pack does not have.
    """
    require(actor, Verb.ASSESS, Facts(holder=proceeding.holder))
    told = list(elements)
    findings = findings_of(told)
    with in_turn():
        held = standing(proceeding)
        check_admits(actor, held, Part.RESTS)
        check_evidence(actor, held, told)
        made = record_assessment(
            SUBJECT,
            held.pk,
            actor=actor,
            at=at,
            holder=held.holder,
            pack=ELEMENTS,
            findings=findings,
        )
        note("proceeding.assessed", held, actor=actor, at=at, assessment=str(made.pk))
    return made


def record_engagement(  # noqa: PLR0913 - what was said, by which way, and answered
    proceeding: Proceeding,
    day: date,
    channel: InstrumentChannel,
    body: str,
    said: str,
    *,
    actor: Actor,
    at: datetime,
    answer: str = "",
) -> Engagement:
    """Record what was said with the third country on a day, and what it answered.

    Nothing is added to what is closed or evaluated; what is wrong is taken back even then.
    """
    require(actor, Verb.RECORD, Facts(holder=proceeding.holder))
    checked_day("day", day, at.date(), since=IN_FORCE)
    with in_turn():
        held = standing(proceeding)
        check_admits(actor, held, Part.ENGAGEMENT)
        made = Engagement.objects.create(
            holder=held.holder,
            proceeding=held,
            day=day,
            channel=channel,
            body=checked_text("body", body, LONGEST_NAME, needed=True),
            said=checked_text("said", said, needed=True),
            answer=checked_text("answer", answer),
            recorded_at=at,
            recorded_by=actor.person,
        )
        note("proceeding.engaged", held, actor=actor, at=at, engagement=str(made.pk))
    return made


def take_back_engagement(engagement: Engagement, *, actor: Actor, at: datetime) -> Engagement:
    """Take back an entry that was recorded wrongly; it stays on record."""
    require(actor, Verb.RECORD, Facts(holder=engagement.holder))
    with in_turn():
        held = standing(engagement.proceeding)
        row = Engagement.objects.select_for_update().get(pk=engagement.pk)
        if row.taken_back_at is not None:
            raise InstrumentRefused("engagement: it was taken back before")
        row.taken_back_at = at
        row.save(update_fields=["taken_back_at"])
        note("proceeding.engagement_taken_back", held, actor=actor, at=at, engagement=str(row.pk))
    return row


def record_draft(proceeding: Proceeding, design: Design, *, actor: Actor, at: datetime) -> Draft:
    """Record a draft of response measures; the step that adopts it takes two people.

    What stood before stays on record. Raises `MeasureRefused` with all that is wrong with it, and
    with each yes that is answered anew without reasons.
    """
    require(actor, Verb.RECORD, Facts(holder=proceeding.holder))
    with in_turn():
        held = standing(proceeding)
        check_admits(actor, held, Part.DRAFT)
        check_measures(design.measures, stood=_units(held))
        before = draft_of(actor, held)
        _check_founded(design, before)
        if before is not None:
            before.replaced_at = at
            before.save(update_fields=["replaced_at"])
        made = Draft.objects.create(
            holder=held.holder,
            proceeding=held,
            content=design_told(design),
            recorded_at=at,
            recorded_by=actor.person,
        )
        note("proceeding.draft_recorded", held, actor=actor, at=at, draft=str(made.pk))
    return made


def _units(proceeding: Proceeding) -> set[str]:
    """Give the units of every draft so far: some stood before a unit had to be known money."""
    rows = Draft.objects.filter(holder=proceeding.holder, proceeding=proceeding)
    kept = (design_kept(each.content) for each in rows)
    return {each.effect.unit for design in kept for each in design.measures}


def _check_founded(design: Design, before: Draft | None) -> None:
    """Refuse a yes without reasons; one that stood before they were asked for may stay a while."""
    stood = design_kept(before.content).answers if before else ()
    problems = unfounded(each for each in design.answers if each not in stood)
    if problems:
        raise MeasureRefused(*problems)


def check_admits(actor: Actor, proceeding: Proceeding, part: Part) -> None:
    """Raise `InstrumentRefused` where nothing of a part is recorded at the stage that it is in."""
    problem = against(part, stage_of(actor, proceeding))
    if problem:
        raise InstrumentRefused(problem)
