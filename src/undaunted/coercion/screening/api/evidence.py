"""Evidence of cases by program: files, stakes, facts, lists, what the engine says."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from ninja import File, Form, Query, Status
from ninja.files import UploadedFile

from undaunted.coercion.screening.actions import (
    FactPlan,
    ListLook,
    correct_stake,
    hold_against_lists,
    judge_list_check,
    keep_analysis,
    record_fact,
    record_list_check,
    record_stake,
    withdraw_fact,
    withdraw_list_check,
    withdraw_load,
    withdraw_stake,
)
from undaunted.coercion.screening.analysis.asking import QuestionRefused
from undaunted.coercion.screening.analysis.case_exposure import case_exposure
from undaunted.coercion.screening.analysis.exposed_told import exposed_told
from undaunted.coercion.screening.analysis.owners import Asked
from undaunted.coercion.screening.analysis.sheets import measure_of, picture_for
from undaunted.coercion.screening.analysis.tables import faults_in, stakes_around
from undaunted.coercion.screening.analysis.telling import answer_of
from undaunted.coercion.screening.analysis.words import answer_told, measure_told, proof_told
from undaunted.coercion.screening.api.root import (
    ONE,
    PROPOSE,
    READ,
    case_here,
    found,
    moment_of,
    refusals,
    router,
    taken,
    taken_on,
)
from undaunted.coercion.screening.api.schemas import (
    AnalysisIn,
    FactIn,
    JudgedIn,
    Measured,
    Name,
    ScreeningIdOut,
    ScreeningListIn,
    StakeIn,
    WhyIn,
)
from undaunted.coercion.screening.models import EvidenceFile, Fact, ListCheck, Load, Party, Stake
from undaunted.coercion.screening.queries import (
    case_as_known,
    evidence_file_for,
    row_told,
    stakes_known,
)
from undaunted.coercion.screening.readers.evidence import LARGEST_FILE
from undaunted.coercion.screening.rules.stakes import PartyKind, Right, StakePlan
from undaunted.coercion.screening.tasks import bring_evidence
from undaunted.core.access.rules import Actor
from undaunted.core.accounts.api import actor_of

__all__: list[str] = []

MOST_SHOWN = 2000


@router.post(
    f"{ONE}/evidence",
    response={201: dict[str, Any], 202: dict[str, Any]},
    auth=PROPOSE,
    summary="Take in",
)
def take(  # noqa: PLR0913, PLR0917 - the parts of the form
    request: HttpRequest,
    reference: str,
    file: File[UploadedFile],
    source: Form[str],
    filed: Form[bool] = False,  # noqa: FBT002 - a part of the form
    file_format: Form[str] = "",
) -> Any:  # noqa: ANN401
    """Take a file of stakes in, whole or not at all; what is wrong with its rows is told.

    A large one answers 202 with the address that tells what became of it.
    """
    actor, _ = case_here(request, reference)
    made = taken(
        request, reference, bring_evidence, file.read(LARGEST_FILE + 1),
        name=file.name or "stakes", source=source, filed=filed, file_format=file_format or None,
    )  # fmt: skip
    if isinstance(made, EvidenceFile):
        return Status(HTTPStatus.ACCEPTED, _left(actor, made, 0))
    return Status(HTTPStatus.CREATED, row_told(actor, made))


@router.get(
    "/desk/evidence/files/{uuid:left}",
    response=dict[str, Any],
    auth=READ,
    summary="A file that was left",
    url_name="screening-evidence-file",
)
def show_file(request: HttpRequest, left: UUID, start: int = 0) -> dict[str, Any]:
    """Give whether a large file still waits, what became of it, or why nothing was taken in.

    What is wrong with its rows is given 2000 at a time.
    """
    actor = actor_of(request)
    return _left(actor, found(evidence_file_for(actor, left)), min(max(start, 0), 1_000_000))


@router.delete(
    "/desk/evidence/{uuid:load}", response=ScreeningIdOut, auth=PROPOSE, summary="Withdraw"
)
def leave(request: HttpRequest, load: UUID, told: WhyIn) -> Any:  # noqa: ANN401
    """Withdraw a file and the stakes of it that stand."""
    return taken_on(request, Load, load, withdraw_load, why=told.why)


@router.get(f"{ONE}/stakes", response=list[dict[str, Any]], auth=READ, summary="Stakes")
def stakes(
    request: HttpRequest, reference: str, as_known: datetime | None = None, start: int = 0
) -> list[dict[str, Any]]:
    """Give the stakes of a case, now or as known at a moment, 2000 at a time."""
    actor, case = case_here(request, reference)
    rows = stakes_known(actor, case, moment_of(as_known))
    first = min(max(start, 0), 1_000_000)
    return [row_told(actor, row) for row in rows[first : first + MOST_SHOWN]]


@router.post(
    f"{ONE}/stakes", response={201: ScreeningIdOut}, auth=PROPOSE, summary="Record a stake"
)
def record(request: HttpRequest, reference: str, told: StakeIn) -> Any:  # noqa: ANN401
    """Record a stake by hand."""
    return taken(request, reference, record_stake, _stake(told))


@router.put(
    "/desk/stakes/{uuid:stake}", response=ScreeningIdOut, auth=PROPOSE, summary="Correct a stake"
)
def correct(request: HttpRequest, stake: UUID, told: StakeIn) -> Any:  # noqa: ANN401
    """Replace a stake; both stay on record."""
    return taken_on(request, Stake, stake, correct_stake, _stake(told), why=told.why)


@router.delete(
    "/desk/stakes/{uuid:stake}", response=ScreeningIdOut, auth=PROPOSE, summary="Withdraw one"
)
def withdraw(request: HttpRequest, stake: UUID, told: WhyIn) -> Any:  # noqa: ANN401
    """Withdraw a stake."""
    return taken_on(request, Stake, stake, withdraw_stake, why=told.why)


@router.post(
    f"{ONE}/analyses", response={201: dict[str, Any]}, auth=PROPOSE, summary="Ask the engine"
)
def analyse(request: HttpRequest, reference: str, told: AnalysisIn) -> Any:  # noqa: ANN401
    """Ask who controls the target before and after, and keep the answer."""
    actor, _ = case_here(request, reference)
    asked = Asked(told.as_of, told.threshold, told.reached, tuple(told.owners), told.measure)
    return row_told(actor, taken(request, reference, keep_analysis, asked))


@router.get(f"{ONE}/control", response=dict[str, Any], auth=READ, summary="Who controls the target")
def control(
    request: HttpRequest,
    reference: str,
    measure: Measured = "",
    owner: Query[list[Name]] = [],  # noqa: B006 - the library copies it
    as_known: datetime | None = None,
) -> dict[str, Any]:
    """Give who controls the target after the investment, by a measure or the case's own law."""
    actor, case = case_here(request, reference)
    sheet = case_as_known(actor, case, moment_of(as_known))
    tables = stakes_around(actor, case, as_of=sheet.at.date(), known_at=sheet.at)
    with refusals(QuestionRefused):
        by, regime = measure_of(sheet, measure)
        answer = picture_for(sheet, tables[1], tuple(owner), by)
    said = measure_told(by, regime.title if regime else "")
    told = by.told() | {"regime": regime.key if regime else "", "measured": said}
    told |= {"findings": [str(each) for each in faults_in(tables)]}
    return answer_of(answer) | told | {"says": answer_told(answer), "proof": proof_told(answer)}


