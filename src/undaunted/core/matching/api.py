"""Matching over the wire: who is whom for everybody; pairs, verdicts and questions at the desk."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - the library reads the annotations
from typing import Annotated, Any
from uuid import UUID  # noqa: TC003 - as above

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from ninja.errors import HttpError
from pydantic import AfterValidator, Field

from undaunted.core.access.rules import PUBLIC, face
from undaunted.core.accounts.api import TokenScope, actor_of, conflicts
from undaunted.core.accounts.rules import Scope
from undaunted.core.matching.actions import (
    MatchingRefused,
    answer_question,
    confirm_batch,
    confirm_judgement,
    judge_entries,
    undo_answer,
    undo_batch,
    undo_judgement,
)
from undaunted.core.matching.analysis import name_meant
from undaunted.core.matching.queries import (
    entries_of_pairs,
    log_of,
    questions_for,
    queue_of,
    sheets_of,
    standing_of,
)
from undaunted.core.matching.rules import (
    EntryKey,
    Named,
    Reference,
    ReferenceMalformed,
    Verdict,
    Why,
    digest_of_pairs,
)
from undaunted.core.matching.writers import pair_told, standing_told

__all__ = ["router"]

router = Router(tags=["matching"])
READ, PROPOSE = (TokenScope(scope) for scope in (Scope.READ, Scope.PROPOSE))
MOST_SHOWN = 500


def _without_nulls(text: str) -> str:
    if "\x00" in text:
        raise ValueError("a null character cannot be kept")
    return text


Text = Annotated[str, Field(max_length=2_000, default=""), AfterValidator(_without_nulls)]
Seen = Annotated[
    str | None,
    Field(
        max_length=64,
        description="As `pairs` told it: refused where an entry says something else by now.",
    ),
]
EntryText = Annotated[str, Field(max_length=240), AfterValidator(_without_nulls)]


class StandingOut(Schema):
    """Who is whom: parties of more than one entry, and how much is not settled."""

    entries: int
    parties: int
    joined: dict[str, list[str]]
    open: int
    contradictions: list[dict[str, Any]]
    refused: dict[str, str]
    waiting: int


class PairOut(Schema):
    """A pair that waits for somebody, with the reasons; it is a question."""

    left: str
    right: str
    likeness: float
    strong: bool
    why: Why
    reasons: list[dict[str, Any]]
    seen: str
    """What names both entries as they are now, for the verdict."""


class PairsOut(Schema):
    """Pairs from the likeliest on; `count` tells of all."""

    count: int
    pairs: list[PairOut]


class VerdictIn(Schema):
    """A verdict on two entries, each written as source:key; same and different need a reason."""

    left: EntryText
    right: EntryText
    verdict: Verdict
    why: Text
    seen: Seen = None


class AnswerIn(Schema):
    """An answer about somebody in a file; the reason is needed, and `seen` as the question told."""

    verdict: Verdict
    why: Text
    seen: Annotated[str, Field(max_length=64), AfterValidator(_without_nulls)]


class UndoIn(Schema):
    """Why it is undone."""

    why: Text


class JudgementOut(Schema):
    """A verdict as it is kept."""

    id: UUID
    left: str
    right: str
    verdict: Verdict
    likeness: float | None
    engine: str
    batch: UUID | None
    at: datetime
    confirmed_at: datetime | None
    undone_at: datetime | None


class StepOut(Schema):
    """A verdict, its confirming or its undoing: who, when, why."""

    judgement: JudgementOut
    undone: bool
    confirmed: bool
    replaced: bool
    at: datetime
    who: str
    why: str


class QuestionOut(Schema):
    """A question of one's own organisation, with both names as they are now."""

    id: UUID
    subject: str
    name: str
    entry: str
    listed: str
    likeness: float
    asked_at: datetime
    seen: str
    """What names both sides as they are now, for the answer; empty where one is gone."""
    waits: bool
    """Whether one person said that they are the same, and a second has not."""
    answered_before: Verdict | None
    changed: list[str]
    """Fields that say something else since it was answered; `file` where the file does."""


class AnswerOut(Schema):
    """An answer as it is kept."""

    id: UUID
    subject: str
    entry: str
    verdict: Verdict
    at: datetime
    why: str
    waits: bool
    confirmed_at: datetime | None
    undone_at: datetime | None


