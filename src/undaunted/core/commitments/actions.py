"""What is done to statements: recorded, corrected by others, accepted or declined, withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from undaunted.core.access.rules import Facts, Forbidden, Sharing, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.commitments.models import CommitmentStatement
from undaunted.core.commitments.queries import accepted_like, brought_back_by
from undaunted.core.commitments.rules import CommitmentState

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.commitments.rules import Statement

__all__ = [
    "Imported",
    "StatementDecided",
    "StatementRefused",
    "StatementStands",
    "accept_statement",
    "correct_statement",
    "decline_statement",
    "import_statements",
    "record_statement",
    "withdraw_statement",
]

KIND = "commitment"


class StatementRefused(ValueError):
    """The step cannot be taken; the message says why and what to do."""


class StatementStands(StatementRefused):
    """The same statement waits or stands already."""


class StatementDecided(StatementRefused):
    """Somebody decided on this statement before, or it was corrected or withdrawn."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, by statement: instrument, state and day."""

    recorded: tuple[str, ...]
    unchanged: tuple[str, ...]


def record_statement(
    holder: UUID, statement: Statement, *, actor: Actor, at: datetime
) -> CommitmentStatement:
    """Record a statement; it stands on no board before a second person has accepted it.

    Raises `StatementStands`, and `Forbidden`.
    """
    require(actor, Verb.RECORD, Facts(holder=holder))
    return _add(holder, statement, None, actor=actor, at=at)


def correct_statement(
    earlier: CommitmentStatement, statement: Statement, *, actor: Actor, at: datetime
) -> CommitmentStatement:
    """Record what should stand in place of an accepted statement, which stands until then.

    What was known before stays known of that time. Raises `StatementRefused`, and `Forbidden`.
    """
    require(actor, Verb.RECORD, Facts(holder=earlier.holder))
    if (statement.instrument, statement.state) != (earlier.instrument, earlier.state):
        raise StatementRefused("a correction speaks of the same instrument and state; record anew")
    if statement.digest == earlier.digest:
        raise StatementStands("it says the same; change what is wrong")
    with transaction.atomic():
        held = _standing(earlier)
        if held.corrections.filter(review=CommitmentState.WAITING).exists():
            raise StatementStands("a correction of this statement waits; decide on it first")
        return _add(held.holder, statement, held, actor=actor, at=at)


def accept_statement(
    statement: CommitmentStatement, *, actor: Actor, at: datetime
) -> CommitmentStatement:
    """Accept a statement as another person than whoever recorded it.

    Raises `StatementDecided`, and `Forbidden`.
    """
    hands = frozenset({statement.proposed_by})
    require(actor, Verb.REVIEW_TEXT, Facts(holder=statement.holder, earlier_hands=hands))
    with transaction.atomic():
        held = _waiting(statement)
        if held.corrects is not None:
            _standing(held.corrects)
        held.review, held.decided_by, held.decided_at = CommitmentState.ACCEPTED, actor.person, at
        held.save(update_fields=["review", "decided_by", "decided_at"])
        _note("commitment.accepted", held, actor=actor, at=at)
    return held


def decline_statement(
    statement: CommitmentStatement, why: str, *, actor: Actor, at: datetime
) -> CommitmentStatement:
    """Decline a statement with the reason; whoever recorded it may take it back in the same way.

    Raises `StatementDecided`, and `Forbidden`.
    """
    verb = Verb.RECORD if statement.proposed_by == actor.id else Verb.REVIEW_TEXT
    require(actor, verb, Facts(holder=statement.holder, earlier_hands=frozenset()))
    if not why.strip():
        raise StatementRefused("why: say what is wrong, so that it can be mended")
    with transaction.atomic():
        held = _waiting(statement)
        held.review, held.decided_by, held.decided_at = CommitmentState.DECLINED, actor.person, at
        held.why = why.strip()
        held.save(update_fields=["review", "decided_by", "decided_at", "why"])
        _note("commitment.declined", held, actor=actor, at=at)
    return held


