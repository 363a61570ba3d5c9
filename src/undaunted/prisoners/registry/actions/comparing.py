"""Records held against each other in the background: asked for, and what came of it kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from undaunted.core.access.rules import Facts, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.prisoners.registry.analysis.candidates import found_among, gathered, steps_of
from undaunted.prisoners.registry.models import Candidate, Comparison
from undaunted.prisoners.registry.queries.candidates import narrowed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.prisoners.registry.analysis.candidates import CandidatePair, Found

__all__ = [
    "MOST_KEPT",
    "ask_comparison",
    "compare_at_once",
    "keep_candidates",
    "record_comparison_failure",
]

MOST_KEPT: Final = 20_000
"""More than a desk goes through before records are compared anew."""
_CHUNK: Final = 2_000


def ask_comparison(holder: UUID, *, actor: Actor, at: datetime) -> Comparison:
    """Say that an organisation's records shall be held against each other."""
    require(actor, Verb.JUDGE_MATCH, Facts(holder=holder))
    with transaction.atomic():
        asked, _made = Comparison.objects.update_or_create(
            holder=holder, defaults={"asked_by": actor.person, "asked_at": at, "failure": ""}
        )
        _record("matches.comparison_asked", asked, actor, at, {})
    return asked


def keep_candidates(holder: UUID, found: Found, *, actor: Actor, at: datetime) -> Comparison:
    """Keep the pairs of a comparison in place of those of the last one; verdicts are untouched."""
    require(actor, Verb.JUDGE_MATCH, Facts(holder=holder))
    with transaction.atomic():
        held = Comparison.objects.select_for_update().get(holder=holder)
        Candidate.objects.filter(holder=holder).delete()
        pairs = (*found.judged, *found.pairs[:MOST_KEPT])
        rows = [_row(holder, pair) for pair in pairs]
        Candidate.objects.bulk_create(rows, batch_size=_CHUNK)
        held.finished_at, held.failure = at, ""
        held.records, held.compared = found.records, found.compared
        held.kept, held.origin = len(rows), found.origin[:300]
        held.save()
        told = {"records": found.records, "compared": found.compared, "kept": len(rows)}
        _record("matches.compared", held, actor, at, told)
    return held


def compare_at_once(holder: UUID, *, actor: Actor, at: datetime) -> Comparison:
    """Ask, compare and keep in one transaction: for few records, and nobody else at work."""
    ask_comparison(holder, actor=actor, at=at)
    found = found_among(gathered(narrowed(actor, holder)), limit=MOST_KEPT)
    return keep_candidates(holder, found, actor=actor, at=at)


def record_comparison_failure(
    holder: UUID, reason: str, *, actor: Actor, at: datetime
) -> Comparison:
    """Say that comparing failed; the pairs of the last comparison stand."""
    require(actor, Verb.JUDGE_MATCH, Facts(holder=holder))
    with transaction.atomic():
        held = Comparison.objects.select_for_update().get(holder=holder)
        held.failure = reason[:2000]
        held.save(update_fields=["failure"])
        _record("matches.comparison_failed", held, actor, at, {})
    return held


def _row(holder: UUID, pair: CandidatePair) -> Candidate:
    return Candidate(
        holder=holder,
        left_id=pair.left,
        right_id=pair.right,
        score=pair.match.score,
        before=pair.weighing.before,
        bits=pair.weighing.bits,
        steps=steps_of(pair.weighing),
    )


def _record(
    verb: str, held: Comparison, actor: Actor, at: datetime, detail: Mapping[str, Any]
) -> None:
    record_entry(
        verb, actor=actor, subject_kind="comparison", subject_id=held.pk, at=at, detail=detail
    )
