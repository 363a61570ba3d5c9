"""What passes between the authority and others: requests and answers, notices and comments."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from undaunted.coercion.screening.actions.keeping import seal_texts
from undaunted.coercion.screening.actions.phases import turn_clocks
from undaunted.coercion.screening.actions.telling import ended, held_case, note
from undaunted.coercion.screening.actions.turns import in_turn
from undaunted.coercion.screening.analysis.sharing import notice_content
from undaunted.coercion.screening.models import Answer, Comment, Notice, Request
from undaunted.coercion.screening.queries import authorities_of, case_as_known
from undaunted.coercion.screening.rules import ScreeningRefused, Step
from undaunted.coercion.screening.rules.casework import (
    CommentKind,
    checked_day,
    checked_text,
    needed_text,
)
from undaunted.core.access.rules import Facts, Forbidden, Verb, require
from undaunted.core.accounts.queries import governments_known
from undaunted.core.audit.actions import record_entry

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime
    from uuid import UUID

    from undaunted.coercion.screening.models import Case
    from undaunted.core.access.rules import Actor

__all__ = [
    "AnswerPlan",
    "RequestPlan",
    "ask_for_information",
    "comment_on_notice",
    "record_answer",
    "record_comment",
    "send_notice",
    "withdraw_notice",
    "withdraw_request",
    "write_notice",
]


@dataclass(frozen=True, slots=True)
class RequestPlan:
    """What is asked of whom; `kept` is read by the screening team alone.

    `stops`: periods that can stand still do, until the answer is complete.
    """

    addressee: str
    text: str
    due_on: date | None = None
    stops: bool = False
    kept: str = ""


@dataclass(frozen=True, slots=True)
class AnswerPlan:
    """What came back; `kept` is read by the screening team alone."""

    received_on: date
    text: str = ""
    complete: bool = True
    kept: str = ""


def ask_for_information(case: Case, plan: RequestPlan, *, actor: Actor, at: datetime) -> Request:
    """Ask somebody for information; where it says so, the periods of the case stand still."""
    if plan.due_on is not None:
        checked_day("due_on", plan.due_on, first=at.date(), last=None)
    with in_turn():
        held = held_case(case, actor=actor)
        made = Request(
            holder=held.holder,
            case=held,
            recorded_at=at,
            recorded_by=actor.person,
            addressee=needed_text("addressee", plan.addressee, 200),
            text=needed_text("text", plan.text),
            due_on=plan.due_on,
            stops=plan.stops,
        )
        seal_texts(made, {"text": checked_text("kept", plan.kept)}, held, actor=actor, at=at)
        made.save(force_insert=True)
        note("case.information_asked", held, actor=actor, at=at, row=str(made.pk))
        if plan.stops:
            turn_clocks(held, Step.REQUESTED, on=at.date(), actor=actor, at=at)
    return made


def record_answer(request: Request, plan: AnswerPlan, *, actor: Actor, at: datetime) -> Answer:
    """Record what came back; when it is complete, and no other request waits, periods go on."""
    asked_on = request.recorded_at.date()
    checked_day("received_on", plan.received_on, first=asked_on, last=at.date())
    if not (plan.text.strip() or plan.kept.strip()):
        raise ScreeningRefused("text: it is empty; say what came back")
    with in_turn():
        held = held_case(request.case, actor=actor)
        standing = Request.objects.select_for_update(of=("self",)).filter(
            case=held, withdrawn_at__isnull=True
        )
        asked = standing.filter(pk=request.pk).first()
        if asked is None:
            raise ScreeningRefused("request: it was withdrawn; look again")
        made = Answer(
            holder=held.holder,
            case=held,
            request=asked,
            recorded_at=at,
            recorded_by=actor.person,
            text=checked_text("text", plan.text),
            received_on=plan.received_on,
            complete=plan.complete,
        )
        seal_texts(made, {"text": checked_text("kept", plan.kept)}, held, actor=actor, at=at)
        made.save(force_insert=True)
        note("case.answer_recorded", held, actor=actor, at=at, row=str(made.pk))
        if plan.complete and asked.stops and not _waiting(held):
            turn_clocks(held, Step.ANSWERED, on=plan.received_on, actor=actor, at=at)
    return made


def withdraw_request(request: Request, *, why: str, actor: Actor, at: datetime) -> Request:
    """Withdraw a request; periods that stood still for it alone go on."""
    with in_turn():
        held = held_case(request.case, actor=actor)
        gone = ended(request, why, "case.request_withdrawn", actor=actor, at=at)
        if gone.stops and not _waiting(held):
            turn_clocks(held, Step.ANSWERED, on=at.date(), actor=actor, at=at)
    return gone


def write_notice(  # noqa: PLR0913 - of what, to whom, with what, by whom, when
    case: Case,
    recipient: UUID,
    *,
    with_stakes: bool = False,
    factors: Collection[UUID] = (),
    message: str = "",
    actor: Actor,
    at: datetime,
) -> Notice:
    """Write down what a partner authority will be told: the non-confidential version, and a choice.

    It is a copy: what changes afterwards in the case changes nothing in it. A second person sends
    it. Raises `ScreeningRefused` where no notification was submitted or the partner is unknown.
    """
    if not governments_known(actor).filter(pk=recipient).exists() or recipient == case.holder:
        raise ScreeningRefused("recipient: no other government body of that id has an office here")
    said = checked_text("message", message)
    with in_turn():
        held = held_case(case, actor=actor)
        content = notice_content(
            actor, held, at, with_stakes=with_stakes, factors=factors, message=said
        )
        digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
        made = Notice.objects.create(
            holder=held.holder,
            case=held,
            recorded_at=at,
            recorded_by=actor.person,
            recipient=recipient,
            content=content,
            digest=digest,
        )
        note("case.notice_written", held, actor=actor, at=at, row=str(made.pk), digest=digest)
    return made


def send_notice(notice: Notice, *, actor: Actor, at: datetime) -> Notice:
    """Send a notice as it was written down, as a second person; partners' periods begin."""
    hands = frozenset({notice.recorded_by})
    require(actor, Verb.PUBLISH, Facts(holder=notice.holder, earlier_hands=hands))
    with in_turn():
        case = held_case(notice.case, actor=actor, verb=Verb.PUBLISH)
        held = _standing(notice)
        if held.sent_at is not None:
            raise ScreeningRefused("notice: it was sent before")
        held.sent_at, held.sent_by = at, actor.person
        held.save(update_fields=["sent_at", "sent_by"])
        note("case.notice_sent", case, actor=actor, at=at, row=str(held.pk))
        turn_clocks(case, Step.NOTIFIED, on=at.date(), actor=actor, at=at, under=Verb.PUBLISH)
    return held