@router.get(f"{ONE}/exposure", response=list[dict[str, Any]], auth=READ, summary="Exposure")
def exposure(
    request: HttpRequest, reference: str, as_known: datetime | None = None
) -> list[dict[str, Any]]:
    """Give what of the target's sectors the acquiring side holds before and after, and why."""
    actor, case = case_here(request, reference)
    sheet = case_as_known(actor, case, moment_of(as_known))
    return exposed_told(case_exposure(actor, sheet))


@router.post(f"{ONE}/facts", response={201: ScreeningIdOut}, auth=PROPOSE, summary="Record a fact")
def fact(request: HttpRequest, reference: str, told: FactIn) -> Any:  # noqa: ANN401
    """Record what a source says of a party."""
    return taken(request, reference, record_fact, FactPlan(**told.dict()))


@router.delete(
    "/desk/facts/{uuid:fact}", response=ScreeningIdOut, auth=PROPOSE, summary="Withdraw a fact"
)
def unsay(request: HttpRequest, fact: UUID, told: WhyIn) -> Any:  # noqa: ANN401
    """Withdraw what was recorded."""
    return taken_on(request, Fact, fact, withdraw_fact, why=told.why)


@router.post(
    "/desk/lists", response={201: ScreeningIdOut}, auth=PROPOSE, summary="Record a look at a list"
)
def look(request: HttpRequest, told: ScreeningListIn) -> Any:  # noqa: ANN401
    """Record that a party was held against a list, and what was judged."""
    plan = ListLook(told.list_name, told.list_day, told.judgement, told.entry, told.reason)
    return taken_on(request, Party, told.party, record_list_check, plan)


@router.post(
    f"{ONE}/lists",
    response={201: list[ScreeningIdOut]},
    auth=PROPOSE,
    summary="Hold the parties against lists",
)
def hold(request: HttpRequest, reference: str) -> Any:  # noqa: ANN401
    """Hold every party against every list in force; what comes up waits for a person."""
    return taken(request, reference, hold_against_lists)


@router.put(
    "/desk/lists/{uuid:check}", response=ScreeningIdOut, auth=PROPOSE, summary="Judge an entry"
)
def judge(request: HttpRequest, check: UUID, told: JudgedIn) -> Any:  # noqa: ANN401
    """Judge an entry that came up, with a reason."""
    return taken_on(request, ListCheck, check, judge_list_check, told.judgement, told.reason)


@router.delete(
    "/desk/lists/{uuid:check}", response=ScreeningIdOut, auth=PROPOSE, summary="Withdraw a look"
)
def unlook(request: HttpRequest, check: UUID, told: WhyIn) -> Any:  # noqa: ANN401
    """Withdraw a look at a list."""
    return taken_on(request, ListCheck, check, withdraw_list_check, why=told.why)


def _left(actor: Actor, left: EvidenceFile, start: int) -> dict[str, Any]:
    """Give where a file stands that was left, and once it was taken in, what became of it."""
    load = row_told(actor, left.load) if left.load else None
    if load is not None:
        load["findings"] = load["findings"][start : start + MOST_SHOWN]
    return {
        "id": left.pk,
        "address": reverse("api-1:screening-evidence-file", args=[left.pk]),
        "name": left.name,
        "size": left.size,
        "state": left.state,
        "rows": left.rows,
        "findings": left.flagged,
        "problem": left.problem,
        "load": load,
    }


def _stake(told: StakeIn) -> StakePlan:
    values = told.dict(exclude={"why", "right", "owner_kind", "owned_kind"})
    return StakePlan(
        right=Right[told.right.upper()],
        owner_kind=PartyKind[told.owner_kind.upper()],
        owned_kind=PartyKind[told.owned_kind.upper()],
        **values,
    )
