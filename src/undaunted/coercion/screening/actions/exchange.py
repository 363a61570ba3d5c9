"""Notices to authorities on other installations, and comments back, by sealed packages.

What is written down here is offered to `core/sharing`, which seals it by two people to a verified
partner; what arrives is a received notice that can be commented on, until its package ends.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction

from undaunted.coercion.screening.actions.telling import held_case, note
from undaunted.coercion.screening.analysis.sharing import notice_content
from undaunted.coercion.screening.models import Comment, Dispatch, Received
from undaunted.coercion.screening.queries import cases_for, dispatch_for, received_here
from undaunted.coercion.screening.readers import (
    COMMENT,
    NOTICE,
    ExchangeUnreadable,
    read_exchange,
)
from undaunted.coercion.screening.rules import ScreeningRefused, ScreeningStage
from undaunted.coercion.screening.rules.casework import CommentKind, checked_text, needed_text
from undaunted.core.access.rules import Facts, Forbidden, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.sharing.rules import ItemKind, ItemRefused, Offer, Taken

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from undaunted.coercion.screening.models import Case
    from undaunted.core.access.rules import Actor
    from undaunted.core.sharing.rules import Origin

__all__ = ["KINDS", "comment_elsewhere", "write_dispatch"]

SUBJECT = "screening_received"
FORMATS = {"notice": NOTICE, "comment": COMMENT}


def write_dispatch(  # noqa: PLR0913 - of what, with what, by whom, when
    case: Case,
    *,
    with_stakes: bool = False,
    factors: Collection[UUID] = (),
    message: str = "",
    actor: Actor,
    at: datetime,
) -> Dispatch:
    """Write down what a partner elsewhere will be told: the non-confidential version, a choice.

    Raises `ScreeningRefused` where no notification was submitted, or a factor does not stand.
    """
    said = checked_text("message", message)
    with transaction.atomic():
        held = held_case(case, actor=actor)
        told = notice_content(
            actor, held, at, with_stakes=with_stakes, factors=factors, message=said
        )
        content = told | {"notice": str(held.pk), "format": NOTICE}
        made = Dispatch(holder=held.holder, kind="notice", case=held, content=content)
        return _kept(made, actor=actor, at=at)


def comment_elsewhere(  # noqa: PLR0913 - on what, what is said by whom, when
    received: Received,
    text: str,
    *,
    author: str,
    kind: CommentKind = CommentKind.COMMENT,
    actor: Actor,
    at: datetime,
) -> Dispatch:
    """Write down a comment on a notice that came in a package, to be sent back as another."""
    require(actor, Verb.RECORD, Facts(holder=received.holder))
    if received.kind != "notice" or received.given_up_at is not None:
        raise ScreeningRefused("notice: it was given up, or is no notice; look again")
    content = {
        "format": COMMENT,
        "notice": received.content["notice"],
        "case": received.content["case"],
        "author": needed_text("author", author, 200),
        "kind": CommentKind(kind).value,
        "text": needed_text("text", text),
    }
    with transaction.atomic():
        made = Dispatch(holder=received.holder, kind="comment", about=received, content=content)
        return _kept(made, actor=actor, at=at)


def _kept(made: Dispatch, *, actor: Actor, at: datetime) -> Dispatch:
    made.digest = hashlib.sha256(_bytes(made.content)).hexdigest()
    made.recorded_at, made.recorded_by = at, actor.person
    made.save(force_insert=True)
    record_entry(
        "dispatch.written",
        actor=actor,
        subject_kind="screening_dispatch",
        subject_id=made.pk,
        at=at,
        detail={"digest": made.digest},
    )
    return made


def _offer(thing: UUID, *, holder: UUID, actor: Actor, **_more: object) -> Offer:
    """Offer what was written down, as it was written; it concerns nobody whose consent is asked."""
    held = dispatch_for(actor, thing)
    if held is None or held.holder != holder:
        raise ItemRefused(f"{thing}: no notice or comment of your organisation has this id")
    return Offer(_bytes(held.content), "application/json", "1", frozenset(), (), marked=True)


def _look_at_notice(content: bytes) -> list[tuple[str, str]]:
    told = _read(NOTICE, content)
    lines = [(name, told[name]) for name in ("case", "title", "jurisdiction", "message")]
    lines += sorted(told["fields"].items())
    lines += [("party", f"{each['role']}: {each['name']}") for each in told["parties"]]
    lines += [("stake", f"{each['owner']} in {each['owned']}") for each in told["stakes"]]
    lines += [("factor", f"{each['factor']}: {each['finding']}") for each in told["factors"]]
    return [(label, text) for label, text in lines if text]


def _look_at_comment(content: bytes) -> list[tuple[str, str]]:
    told = _read(COMMENT, content)
    return [(name, told[name]) for name in ("case", "author", "kind", "text")]


def _take_notice(content: bytes, **about: Any) -> tuple[Taken, ...]:  # noqa: ANN401
    return _take("notice", content, **about)


def _take_comment(content: bytes, **about: Any) -> tuple[Taken, ...]:  # noqa: ANN401
    return _take("comment", content, **about)


def _take(  # noqa: PLR0913 - what, whose, from where, by whom, when
    kind: str,
    content: bytes,
    *,
    holder: UUID,
    origin: Origin,
    into: UUID | None = None,  # noqa: ARG001 - it stands by itself
    actor: Actor,
    at: datetime,
) -> tuple[Taken, ...]:
    require(actor, Verb.RECORD, Facts(holder=holder))
    told = _read(FORMATS[kind], content)
    with transaction.atomic():
        made = Received.objects.create(
            holder=holder,
            kind=kind,
            partner=origin.partner[:160],
            package=origin.package,
            tlp=origin.tlp.value,
            pap=origin.pap.value,
            until=origin.until,
            content=told,
            recorded_at=at,
            recorded_by=actor.person,
        )
        record_entry(
            "dispatch.received", actor=actor, subject_kind=SUBJECT, subject_id=made.pk, at=at
        )
        if kind == "comment":
            _show_in_case(made, actor=actor, at=at)
    return (Taken(SUBJECT, made.pk),)


def _show_in_case(received: Received, *, actor: Actor, at: datetime) -> None:
    """Show in the case that a partner commented, in its verified name; a decision accounts for it.

    What it says stays with the package, and ends with it: its SHA-256 stays in the trail, so that
    what the partner shows a court later can be held against it.
    """
    told = received.content
    about = _id(told["notice"])
    held = cases_for(actor).exclude(stage=ScreeningStage.CLOSED).filter(holder=received.holder)
    case = None if about is None else held.filter(pk=about).first()
    if case is None:
        return
    said = told["kind"] if told["kind"] in set(CommentKind) else CommentKind.COMMENT
    made = Comment.objects.create(
        holder=case.holder,
        case=case,
        author=received.partner,
        kind=said,
        received_on=at.date(),
        recorded_at=at,
        recorded_by=actor.person,
    )
    digest = hashlib.sha256(told["text"].encode()).hexdigest()
    note("case.comment_received", case, actor=actor, at=at, row=str(made.pk), digest=digest)


def _id(told: str) -> UUID | None:
    try:
        return UUID(told)
    except ValueError:
        return None


def _give_up(subject_kind: str, subject: UUID, *, why: str, actor: Actor, at: datetime) -> None:
    """Erase what a received notice or comment says; that it was received stays."""
    held = received_here(actor, subject)
    if held is None or held.given_up_at is not None:
        raise Forbidden("there is no such notice for you")
    with transaction.atomic():
        held.content, held.given_up_at, held.given_up_why = {}, at, why[:60]
        held.save(update_fields=["content", "given_up_at", "given_up_why"])
        record_entry(
            "record.given_up",
            actor=actor,
            subject_kind=subject_kind,
            subject_id=subject,
            at=at,
            detail={"why": why},
        )


def _read(kind: str, content: bytes) -> dict[str, Any]:
    try:
        return read_exchange(kind, content)
    except ExchangeUnreadable as problem:
        raise ItemRefused(f"the item cannot be read: {problem}") from problem


def _bytes(content: dict[str, Any]) -> bytes:
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


KINDS = (
    ItemKind(NOTICE, _offer, _look_at_notice, _take_notice, _give_up),
    ItemKind(COMMENT, _offer, _look_at_comment, _take_comment, _give_up),
)