def withdraw_notice(notice: Notice, *, actor: Actor, at: datetime) -> Notice:
    """Take a notice back at once: the partner reads it no longer."""
    require(actor, Verb.RECORD, Facts(holder=notice.holder))
    with in_turn():
        held = _standing(notice)
        held.withdrawn_at, held.withdrawn_by = at, actor.person
        held.save(update_fields=["withdrawn_at", "withdrawn_by"])
        note("case.notice_withdrawn", held.case, actor=actor, at=at, row=str(held.pk))
    return held


def comment_on_notice(  # noqa: PLR0913 - on what, what is said, by whom, when
    notice: Notice,
    text: str,
    *,
    author: str,
    kind: CommentKind = CommentKind.COMMENT,
    actor: Actor,
    at: datetime,
) -> Comment:
    """Speak on a notice as the partner authority that got it; whoever sent it reads it.

    It stands under that authority's own name; another that is given as `author` stands behind it.
    """
    require(actor, Verb.RECORD, Facts(holder=notice.recipient))
    if notice.recipient not in authorities_of(actor):
        raise Forbidden("there is no such notice for you")
    with in_turn():
        speaker = _speaker(notice, author, actor=actor)
        made = Comment.objects.create(
            holder=notice.recipient,
            notice=notice,
            recorded_at=at,
            recorded_by=actor.person,
            received_on=at.date(),
            **_said(speaker, kind, text),
        )
        record_entry(
            "notice.commented", actor=actor, subject_kind="screening_notice",
            subject_id=notice.pk, at=at, detail={"row": str(made.pk)},
        )  # fmt: skip
    return made


def record_comment(  # noqa: PLR0913 - on which case, what is said by whom, when it came, by whom
    case: Case,
    text: str,
    *,
    author: str,
    received_on: date,
    kind: CommentKind = CommentKind.COMMENT,
    actor: Actor,
    at: datetime,
) -> Comment:
    """Write down what another authority said by another way than this platform."""
    with in_turn():
        held = held_case(case, actor=actor)
        came = case_as_known(actor, held, at).received_on
        checked_day("received_on", received_on, first=came, last=at.date())
        made = Comment.objects.create(
            holder=held.holder,
            case=held,
            recorded_at=at,
            recorded_by=actor.person,
            received_on=received_on,
            **_said(author, kind, text),
        )
        note("case.comment_recorded", held, actor=actor, at=at, row=str(made.pk))
    return made


def _speaker(notice: Notice, author: str, *, actor: Actor) -> str:
    told = needed_text("author", author, 200)
    own = governments_known(actor).get(pk=notice.recipient).name
    return own if told == own else f"{own} ({told})"[:200]


def _said(author: str, kind: CommentKind, text: str) -> dict[str, Any]:
    return {
        "author": needed_text("author", author, 200),
        "kind": CommentKind(kind),
        "text": needed_text("text", text),
    }


def _waiting(case: Case) -> bool:
    """Whether a request for which periods stand still has no complete answer yet."""
    asked = Request.objects.filter(case=case, stops=True, withdrawn_at__isnull=True)
    return asked.exclude(answers__complete=True, answers__withdrawn_at__isnull=True).exists()


def _standing(notice: Notice) -> Notice:
    held = Notice.objects.select_for_update(of=("self",)).filter(pk=notice.pk).first()
    if held is None:
        raise Forbidden("there is no such notice for you")
    if held.withdrawn_at is not None:
        raise ScreeningRefused("notice: it was taken back; write another")
    return held
