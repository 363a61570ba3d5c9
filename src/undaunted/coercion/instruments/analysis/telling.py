"""Proceedings as programs and files are told of them: no confidential text, no person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from undaunted.coercion.instruments.analysis.designs import design_told
from undaunted.coercion.instruments.analysis.steps import Measurement
from undaunted.coercion.instruments.analysis.voting import vote_told
from undaunted.coercion.instruments.queries import (
    published_clocks,
    published_steps,
    stage_of,
)
from undaunted.core.clocks.writers import as_json

if TYPE_CHECKING:
    from datetime import datetime

    from undaunted.coercion.instruments.analysis.steps import Sheet
    from undaunted.coercion.instruments.models import (
        Engagement,
        Injury,
        Paper,
        Proceeding,
        PublishedProceeding,
        Step,
    )
    from undaunted.coercion.instruments.queries import Assessed
    from undaunted.coercion.instruments.rules import Judged
    from undaunted.core.access.rules import Actor

__all__ = ["proceeding_short", "proceeding_told", "tracker_told"]


def proceeding_short(actor: Actor, row: Proceeding) -> dict[str, Any]:
    """Give a proceeding as it stands in a list."""
    return {
        "id": row.pk,
        "reference": row.reference,
        "title": row.title,
        "third_country": row.third_country,
        "states": row.states,
        "stage": stage_of(actor, row).value,
    }


def proceeding_told(sheet: Sheet) -> dict[str, Any]:
    """Give a proceeding with all that its people may read of it, sealed texts apart."""
    row, at = sheet.row, sheet.known_at
    return {
        "id": row.pk,
        "reference": row.reference,
        "title": row.title,
        "third_country": row.third_country,
        "states": row.states,
        "stage": sheet.stage.value,
        "as_known": at,
        "measure": row.measure,
        "opening": row.opening,
        "following": [each.value for each in sheet.following],
        "published": _before(row.approved_at, at) and not _before(row.withdrawn_at, at),
        "waiting": _step(sheet.waiting) if sheet.waiting else None,
        "steps": [_step(each) for each in sheet.steps],
        "clocks": [as_json(deadline) for _, deadline in sheet.clocks],
        "papers": [_paper(each) for each in sheet.papers],
        "elements": _elements(sheet.assessed) if sheet.assessed else None,
        "injury": _injury(sheet.injury, sheet.measured) if sheet.injury else None,
        "engagements": [_engagement(each) for each in sheet.engagements],
        "draft": design_told(sheet.draft) if sheet.draft else None,
        "judged": _judged(sheet.judged) if sheet.judged else None,
        "vote": vote_told(sheet.vote) if sheet.vote else None,
    }


def tracker_told(actor: Actor, row: PublishedProceeding, now: datetime) -> dict[str, Any]:
    """Give a proceeding on the public tracker, with its stages and the clocks that follow."""
    steps = published_steps(actor, [row.pk]).get(row.pk, [])
    return {
        "id": row.pk,
        "reference": row.reference,
        "title": row.title,
        "authority": row.authority,
        "third_country": row.third_country,
        "states": row.states,
        "measure": row.measure,
        "steps": [{"stage": each.stage, "on": each.on} for each in steps],
        "clocks": [as_json(each) for each in published_clocks(actor, steps, now)],
    }


def _before(moment: datetime | None, at: datetime | None) -> bool:
    return moment is not None and (at is None or moment <= at)


def _step(row: Step) -> dict[str, Any]:
    return {
        "id": row.pk,
        "stage": row.stage,
        "on": row.on,
        "reasons": row.reasons,
        "facts": row.facts,
        "confirmed_at": row.confirmed_at,
    }


def _paper(row: Paper) -> dict[str, Any]:
    return {
        "id": row.pk,
        "kind": row.kind,
        "title": "" if row.withdrawn_at else row.title,
        "received_on": row.received_on,
        "open_version": [] if row.withdrawn_at else row.open_version,
        "withdrawn_at": row.withdrawn_at,
    }


def _engagement(row: Engagement) -> dict[str, Any]:
    return {
        "id": row.pk,
        "day": row.day,
        "channel": row.channel,
        "body": row.body,
        "said": row.said,
        "answer": row.answer,
        "taken_back_at": row.taken_back_at,
    }


def _elements(assessed: Assessed) -> dict[str, Any]:
    return {
        "id": assessed.row.pk,
        "pack": assessed.outcome.pack,
        "result": assessed.outcome.result,
        "findings": {
            each.criterion: {
                "value": each.value,
                "reasons": each.reasons.split("\n\n"),
                "sources": each.sources,
            }
            for each in assessed.row.findings.all()
        },
    }


def _injury(row: Injury, measured: Measurement | None) -> dict[str, Any]:
    how = measured or Measurement(read=False, typed_by="", gone="", kept=False)
    return {
        "id": row.pk,
        "kind": row.kind,
        "low": float(row.low),
        "best": float(row.best),
        "high": float(row.high),
        "unit": row.unit,
        "year": row.year,
        "source": row.source,
        "digest": row.digest,
        "figures": "read" if how.read else "typed",
        "read": row.read,
        "typed_by": how.typed_by,
        "explained": row.explained,
        "gone": how.gone,
    }


def _judged(judged: Judged) -> dict[str, Any]:
    weighed = judged.proportionality
    return {
        "verdict": weighed.verdict.value,
        "low": weighed.low,
        "best": weighed.best,
        "high": weighed.high,
        "reasons": list(weighed.reasons),
        "necessary": judged.necessary,
        "interest": judged.interest,
        "selected": judged.selected,
        "linked": judged.linked,
        "open": list(judged.open),
    }
