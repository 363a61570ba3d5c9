"""Ownership evidence of a case: files taken in, stakes added, corrected and withdrawn."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Max

from undaunted.coercion.screening.actions.telling import ended, held_case, note, told
from undaunted.coercion.screening.actions.turns import in_turn
from undaunted.coercion.screening.analysis.owners import analyse
from undaunted.coercion.screening.models import Analysis, Load, Stake
from undaunted.coercion.screening.queries import identifiers_known
from undaunted.coercion.screening.readers.evidence import evidence_of, is_small, values_of
from undaunted.coercion.screening.rules.casework import LONGEST_SOURCE, checked_day, needed_text
from undaunted.coercion.screening.rules.refusals import ScreeningRefused
from undaunted.coercion.screening.rules.stakes import OwnershipError

if TYPE_CHECKING:
    from datetime import datetime

    from undaunted.coercion.screening.analysis.owners import Asked, Told
    from undaunted.coercion.screening.models import Case
    from undaunted.coercion.screening.readers.evidence import Evidence
    from undaunted.coercion.screening.rules.stakes import StakePlan
    from undaunted.core.access.rules import Actor

__all__ = [
    "correct_stake",
    "keep_analysis",
    "keep_evidence",
    "record_stake",
    "take_in",
    "withdraw_load",
    "withdraw_stake",
]

A_BATCH = 1_000
"""Stakes that one statement writes."""
EARLIEST, AHEAD = date(1900, 1, 1), timedelta(days=5 * 366)
"""Between these days is asked who controls a company; a deal is completed later than filed."""


def take_in(  # noqa: PLR0913 - which file, of whom, as what, by whom, when
    case: Case,
    content: bytes,
    *,
    name: str,
    source: str,
    actor: Actor,
    at: datetime,
    file_format: str | None = None,
    filed: bool = False,
) -> Load:
    """Take a file of stakes into a case, whole or not at all; `filed`: what the deal would create.

    What is wrong with its rows is kept with it and shown; what is no stake is told there by row.
    Raises `ScreeningRefused` for a file that cannot be read, was cut, or is too large.
    """
    origin = needed_text("source", source, LONGEST_SOURCE)
    about = () if is_small(content) else identifiers_known(actor, case, at)
    read = evidence_of(content, name, origin, file_format, about)
    with in_turn():
        return keep_evidence(case, read, source=origin, filed=filed, actor=actor, at=at)


def keep_evidence(  # noqa: PLR0913 - what was read, and as what
    case: Case, read: Evidence, *, source: str, filed: bool, actor: Actor, at: datetime
) -> Load:
    """Write down what was read of a file, within a step that keeps all of it or nothing.

    The same bytes stand in a case once: taken in twice, their shares would be added up.
    """
    held = held_case(case, actor=actor)
    at = _after_answers(held, at)
    if Load.objects.filter(case=held, digest=read.digest, withdrawn_at__isnull=True).exists():
        raise ScreeningRefused("file: it stands in the case already; withdraw it first")
    made = told(
        Load,
        held,
        "case.evidence_taken_in",
        actor=actor,
        at=at,
        name=read.name,
        format=read.format,
        digest=read.digest,
        source=source,
        rows=read.rows,
        stakes=len(read.stakes),
        findings=list(read.findings),
        notes=list(read.notes),
    )
    hands = {"holder": held.holder, "recorded_at": at, "recorded_by": actor.person}
    stakes = (Stake(case=held, load=made, filed=filed, **hands, **row) for row in read.stakes)
    Stake.objects.bulk_create(stakes, batch_size=A_BATCH)
    return made


def withdraw_load(load: Load, *, why: str, actor: Actor, at: datetime) -> Load:
    """Withdraw a file and every stake of it that still stands; all stays on record."""
    with in_turn():
        held = held_case(load.case, actor=actor)
        moment = _after_answers(held, at)
        gone = ended(load, why, "case.evidence_withdrawn", actor=actor, at=moment)
        standing = Stake.objects.filter(load=load, case=held, withdrawn_at__isnull=True)
        standing.update(
            withdrawn_at=moment, withdrawn_by=actor.person, withdrawn_why=gone.withdrawn_why
        )
    return gone


def record_stake(case: Case, plan: StakePlan, *, actor: Actor, at: datetime) -> Stake:
    """Record a stake by hand, with who says so. Raises `ScreeningRefused`."""
    values = values_of(plan)
    with in_turn():
        held = held_case(case, actor=actor)
        moment = _after_answers(held, at)
        return told(Stake, held, "case.stake_recorded", actor=actor, at=moment, **values)


def correct_stake(stake: Stake, plan: StakePlan, *, why: str, actor: Actor, at: datetime) -> Stake:
    """Replace what was recorded of a stake; both stay on record, each known in its time."""
    values = values_of(plan)
    with in_turn():
        held = held_case(stake.case, actor=actor)
        moment = _after_answers(held, at)
        old = ended(stake, why, "case.stake_withdrawn", actor=actor, at=moment)
        return told(
            Stake, held, "case.stake_recorded", actor=actor, at=moment, replaces=old, **values
        )


def withdraw_stake(stake: Stake, *, why: str, actor: Actor, at: datetime) -> Stake:
    """Withdraw a stake; it stays on record."""
    with in_turn():
        held = held_case(stake.case, actor=actor)
        moment = _after_answers(held, at)
        return ended(stake, why, "case.stake_withdrawn", actor=actor, at=moment)


def keep_analysis(case: Case, asked: Asked, *, actor: Actor, at: datetime) -> Analysis:
    """Ask the engine who controls the target before and after, and keep what it says.

    It is kept with what was asked and a digest, and stays as it was told when evidence changes.
    What changes while it is asked is not overlooked: it is asked again while nothing can change.
    """
    checked_day("as_of", asked.as_of, first=EARLIEST, last=at.date() + AHEAD)
    stood = _stakes_counted(case)
    found = _analysed(case, asked, actor=actor, at=at)
    with in_turn():
        held = held_case(case, actor=actor)
        if _stakes_counted(held) != stood:
            found = _analysed(held, asked, actor=actor, at=at)
        made = Analysis.objects.create(
            holder=held.holder,
            case=held,
            recorded_at=at,
            recorded_by=actor.person,
            as_of=asked.as_of,
            known_at=at,
            asked=asked.told(),
            digest=found.digest,
            result=found.result,
        )
        note("case.analysed", held, actor=actor, at=at, row=str(made.pk), digest=found.digest)
    return made


def _analysed(case: Case, asked: Asked, *, actor: Actor, at: datetime) -> Told:
    try:
        return analyse(actor, case, asked, known_at=at)
    except OwnershipError as problem:
        raise ScreeningRefused(f"analysis: {problem}") from None


def _stakes_counted(case: Case) -> dict[str, int]:
    """Count stakes told and withdrawn: neither is taken back, so that a change shows."""
    return Stake.objects.filter(case=case).aggregate(told=Count("pk"), gone=Count("withdrawn_at"))


def _after_answers(case: Case, at: datetime) -> datetime:
    """Give the moment at which a stake of a case that is held begins or ends: after every answer.

    Who asked meanwhile may have read it, or not: the moment of a step is told before its turn.
    """
    last = Analysis.objects.filter(case=case).aggregate(last=Max("known_at"))["last"]
    return at if last is None or last < at else last + timedelta.resolution
