"""What passes between the authority and others: requests and answers, notices and comments."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from undaunted.coercion.screening.actions.going_on import periods_go_on
from undaunted.coercion.screening.actions.keeping import seal_texts
from undaunted.coercion.screening.actions.partners_ended import end_periods_taken_back
from undaunted.coercion.screening.actions.phases import turn_clocks
from undaunted.coercion.screening.actions.telling import ended, held_case, note
from undaunted.coercion.screening.actions.turns import in_turn
from undaunted.coercion.screening.analysis.partners import laws_notified, laws_to_notify
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
    from undaunted.coercion.screening.queries import CaseSheet
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

    `stops`: periods of the authority's own that can stand still do, until the answer is complete.
    `for_partners`: partners asked for it; theirs wait for it, and nothing else makes them.
    """

    addressee: str
    text: str
    due_on: date | None = None
    stops: bool = False
    kept: str = ""
    for_partners: bool = False


@dataclass(frozen=True, slots=True)
class AnswerPlan:
    """What came back; `kept` is read by the screening team alone."""

    received_on: date
    text: str = ""
    complete: bool = True
    kept: str = ""


def ask_for_information(case: Case, plan: RequestPlan, *, actor: Actor, at: datetime) -> Request:
    """Ask somebody for information; where it says so, the periods of the case stand still.

    Those of partners do for what they asked alone: raises `ScreeningRefused` where none has asked.
    """
    if plan.due_on is not None:
        checked_day("due_on", plan.due_on, first=at.date(), last=None)
    with in_turn():
        held = held_case(case, actor=actor)
        if plan.for_partners:
            _check_asked(case_as_known(actor, held, at))
        made = Request(
            holder=held.holder,
            case=held,
            recorded_at=at,
            recorded_by=actor.person,
            addressee=needed_text("addressee", plan.addressee, 200),
            text=needed_text("text", plan.text),
            due_on=plan.due_on,
            stops=plan.stops,
            for_partners=plan.for_partners,
        )
        seal_texts(made, {"text": checked_text("kept", plan.kept)}, held, actor=actor, at=at)
        made.save(force_insert=True)
        note("case.information_asked", held, actor=actor, at=at, row=str(made.pk))
        for step, told in ((Step.REQUESTED, plan.stops), (Step.PARTNERS_ASKED, plan.for_partners)):
            if told:
                turn_clocks(held, step, on=at.date(), actor=actor, at=at)
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
        if plan.complete:
            periods_go_on(asked, held, on=plan.received_on, actor=actor, at=at)
    return made


def withdraw_request(request: Request, *, why: str, actor: Actor, at: datetime) -> Request:
    """Withdraw a request; periods that stood still for it alone go on.

    Nothing came, so no period that is counted from what came begins: those of partners go on.
    """
    with in_turn():
        held = held_case(request.case, actor=actor)
        gone = ended(request, why, "case.request_withdrawn", actor=actor, at=at)
        periods_go_on(gone, held, on=at.date(), actor=actor, at=at, came=False)
    return gone


def write_notice(  # noqa: PLR0913 - of what, to whom, with what, by whom, when
    case: Case,
    recipient: UUID,
    *,
    with_stakes: bool = False,
    factors: Collection[UUID] = (),
    message: str = "",
    though_outside: str = "",
    actor: Actor,
    at: datetime,
) -> Notice:
    """Write down what a partner authority will be told: the non-confidential version, and a choice.

    It is a copy: what changes afterwards in the case changes nothing in it. A second person sends
    it. It starts the periods of the laws whose scope test did not say no. Raises
    `ScreeningRefused` where no notification was submitted or the partner is unknown, and where
    the test says no of every law and no reason is given `though_outside`; where it does not, no
    reason is kept.
    """
    if not governments_known(actor).filter(pk=recipient).exists() or recipient == case.holder:
        raise ScreeningRefused("recipient: no other government body of that id has an office here")
    said, why = checked_text("message", message), checked_text("though_outside", though_outside)
    with in_turn():
        held = held_case(case, actor=actor)
        sheet = case_as_known(actor, held, at)
        laws = laws_notified(sheet, why)
        why = "" if laws_to_notify(sheet)[1] else why
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
            laws=[each.key for each in laws],
            though_outside=why,
        )
        note("case.notice_written", held, actor=actor, at=at, row=str(made.pk), digest=digest)
    return made


def send_notice(notice: Notice, *, actor: Actor, at: datetime) -> Notice:
    """Send a notice as it was written down, as a second person; partners' periods begin.

    Raises `ScreeningRefused` where a later scope test says no of a law that it was written under.
    """
    hands = frozenset({notice.recorded_by})
    require(actor, Verb.PUBLISH, Facts(holder=notice.holder, earlier_hands=hands))
    with in_turn():
        case = held_case(notice.case, actor=actor, verb=Verb.PUBLISH)
        held = _standing(notice)
        if held.sent_at is not None:
            raise ScreeningRefused("notice: it was sent before")
        _check_laws(held, case_as_known(actor, case, at))
        held.sent_at, held.sent_by = at, actor.person
        held.save(update_fields=["sent_at", "sent_by"])
        note("case.notice_sent", case, actor=actor, at=at, row=str(held.pk))
        turn_clocks(
            case, Step.NOTIFIED, on=at.date(), actor=actor, at=at, under=Verb.PUBLISH,
            laws=held.laws,
        )  # fmt: skip
    return held


def withdraw_notice(notice: Notice, *, actor: Actor, at: datetime) -> Notice:
    """Take a notice back at once: the partner reads it no longer.

    Periods of partners that no other notice started end; the next one starts them anew.
    """
    require(actor, Verb.RECORD, Facts(holder=notice.holder))
    with in_turn():
        held = _standing(notice)
        held.withdrawn_at, held.withdrawn_by = at, actor.person
        held.save(update_fields=["withdrawn_at", "withdrawn_by"])
        gone = end_periods_taken_back(held.case, actor=actor, at=at)
        row = str(held.pk)
        note("case.notice_withdrawn", held.case, actor=actor, at=at, row=row, clocks=len(gone))
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


def _check_laws(notice: Notice, sheet: CaseSheet) -> None:
    """Hold that no scope test since says no of a law whose periods the notice starts."""
    told, reached = laws_to_notify(sheet)
    if not notice.though_outside and set(told if notice.laws is None else notice.laws) - reached:
        raise ScreeningRefused(
            "notice: since it was written, a scope test found otherwise; take it back and write "
            "another"
        )


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


def _check_asked(sheet: CaseSheet) -> None:
    """Hold that a partner has asked for something, or may have with its intention to speak."""
    if not any(row.kind in {CommentKind.QUESTION, CommentKind.INTENTION} for row in sheet.comments):
        raise ScreeningRefused(
            "for_partners: no question of a partner is recorded; record it first, or leave this out"
        )


def _standing(notice: Notice) -> Notice:
    held = Notice.objects.select_for_update(of=("self",)).filter(pk=notice.pk).first()
    if held is None:
        raise Forbidden("there is no such notice for you")
    if held.withdrawn_at is not None:
        raise ScreeningRefused("notice: it was taken back; write another")
    return held
