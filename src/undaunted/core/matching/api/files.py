"""Questions about people in files: read and answered by programs of whoever holds the file."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils import timezone

from undaunted.core.accounts.api import actor_of, conflicts
from undaunted.core.matching.actions import MatchingRefused, answer_question, undo_answer
from undaunted.core.matching.analysis import name_meant
from undaunted.core.matching.api.messages import MatchAnswerIn, MatchAnswerOut, QuestionOut
from undaunted.core.matching.api.root import DECIDE, MOST_SHOWN, READ, router
from undaunted.core.matching.queries import questions_for, sheets_of
from undaunted.core.matching.rules import shown_of_entry
from undaunted.core.matching.writers import told_by_field
from undaunted.site.problems import demand_fields

__all__: list[str] = []


@router.get("/desk/questions", response=list[QuestionOut], auth=READ, summary="Questions")
def list_questions(request: HttpRequest) -> list[dict[str, Any]]:
    """Give the questions about people in the files of one's own organisations."""
    demand_fields(request)
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
            "file_says": told_by_field(each.subject.form) if each.subject else {},
            "entry_says": shown_of_entry(each.entry) if each.entry else {},
            "seen": each.seen,
            "answered_before": each.before.verdict if each.before else None,
            "changed": [name for name, _, _ in each.changed] + ["file"] * each.file_changed,
        }
        for each in sheets_of(actor, questions_for(actor)[:MOST_SHOWN])
    ]


@router.post(
    "/desk/questions/{uuid:question}/answer",
    response={201: MatchAnswerOut},
    auth=DECIDE,
    summary="Answer a question",
)
def add_answer(request: HttpRequest, question: UUID, told: MatchAnswerIn) -> Any:  # noqa: ANN401
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
    "/desk/answers/{uuid:answer}/undo",
    response=MatchAnswerOut,
    auth=DECIDE,
    summary="Undo an answer",
)
def take_back_answer(request: HttpRequest, answer: UUID) -> Any:  # noqa: ANN401
    """Take an answer back; the question is asked again."""
    with conflicts(MatchingRefused):
        return undo_answer(answer, actor=actor_of(request), at=timezone.now())