def withdraw_statement(
    statement: CommitmentStatement, *, actor: Actor, at: datetime
) -> CommitmentStatement:
    """Hide an accepted statement everywhere, at every time, and keep it; one person may.

    What it corrected stands again, so that one person takes no state off a board by it. For what
    must not be read, such as the name of a person; what is wrong is corrected instead.
    """
    require(actor, Verb.TAKE_DOWN, Facts(holder=statement.holder))
    with transaction.atomic():
        held = _locked(statement)
        if held.review != CommitmentState.ACCEPTED or held.withdrawn_at is not None:
            raise StatementDecided("only what was accepted, and not withdrawn, is withdrawn")
        back = brought_back_by(actor, held)
        held.withdrawn_at, held.withdrawn_by = at, actor.person
        held.save(update_fields=["withdrawn_at", "withdrawn_by"])
        brought = str(back.pk) if back else ""
        _note("commitment.withdrawn", held, actor=actor, at=at, brings_back=brought)
    return held


def import_statements(
    holder: UUID, statements: Iterable[Statement], *, actor: Actor, at: datetime
) -> Imported:
    """Record every statement that neither waits nor stands; all or none.

    A second person accepts each. Raises `Forbidden`.
    """
    require(actor, Verb.RECORD, Facts(holder=holder))
    recorded: list[str] = []
    unchanged: list[str] = []
    with transaction.atomic():
        for each in statements:
            name = f"{each.instrument} {each.state} {each.since}"
            if accepted_like(actor, each.digest) is not None:
                unchanged.append(name)
                continue
            _add(holder, each, None, actor=actor, at=at)
            recorded.append(name)
    return Imported(tuple(recorded), tuple(unchanged))


def _add(
    holder: UUID,
    statement: Statement,
    corrects: CommitmentStatement | None,
    *,
    actor: Actor,
    at: datetime,
) -> CommitmentStatement:
    if accepted_like(actor, statement.digest) is not None:
        raise StatementStands("the same statement waits or stands already")
    try:
        with transaction.atomic():
            made = CommitmentStatement.objects.create(
                holder=holder,
                sharing=Sharing.SHARED,
                instrument=statement.instrument,
                state=statement.state,
                status=statement.status,
                first_day=statement.first_day,
                content=statement.as_data(),
                digest=statement.digest,
                corrects=corrects,
                proposed_by=actor.person,
                proposed_at=at,
            )
            _note("commitment.recorded", made, actor=actor, at=at)
    except IntegrityError:
        raise StatementStands("the same statement waits or stands already") from None
    return made


def _locked(statement: CommitmentStatement) -> CommitmentStatement:
    rows = CommitmentStatement.objects.select_for_update(of=("self",)).select_related("corrects")
    held = rows.filter(pk=statement.pk).first()
    if held is None:
        raise Forbidden("there is no such statement for you")
    return held


def _waiting(statement: CommitmentStatement) -> CommitmentStatement:
    held = _locked(statement)
    if held.review != CommitmentState.WAITING:
        raise StatementDecided("somebody decided on this statement before")
    return held


def _standing(statement: CommitmentStatement) -> CommitmentStatement:
    held = _locked(statement)
    if held.review != CommitmentState.ACCEPTED or held.corrected_at or held.withdrawn_at:
        raise StatementDecided("only what stands is corrected: accepted, and not corrected since")
    return held


def _note(
    verb: str, statement: CommitmentStatement, *, actor: Actor, at: datetime, **more: str
) -> None:
    record_entry(
        verb,
        actor=actor,
        subject_kind=KIND,
        subject_id=statement.pk,
        at=at,
        detail={
            "instrument": statement.instrument,
            "state": statement.state,
            "digest": statement.digest,
            "corrects": str(statement.corrects_id or ""),
            **more,
        },
    )
