"""What is recorded in a proceeding by one person: elements, injury, engagement, measures."""

from __future__ import annotations

import io
from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING

from undaunted.coercion.instruments.actions.turns import in_turn, note, standing
from undaunted.coercion.instruments.analysis import check_evidence, check_kept, design_told
from undaunted.coercion.instruments.models import Draft, Engagement, Injury
from undaunted.coercion.instruments.queries import (
    SUBJECT,
    draft_of,
    injury_of,
    stage_of,
)
from undaunted.coercion.instruments.readers import injury_of_file
from undaunted.coercion.instruments.rules import (
    ELEMENTS,
    IN_FORCE,
    LONGEST_NAME,
    InjuryKind,
    InstrumentRefused,
    Stage,
    check_injury,
    check_measures,
    checked_day,
    checked_text,
    findings_of,
)
from undaunted.coercion.screening.readers import plain_name
from undaunted.core.access.rules import Facts, Verb, require
from undaunted.core.evidence.actions import record_source, store_document
from undaunted.core.evidence.rules import SourceKind
from undaunted.core.standards.actions import record_assessment

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from undaunted.coercion.instruments.models import Proceeding
    from undaunted.coercion.instruments.rules import Channel, Design, Element, MeasuredInjury
    from undaunted.core.access.rules import Actor
    from undaunted.core.standards.queries import Assessment

__all__ = [
    "assess_elements",
    "attach_calculation",
    "record_draft",
    "record_engagement",
    "record_injury",
    "take_back_engagement",
]

ROUNDED = Decimal("0.001")
"""By so much of itself an amount may be rounded where it is kept."""
OVER = frozenset({Stage.CLOSED, Stage.EVALUATED})


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
        _check_measures_stand(actor, held)
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


def record_injury(
    proceeding: Proceeding,
    injury: MeasuredInjury,
    *,
    actor: Actor,
    at: datetime,
    kind: InjuryKind,
) -> Injury:
    """Record the injury as it was measured; what counted before stays on record.

    A front or files of flows are those that the authority keeps, under the digest that is told.
    Another calculation is attached by `attach_calculation`: nobody types what it found.
    """
    require(actor, Verb.RECORD, Facts(holder=proceeding.holder))
    if kind is InjuryKind.OTHER:
        raise InstrumentRefused(
            "kind: of another calculation attach the file; its amounts, interval and method are "
            "read from it, row by row"
        )
    check_kept(actor, proceeding.holder, kind, injury.digest.lower())
    with in_turn():
        return _injury(proceeding, injury, kind, actor=actor, at=at)


def attach_calculation(  # noqa: PLR0913 - the file, what a reader took from it, who and when
    proceeding: Proceeding,
    name: str,
    content: bytes,
    *,
    actor: Actor,
    at: datetime,
    told: MeasuredInjury | None = None,
) -> Injury:
    """Keep the file of another calculation as evidence, and record the injury that it tells.

    Where it is the results of a scenario, `told` is what a reader took from these very bytes.
    Raises `FileRefused` with every row that is wrong; nothing is kept then.
    """
    require(actor, Verb.RECORD, Facts(holder=proceeding.holder))
    if told is None:
        told = injury_of_file(plain_name(name), content)
    elif told.digest.lower() != sha256(content).hexdigest():
        raise InstrumentRefused("digest: it is not that of the file; attach the file it means")
    with in_turn():
        made = _injury(proceeding, told, InjuryKind.OTHER, actor=actor, at=at)
        source = record_source(
            proceeding.holder,
            actor=actor,
            at=at,
            kind=SourceKind.OTHER,
            title=checked_text("name", plain_name(name), LONGEST_NAME, needed=True),
        )
        store_document(
            io.BytesIO(content), source, actor=actor, at=at, media_type=_media(name),
            note="calculation of an injury",
        )  # fmt: skip
    return made


def _injury(
    proceeding: Proceeding,
    injury: MeasuredInjury,
    kind: InjuryKind,
    *,
    actor: Actor,
    at: datetime,
) -> Injury:
    """Record an injury in the place of the one before; part of the caller's turn."""
    check_injury(injury)
    held = standing(proceeding)
    _check_measures_stand(actor, held)
    before = injury_of(actor, held)
    if before is not None:
        before.replaced_at = at
        before.save(update_fields=["replaced_at"])
    made = Injury.objects.create(
        holder=held.holder,
        proceeding=held,
        kind=kind,
        **{name: _cents(name, getattr(injury, name)) for name in ("low", "best", "high")},
        unit=checked_text("unit", injury.unit, 24, needed=True),
        year=injury.year,
        source=checked_text("source", injury.source, needed=True),
        digest=injury.digest.lower(),
        recorded_at=at,
        recorded_by=actor.person,
    )
    note("proceeding.injury_recorded", held, actor=actor, at=at, injury=str(made.pk))
    return made


def _media(name: str) -> str:
    return "application/json" if name.lower().endswith(".json") else "text/csv"


def _cents(name: str, number: float) -> Decimal:
    """Give an amount as it is kept, which is exact to the hundredth: none is rounded unsaid."""
    kept = Decimal(str(number)).quantize(Decimal("0.01"))
    if abs(kept - Decimal(str(number))) > ROUNDED * kept:
        raise InstrumentRefused(
            f"{name}: {number:g} would be kept as {kept}; tell the injury in a smaller unit, as "
            "EUR million in place of EUR billion"
        )
    return kept


def record_engagement(  # noqa: PLR0913 - what was said, by which way, and answered
    proceeding: Proceeding,
    day: date,
    channel: Channel,
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
        _check_going_on(actor, held)
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

    What stood before stays on record. Raises `MeasureRefused` with all that is wrong with it.
    """
    require(actor, Verb.RECORD, Facts(holder=proceeding.holder))
    check_measures(design.measures)
    with in_turn():
        held = standing(proceeding)
        _check_going_on(actor, held)
        _check_amendable(actor, held)
        before = draft_of(actor, held)
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


def _check_amendable(actor: Actor, proceeding: Proceeding) -> None:
    stage = stage_of(actor, proceeding)
    if stage in {Stage.ADOPTED, Stage.ENDED}:
        raise InstrumentRefused(
            f"draft: the measures are {stage}, and stay as they were adopted; amend them while "
            "they apply"
        )


def _check_measures_stand(actor: Actor, proceeding: Proceeding) -> None:
    """Refuse to change what the measures rested on once they ended: it is what is evaluated."""
    _check_going_on(actor, proceeding)
    if stage_of(actor, proceeding) is Stage.ENDED:
        raise InstrumentRefused(
            "proceeding: its measures ended; what they rested on stays as it was, for the "
            "evaluation"
        )


def _check_going_on(actor: Actor, proceeding: Proceeding) -> None:
    stage = stage_of(actor, proceeding)
    if stage in OVER:
        raise InstrumentRefused(f"proceeding: it is {stage}; open another")
