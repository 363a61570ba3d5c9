"""Findings, dealings and decisions by program; a decision is taken by a second person."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Schema

from undaunted.coercion.screening.actions import (
    AnswerPlan,
    AssessmentPlan,
    CheckPlan,
    DecisionPlan,
    MitigationPlan,
    RequestPlan,
    ask_for_information,
    assess_factor,
    comment_on_notice,
    correct_assessment,
    decline_lifting,
    end_mitigation,
    propose_decision,
    record_answer,
    record_check,
    record_comment,
    record_mitigation,
    record_recourse,
    record_result,
    record_scope,
    return_decision,
    send_notice,
    take_decision,
    withdraw_assessment,
    withdraw_notice,
    withdraw_request,
    write_notice,
)
from undaunted.coercion.screening.analysis.letter_periods import notice_deadlines
from undaunted.coercion.screening.api.partners import (
    ProposedOut,
    WrittenOut,
    proposed_told,
    written_told,
)
from undaunted.coercion.screening.api.root import (
    DECIDE,
    ONE,
    PROPOSE,
    READ,
    found,
    refusals,
    router,
    row_here,
    taken,
    taken_on,
)
from undaunted.coercion.screening.api.schemas import (
    CheckIn,
    CommentIn,
    EvidenceIn,
    Name,
    ScopeIn,
    ScreeningAnswerIn,
    ScreeningAssessmentIn,
    ScreeningDecisionIn,
    ScreeningIdOut,
    ScreeningMeasureIn,
    ScreeningNoticeIn,
    ScreeningRequestIn,
    Text,
    WhyIn,
)
from undaunted.coercion.screening.models import (
    Assessment,
    Decision,
    Mitigation,
    Notice,
    Recourse,
    Request,
)
from undaunted.coercion.screening.queries import notice_for, notices_received, row_told
from undaunted.coercion.screening.readers import read_deal
from undaunted.coercion.screening.rules import Terms
from undaunted.coercion.screening.rules.casework import RecourseResult
from undaunted.core.accounts.api import actor_of, require_scope
from undaunted.core.accounts.rules import Scope

__all__: list[str] = []


class RecourseIn(Schema):
    """An attack on a decision."""

    body: Name
    lodged_on: date
    outcome: Text = ""
    outcome_on: date | None = None
    result: RecourseResult | None = None


class ResultIn(Schema):
    """Whether a decision stands by what came of an attack on it."""

    result: RecourseResult


@router.post(
    f"{ONE}/scope", response={201: list[dict[str, Any]]}, auth=PROPOSE, summary="Test the scope"
)
def scope(request: HttpRequest, reference: str, told: ScopeIn) -> Any:  # noqa: ANN401
    """Hold the investment against every regime of its day, and keep the answers."""
    actor = actor_of(request)
    with refusals():
        facts = read_deal(told.facts)
    return [row_told(actor, row) for row in taken(request, reference, record_scope, facts)]


@router.post(
    f"{ONE}/factors", response={201: ScreeningIdOut}, auth=PROPOSE, summary="Assess a factor"
)
def assess(request: HttpRequest, reference: str, told: ScreeningAssessmentIn) -> Any:  # noqa: ANN401
    """Assess one factor, with reasons and evidence."""
    return taken(request, reference, assess_factor, _assessment(told))


@router.put(
    "/desk/factors/{uuid:factor}", response=ScreeningIdOut, auth=PROPOSE, summary="Correct one"
)
def reassess(request: HttpRequest, factor: UUID, told: ScreeningAssessmentIn) -> Any:  # noqa: ANN401
    """Replace an assessment; both stay on record."""
    plan = _assessment(told)
    return taken_on(request, Assessment, factor, correct_assessment, plan, why=told.why)


@router.delete(
    "/desk/factors/{uuid:factor}", response=ScreeningIdOut, auth=PROPOSE, summary="Withdraw one"
)
def unassess(request: HttpRequest, factor: UUID, told: WhyIn) -> Any:  # noqa: ANN401
    """Withdraw an assessment."""
    return taken_on(request, Assessment, factor, withdraw_assessment, why=told.why)


@router.post(
    f"{ONE}/requests", response={201: ScreeningIdOut}, auth=PROPOSE, summary="Ask for information"
)
def ask(request: HttpRequest, reference: str, told: ScreeningRequestIn) -> Any:  # noqa: ANN401
    """Ask somebody; periods stand still where it says so."""
    return taken(request, reference, ask_for_information, RequestPlan(**told.dict()))


@router.post(
    "/desk/requests/{uuid:asked}/answers", response={201: ScreeningIdOut}, auth=PROPOSE,
    summary="Record an answer",
)  # fmt: skip
def answer(request: HttpRequest, asked: UUID, told: ScreeningAnswerIn) -> Any:  # noqa: ANN401
    """Record what came back; periods go on when it is complete."""
    return taken_on(request, Request, asked, record_answer, AnswerPlan(**told.dict()))


@router.delete(
    "/desk/requests/{uuid:asked}", response=ScreeningIdOut, auth=PROPOSE, summary="Withdraw"
)
def unask(request: HttpRequest, asked: UUID, told: WhyIn) -> Any:  # noqa: ANN401
    """Withdraw a request."""
    return taken_on(request, Request, asked, withdraw_request, why=told.why)


@router.post(f"{ONE}/notices", response={201: WrittenOut}, auth=PROPOSE, summary="Write a notice")
def write(request: HttpRequest, reference: str, told: ScreeningNoticeIn) -> Any:  # noqa: ANN401
    """Write down what a partner authority will be told."""
    values = told.dict(exclude={"recipient"})
    made = taken(request, reference, write_notice, told.recipient, **values)
    return written_told(request, made)


@router.get("/desk/notices", response=list[dict[str, Any]], auth=READ, summary="Notices received")
def received(request: HttpRequest) -> list[dict[str, Any]]:
    """Give what other authorities sent to one's own."""
    actor = actor_of(request)
    return [
        {name: told for name, told in row_told(actor, row).items() if name != "though_outside"}
        | {
            "deadlines": [
                {"title": each.line.title, "due": each.due, "law": each.line.law}
                for each in notice_deadlines(actor, row)
            ]
        }
        for row in notices_received(actor)[:500]
    ]


