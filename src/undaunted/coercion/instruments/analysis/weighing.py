"""Measures held against the injury, as a paper in either of its versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.coercion.instruments.analysis.designs import measured
from undaunted.coercion.instruments.analysis.papers import WRITERS
from undaunted.coercion.instruments.analysis.steps import sheet_of
from undaunted.coercion.instruments.rules import InjuryKind
from undaunted.coercion.instruments.writers import InjuryTold, weighed_paper

if TYPE_CHECKING:
    from undaunted.coercion.instruments.models import Proceeding
    from undaunted.core.access.rules import Actor

__all__ = ["weighed_file"]


def weighed_file(actor: Actor, proceeding: Proceeding, media: str, *, whole: bool) -> bytes | None:
    """Write the measures of the draft held against the injury; None where no injury is recorded.

    It bears the moment at which the injury was recorded.
    """
    row = proceeding
    sheet = sheet_of(actor, row, row.recorded_at)
    injury, how = sheet.injury, sheet.measured
    if injury is None or how is None:
        return None
    told = InjuryTold(
        injury=measured(injury),
        kind=InjuryKind(injury.kind),
        measure=injury.read.get("measure", ""),
        read=how.read,
        typed_by=how.typed_by,
        explained=injury.explained,
        gone=how.gone,
    )
    paper = weighed_paper(
        row.title,
        row.third_country,
        injury.recorded_at.date(),
        told=told,
        measures=sheet.draft.measures if sheet.draft else (),
        judged=sheet.judged,
        unlike=sheet.unlike,
        whole=whole,
    )
    return WRITERS[media](paper, moment=int(injury.recorded_at.timestamp()))