@router.get("/", response=StandingOut, summary="Who is whom")
@face("public")
def show_standing(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001 - ninja hands it in
    """Give parties of entries that people confirmed to be one, and what is not settled."""
    return standing_told(standing_of(PUBLIC))


@router.get("/desk/pairs", response=PairsOut, auth=READ, summary="Pairs that wait")
def list_pairs(
    request: HttpRequest,
    why: Why | None = None,
    source: Annotated[str, Field(max_length=24)] = "",
    start: Annotated[int, Field(ge=0, le=10_000_000)] = 0,
) -> dict[str, Any]:
    """Give the pairs that wait for somebody, likeliest first."""
    actor = actor_of(request)
    found = queue_of(actor, why=why, source=source).pairs
    shown = found[start : start + MOST_SHOWN]
    entries = entries_of_pairs(actor, ((each.left, each.right) for each in shown))
    told = [
        pair_told(each) | {"seen": digest_of_pairs([(each.left, each.right)], entries)}
        for each in shown
    ]
    return {"count": len(found), "pairs": told}


@router.get("/desk/log", response=list[StepOut], auth=READ, summary="Log of verdicts")
def list_log(request: HttpRequest) -> Any:  # noqa: ANN401 - rows as they are
    """Give the newest verdicts and what was undone."""
    return list(log_of(actor_of(request), most=MOST_SHOWN))


@router.post("/desk/judgements", response={201: JudgementOut}, auth=PROPOSE, summary="Judge a pair")
def add_judgement(request: HttpRequest, told: VerdictIn) -> Any:  # noqa: ANN401 - ninja's status
    """Say that two entries are the same, are different, or that nobody can tell."""
    left, right = _entry("left", told.left), _entry("right", told.right)
    with conflicts(MatchingRefused):
        return judge_entries(
            left,
            right,
            verdict=told.verdict,
            why=told.why,
            seen=told.seen,
            actor=actor_of(request),
            at=timezone.now(),
        )


@router.post(
    "/desk/judgements/{uuid:judgement}/undo",
    response=JudgementOut,
    auth=PROPOSE,
    summary="Undo a verdict",
)
def take_back(request: HttpRequest, judgement: UUID, told: UndoIn) -> Any:  # noqa: ANN401
    """Take a verdict back; it stays in the log."""
    with conflicts(MatchingRefused):
        return undo_judgement(judgement, why=told.why, actor=actor_of(request), at=timezone.now())


@router.post(
    "/desk/judgements/{uuid:judgement}/confirm",
    response=JudgementOut,
    auth=PROPOSE,
    summary="Confirm a verdict",
)
def confirm(request: HttpRequest, judgement: UUID) -> Any:  # noqa: ANN401
    """Confirm what another person judged; readers are shown what follows."""
    with conflicts(MatchingRefused):
        return confirm_judgement(judgement, actor=actor_of(request), at=timezone.now())


@router.post(
    "/desk/together/{uuid:batch}/confirm", response=int, auth=PROPOSE, summary="Confirm an act"
)
def confirm_all(request: HttpRequest, batch: UUID) -> int:
    """Confirm everything that another person accepted in one act; gives how many."""
    with conflicts(MatchingRefused):
        return confirm_batch(batch, actor=actor_of(request), at=timezone.now())


@router.post("/desk/together/{uuid:batch}/undo", response=int, auth=PROPOSE, summary="Undo an act")
def take_back_all(request: HttpRequest, batch: UUID, told: UndoIn) -> int:
    """Take back everything that was accepted in one act; gives how many."""
    with conflicts(MatchingRefused):
        return undo_batch(batch, why=told.why, actor=actor_of(request), at=timezone.now())


@router.get("/desk/questions", response=list[QuestionOut], auth=READ, summary="Questions")
def list_questions(request: HttpRequest) -> list[dict[str, Any]]:
    """Give the questions about people in the files of one's own organisations."""
    actor = actor_of(request)
    return [
        {
            "id": each.question.pk,
            "subject": each.question.subject,
            "name": name_meant(each),
            "entry": each.question.entry,
            "listed": each.entry.name if each.entry else "",
            "likeness": each.question.likeness,
            "asked_at": each.question.asked_at,
            "waits": each.waits,
            "seen": each.seen,
            "answered_before": each.before.verdict if each.before else None,
            "changed": [name for name, _, _ in each.changed] + ["file"] * each.file_changed,
        }
        for each in sheets_of(actor, questions_for(actor)[:MOST_SHOWN])
    ]


@router.post(
    "/desk/questions/{uuid:question}/answer",
    response={201: AnswerOut},
    auth=PROPOSE,
    summary="Answer a question",
)
def add_answer(request: HttpRequest, question: UUID, told: AnswerIn) -> Any:  # noqa: ANN401
    """Answer whether somebody in a file is who is listed."""
    actor = actor_of(request)
    if not questions_for(actor).filter(pk=question).exists():
        raise Http404
    with conflicts(MatchingRefused):
        return answer_question(
            question,
            verdict=told.verdict,
            why=told.why,
            seen=told.seen,
            actor=actor,
            at=timezone.now(),
        )


@router.post(
    "/desk/answers/{uuid:answer}/undo", response=AnswerOut, auth=PROPOSE, summary="Undo an answer"
)
def take_back_answer(request: HttpRequest, answer: UUID) -> Any:  # noqa: ANN401
    """Take an answer back; the question is asked again."""
    with conflicts(MatchingRefused):
        return undo_answer(answer, actor=actor_of(request), at=timezone.now())


def _entry(name: str, text: str) -> EntryKey:
    try:
        return Reference(Named.ENTRY, text).entry
    except ReferenceMalformed as problem:
        raise HttpError(422, f"{name}: {problem}") from None