@router.post(
    "/desk/notices/{uuid:notice}/sending",
    response=ScreeningIdOut,
    auth=DECIDE,
    summary="Send a notice",
)
def send(request: HttpRequest, notice: UUID) -> Any:  # noqa: ANN401
    """Send a notice, as a second person."""
    return taken_on(request, Notice, notice, send_notice)


@router.delete(
    "/desk/notices/{uuid:notice}", response=ScreeningIdOut, auth=PROPOSE, summary="Take it back"
)
def unsend(request: HttpRequest, notice: UUID) -> Any:  # noqa: ANN401
    """Take a notice back."""
    return taken_on(request, Notice, notice, withdraw_notice)


@router.post(
    "/desk/notices/{uuid:notice}/comments",
    response={201: ScreeningIdOut},
    auth=PROPOSE,
    summary="Comment",
)
def speak(request: HttpRequest, notice: UUID, told: CommentIn) -> Any:  # noqa: ANN401
    """Speak on a notice that was sent to one's own authority."""
    actor = actor_of(request)
    held = found(notice_for(actor, notice))
    with refusals():
        return comment_on_notice(
            held, told.text, author=told.author, kind=told.kind, actor=actor, at=timezone.now()
        )


@router.post(
    f"{ONE}/comments", response={201: ScreeningIdOut}, auth=PROPOSE, summary="Record a comment"
)
def heard(request: HttpRequest, reference: str, told: CommentIn) -> Any:  # noqa: ANN401
    """Write down what another authority said by another way."""
    return taken(
        request, reference, record_comment, told.text, author=told.author, kind=told.kind,
        received_on=told.received_on or timezone.now().date(),
    )  # fmt: skip


@router.post(
    f"{ONE}/decision", response={201: ProposedOut}, auth=PROPOSE, summary="Propose a decision"
)
def propose(request: HttpRequest, reference: str, told: ScreeningDecisionIn) -> Any:  # noqa: ANN401
    """Propose a decision; it waits for a second person, and tells until when partners may speak."""
    values = told.dict(exclude={"factors", "conditions", "terms"})
    terms = tuple(Terms(**each.dict()) for each in told.terms)
    plan = DecisionPlan(
        factors=tuple(told.factors), conditions=tuple(told.conditions), terms=terms, **values
    )
    return proposed_told(request, taken(request, reference, propose_decision, plan))


