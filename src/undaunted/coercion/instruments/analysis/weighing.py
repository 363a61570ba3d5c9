"""Measures held against the injury, as a paper in either of its versions."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from undaunted.coercion.instruments.analysis.designs import measured
from undaunted.coercion.instruments.analysis.papers import laid_file
from undaunted.coercion.instruments.analysis.steps import StepFacts, redrafted, sheet_of
from undaunted.coercion.instruments.rules import InjuryKind, Stage
from undaunted.coercion.instruments.writers import Adoption, InjuryTold, weighed_paper

if TYPE_CHECKING:
    from undaunted.coercion.instruments.analysis.steps import Sheet
    from undaunted.coercion.instruments.models import Proceeding
    from undaunted.core.access.rules import Actor

__all__ = ["weighed_file"]


def weighed_file(
    actor: Actor, proceeding: Proceeding, media: str, *, at: datetime, whole: bool
) -> bytes | None:
    """Write the measures of the draft held against the injury; None where no injury is recorded.

    It bears the day on which it is asked for, and says whether the measures are adopted.
    """
    row, day = proceeding, at.date()
    sheet = sheet_of(actor, row, at)
    injury, how = sheet.injury, sheet.measured
    if injury is None or how is None:
        return None
    told = InjuryTold(
        injury=measured(injury),
        kind=InjuryKind(injury.kind),
        measure=injury.read.get("measure", ""),
        recorded_on=injury.recorded_at.date(),
        read=how.read,
        typed_by=how.typed_by,
        explained=injury.explained,
        gone=how.gone,
    )
    paper = weighed_paper(
        row.title,
        row.third_country,
        day,
        told=told,
        adoption=_adoption(actor, sheet),
        measures=sheet.draft.measures if sheet.draft else (),
        judged=sheet.judged,
        unlike=sheet.unlike,
        whole=whole,
    )
    moment = datetime.combine(day, time(), UTC)
    return laid_file(paper, media, moment=int(moment.timestamp()))


def _adoption(actor: Actor, sheet: Sheet) -> Adoption:
    at = next((at for at, each in enumerate(sheet.steps) if each.stage == Stage.ADOPTED), None)
    adopted = sheet.steps[at] if at is not None else None
    since = sheet.steps[at + 1 :] if at is not None else ()
    return Adoption(
        adopted_on=adopted.on if adopted else None,
        applies_on=StepFacts.read(adopted.facts).applies_on if adopted else None,
        went=tuple((Stage(each.stage), each.on) for each in since),
        redrafted=redrafted(actor, sheet.row, sheet.steps),
    )
