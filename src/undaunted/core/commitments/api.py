"""Boards over the wire: everybody reads them; programs record, correct and decide."""

from __future__ import annotations

from datetime import date, datetime  # noqa: TC003 - the library reads the annotations
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, Any, TypeVar
from uuid import UUID  # noqa: TC003 - as above

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from ninja.errors import HttpError
from pydantic import AfterValidator, Field

from undaunted.core.access.rules import PUBLIC, face
from undaunted.core.accounts.api import TokenScope, actor_of, conflicts
from undaunted.core.accounts.rules import Scope
from undaunted.core.commitments.actions import (
    StatementRefused,
    accept_statement,
    correct_statement,
    decline_statement,
    import_statements,
    record_statement,
    withdraw_statement,
)
from undaunted.core.commitments.queries import (
    board_of,
    history_of,
    statement_for,
    statements_for,
)
from undaunted.core.commitments.rules import (
    CommitmentAnswer,
    CommitmentState,
    StatementBroken,
    Status,
    check_read,
    instruments,
    read_all,
    read_statement,
)
from undaunted.core.commitments.writers import board_told, instrument_told, known_told
from undaunted.core.practices.rules import PracticeSourceStatus  # noqa: TC001 - the library reads it

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from undaunted.core.commitments.actions import Imported
    from undaunted.core.commitments.models import CommitmentStatement
    from undaunted.core.commitments.rules import Instrument, Statement

__all__ = ["router"]

router = Router(tags=["commitments"])
READ, PROPOSE, DECIDE = (TokenScope(scope) for scope in (Scope.READ, Scope.PROPOSE, Scope.DECIDE))
MOST_SHOWN = 500

Thing = TypeVar("Thing")


def _without_nulls(text: str) -> str:
    if "\x00" in text:
        raise ValueError("a null character cannot be kept")
    return text


class FeatureOut(Schema):
    """A feature that an instrument may have, and whether the model regime asks for it."""

    code: str
    question: str
    model: bool
    why: str


class InstrumentOut(Schema):
    """An instrument with its features."""

    code: str
    title: str
    about: str
    model: str
    features: list[FeatureOut]


class GapsOut(Schema):
    """What a state has, lacks, and may have, of what the model regime asks for."""

    has: list[str]
    lacks: list[str]
    unknown: list[str]


class CommitmentProposalOut(Schema):
    """What may become law beside what holds; none of its features count as the state's."""

    status: Status
    since: str
    law: str
    statement: UUID
    features: dict[str, CommitmentAnswer]
    clauses: dict[str, str]


class CarrierOut(Schema):
    """A source that carries status and day, and how it was read."""

    title: str
    publisher: str
    date: str
    url: str
    status: PracticeSourceStatus
    read_on: str


class StandingOut(Schema):
    """How a state stands to an instrument, with the clause behind each answer."""

    state: str
    status: Status
    since: str
    law: str
    statement: UUID
    verified: bool
    features: dict[str, CommitmentAnswer]
    clauses: dict[str, str]
    model: GapsOut
    text: str
    sources: list[CarrierOut]
    proposed: list[CommitmentProposalOut]


class BoardOut(Schema):
    """Who stands where on a day, as it was known on a day or is known now."""

    instrument: InstrumentOut
    on: date
    known_on: date | None
    states: list[StandingOut]


class KnownOut(Schema):
    """A statement of a history: `statement` is its whole text, as an import takes it."""

    id: UUID
    accepted_on: date
    corrected_on: date | None
    statement: dict[str, Any]


class CommitmentStatementOut(Schema):
    """A statement at the desk, and where it stands between two people."""

    id: UUID
    instrument: str
    state: str
    status: Status
    review: CommitmentState
    digest: str
    corrects_id: UUID | None
    corrected_at: datetime | None
    withdrawn_at: datetime | None


class CommitmentStatementIn(Schema):
    """A statement as in a file, for an organisation."""

    holder: UUID
    statement: dict[str, Any]


class ImportIn(Schema):
    """Statements as in a file, for an organisation."""

    holder: UUID
    statements: Annotated[list[dict[str, Any]], Field(max_length=MOST_SHOWN)]


class CommitmentImportedOut(Schema):
    """What an import did, by instrument, state and day."""

    recorded: list[str]
    unchanged: list[str]


class CommitmentCorrectionIn(Schema):
    """What should stand in place of an accepted statement."""

    statement: dict[str, Any]


class CommitmentDecisionIn(Schema):
    """Yes, or no with the reason."""

    accept: bool
    why: Annotated[str, Field(max_length=2000, default=""), AfterValidator(_without_nulls)]


@router.get("/", response=list[InstrumentOut], summary="Instruments")
@face("public")
def list_instruments(request: HttpRequest) -> list[dict[str, Any]]:  # noqa: ARG001 - ninja hands it in
    """Give the instruments with the features that each may have."""
    return [instrument_told(instruments()[code]) for code in sorted(instruments())]