@router.post(
    "/desk/decisions/{uuid:decision}/taking",
    response=ScreeningIdOut,
    auth=DECIDE,
    summary="Take it",
)
def decide(request: HttpRequest, decision: UUID) -> Any:  # noqa: ANN401
    """Take a decision as it was proposed, as a second person."""
    return taken_on(request, Decision, decision, take_decision)


@router.post(
    "/desk/decisions/{uuid:decision}/return",
    response=ScreeningIdOut,
    auth=PROPOSE,
    summary="Send it back",
)
def send_back(request: HttpRequest, decision: UUID, told: WhyIn) -> Any:  # noqa: ANN401
    """Send a proposed decision back with a reason."""
    return taken_on(request, Decision, decision, return_decision, told.why)


@router.post(
    "/desk/decisions/{uuid:decision}/recourse", response={201: ScreeningIdOut}, auth=PROPOSE,
    summary="Record recourse",
)  # fmt: skip
def attacked(request: HttpRequest, decision: UUID, told: RecourseIn) -> Any:  # noqa: ANN401
    """Record that a decision was attacked, and what came of it."""
    return taken_on(request, Decision, decision, record_recourse, **told.dict())


@router.post(
    "/desk/recourses/{uuid:recourse}/result", response={201: ScreeningIdOut}, auth=DECIDE,
    summary="Record a result",
)  # fmt: skip
def result(request: HttpRequest, recourse: UUID, told: ResultIn) -> Any:  # noqa: ANN401
    """Say, as a second person, whether a decision stands by what came of an attack on it."""
    return taken_on(request, Recourse, recourse, record_result, told.result)


@router.post(
    f"{ONE}/measures", response={201: ScreeningIdOut}, auth=PROPOSE, summary="Record a measure"
)
def measure(request: HttpRequest, reference: str, told: ScreeningMeasureIn) -> Any:  # noqa: ANN401
    """Put a measure into the register."""
    return taken(request, reference, record_mitigation, MitigationPlan(**told.dict()))


@router.post(
    "/desk/measures/{uuid:measure}/checks", response={201: ScreeningIdOut}, auth=PROPOSE,
    summary="Record a look",
)  # fmt: skip
def check(request: HttpRequest, measure: UUID, told: CheckIn) -> Any:  # noqa: ANN401
    """Record what was found when a measure was looked at."""
    plan = CheckPlan(told.day, told.outcome, told.text, _evidence(told.evidence))
    return taken_on(request, Mitigation, measure, record_check, plan)


@router.delete(
    "/desk/measures/{uuid:measure}", response=ScreeningIdOut, auth=PROPOSE, summary="End one"
)
def lift(request: HttpRequest, measure: UUID, told: WhyIn) -> Any:  # noqa: ANN401
    """Ask that a measure be lifted; a second person, whose token decides, lifts it by the same."""
    _, held = row_here(request, Mitigation, measure)
    if held.lifting_at is not None:
        require_scope(request, Scope.DECIDE)
    return taken_on(request, Mitigation, measure, end_mitigation, why=told.why)


@router.post(
    "/desk/measures/{uuid:measure}/declining",
    response=ScreeningIdOut,
    auth=DECIDE,
    summary="Decline",
)
def decline(request: HttpRequest, measure: UUID, told: WhyIn) -> Any:  # noqa: ANN401
    """Decline, as a second person and with a reason, that a measure be lifted."""
    return taken_on(request, Mitigation, measure, decline_lifting, why=told.why)


def _assessment(told: ScreeningAssessmentIn) -> AssessmentPlan:
    values = told.dict(exclude={"why", "evidence"})
    return AssessmentPlan(evidence=_evidence(told.evidence), **values)


def _evidence(told: list[EvidenceIn]) -> tuple[tuple[Any, UUID], ...]:
    return tuple((each.kind, each.id) for each in told)