@router.get(
    "/desk/statements",
    response=list[CommitmentStatementOut],
    auth=READ,
    summary="Statements at the desk",
)
def list_statements(
    request: HttpRequest, review: CommitmentState | None = None
) -> list[CommitmentStatement]:
    """Give the statements that the token's person may read, newest first."""
    rows = statements_for(actor_of(request))
    return list((rows.filter(review=review) if review else rows)[:MOST_SHOWN])


@router.post(
    "/desk/statements",
    response={201: CommitmentStatementOut},
    auth=PROPOSE,
    summary="Record a statement",
)
def add_statement(request: HttpRequest, proposal: CommitmentStatementIn) -> Any:  # noqa: ANN401 - ninja's status
    """Record a statement; a second person accepts it."""
    told = _read(proposal.statement)
    with _refusals():
        return record_statement(proposal.holder, told, actor=actor_of(request), at=timezone.now())


@router.post(
    "/desk/import", response=CommitmentImportedOut, auth=PROPOSE, summary="Import statements"
)
def take_in(request: HttpRequest, proposal: ImportIn) -> Imported:
    """Record what is new of several statements, all or none; what is wrong is told by number."""
    try:
        told = read_all(proposal.statements, where="statements")
        told = check_read(told, timezone.now().date(), where="statements")
    except StatementBroken as broken:
        raise HttpError(HTTPStatus.UNPROCESSABLE_ENTITY, str(broken)) from None
    with _refusals():
        return import_statements(proposal.holder, told, actor=actor_of(request), at=timezone.now())


@router.post(
    "/desk/statements/{uuid:statement}/correction",
    response={201: CommitmentStatementOut},
    auth=PROPOSE,
    summary="Correct a statement",
)
def add_correction(
    request: HttpRequest, statement: UUID, correction: CommitmentCorrectionIn
) -> Any:  # noqa: ANN401
    """Record what should stand in its place; it stands until a second person has accepted that."""
    actor = actor_of(request)
    held = _found(statement_for(actor, statement))
    told = _read(correction.statement)
    with _refusals():
        return correct_statement(held, told, actor=actor, at=timezone.now())


@router.post(
    "/desk/statements/{uuid:statement}/decision",
    response=CommitmentStatementOut,
    auth=DECIDE,
    summary="Decide",
)
def settle_statement(
    request: HttpRequest, statement: UUID, decision: CommitmentDecisionIn
) -> CommitmentStatement:
    """Accept a statement as another person than its recorder, or decline it with the reason."""
    actor = actor_of(request)
    held = _found(statement_for(actor, statement))
    with _refusals():
        if decision.accept:
            return accept_statement(held, actor=actor, at=timezone.now())
        return decline_statement(held, decision.why, actor=actor, at=timezone.now())


@router.post(
    "/desk/statements/{uuid:statement}/withdrawal",
    response=CommitmentStatementOut,
    auth=DECIDE,
    summary="Withdraw",
)
def withdraw(request: HttpRequest, statement: UUID) -> CommitmentStatement:
    """Hide an accepted statement everywhere at once; what it corrected stands again."""
    actor = actor_of(request)
    held = _found(statement_for(actor, statement))
    with _refusals():
        return withdraw_statement(held, actor=actor, at=timezone.now())


@router.get("/{slug:instrument}", response=BoardOut, summary="A board")
@face("public")
def show_board(
    request: HttpRequest,  # noqa: ARG001 - ninja hands it in
    instrument: str,
    on: date | None = None,
    known_on: date | None = None,
) -> dict[str, Any]:
    """Give who stands where on a day, as it was known on a day."""
    found = _instrument(instrument)
    day = on or timezone.now().date()
    board = board_of(PUBLIC, found.code, on=day, known_on=known_on)
    return board_told(found, board.rows, on=day, known_on=known_on)


@router.get(
    "/{slug:instrument}/{slug:state}", response=list[KnownOut], summary="History of a state"
)
@face("public")
def show_history(request: HttpRequest, instrument: str, state: str) -> list[dict[str, Any]]:  # noqa: ARG001
    """Give every accepted statement about a state, also corrected ones, by the day they tell."""
    rows = history_of(PUBLIC, _instrument(instrument).code, state)
    return [known_told(row) for row in _found(rows or None)]


def _instrument(code: str) -> Instrument:
    return _found(instruments().get(code))


def _read(data: dict[str, Any]) -> Statement:
    try:
        statement = read_statement(data, where="statement")
        return check_read((statement,), timezone.now().date(), where="statement")[0]
    except StatementBroken as broken:
        raise HttpError(HTTPStatus.UNPROCESSABLE_ENTITY, str(broken)) from None


def _found(thing: Thing | None) -> Thing:
    if thing is None:
        raise Http404
    return thing


def _refusals() -> AbstractContextManager[None]:
    return conflicts(StatementRefused)
