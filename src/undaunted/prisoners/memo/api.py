"""Memos over the wire: programs build them, fetch their files, and write their texts."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, datetime  # noqa: TC003 - the library reads the annotations
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, Any, TypeVar
from uuid import UUID  # noqa: TC003 - as above

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router, Schema
from ninja.errors import HttpError
from pydantic import AfterValidator, Field

from undaunted.core.accounts.api import TokenScope, actor_of
from undaunted.core.accounts.rules import Scope
from undaunted.core.editions.rules import EditionRefused
from undaunted.core.practices.rules import Condition
from undaunted.prisoners.memo.actions import (
    MemoWanted,
    accept_text,
    build_memo,
    confirm_text,
    end_memo,
    open_memo_file,
    rebuild_memo,
    withdraw_text,
    write_text,
)
from undaunted.prisoners.memo.queries import (
    files_of,
    memo_for,
    memos_for,
    text_for,
    texts_for,
)
from undaunted.prisoners.memo.rules import (
    LONGEST_COUNTERPART,
    LONGEST_TEXT,
    MOST_PAGES,
    MemoEnded,
    MemoRefused,
    TextKind,
    Variant,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.core.access.rules import Actor
    from undaunted.prisoners.memo.models import Memo, MemoText

__all__ = ["router"]

router = Router(tags=["memo"])
READ, BUILD, WRITE, DECIDE = (
    TokenScope(scope) for scope in (Scope.READ, Scope.SHARE, Scope.RECORD, Scope.DECIDE)
)
SHOWN, MOST_NAMES = 200, 50

Thing = TypeVar("Thing")


def _without_nulls(text: str) -> str:
    if "\x00" in text:
        raise ValueError("a null character cannot be kept")
    return text


Line = AfterValidator(_without_nulls)


class MemoIn(Schema):
    """What a memo is asked for; without a country it is about the world."""

    holder: UUID
    country: Annotated[str, Field(max_length=4, default=""), Line]
    counterpart: Annotated[str, Field(max_length=LONGEST_COUNTERPART, default=""), Line]
    meets_on: date | None = None
    as_of: date | None = None
    known_at: datetime | None = None
    language: Annotated[str, Field(max_length=12, default="en"), Line]
    variant: Variant = Variant.PUBLIC
    pages: Annotated[int, Field(ge=1, le=MOST_PAGES, default=2)]
    conditions: Annotated[list[Condition], Field(max_length=len(Condition), default_factory=list)]
    reader: Annotated[str, Field(max_length=20, default=""), Line]
    with_red: bool = False


class MemoOut(Schema):
    """One memo, and its files where they are not destroyed."""

    id: UUID
    title: str
    country: str
    counterpart: str
    meets_on: date
    as_of: date
    known_at: datetime
    language: str
    variant: str
    pages: int
    reader: str
    left_out: str
    state: str
    why: str
    built_at: datetime
    files: list[dict[str, Any]]


class MemoTextIn(Schema):
    """One ask, talking point or red line."""

    holder: UUID
    country: Annotated[str, Field(max_length=4), Line]
    kind: TextKind
    language: Annotated[str, Field(max_length=12, default="en"), Line]
    body: Annotated[str, Field(max_length=LONGEST_TEXT), Line]
    subject: UUID | None = None
    names: Annotated[list[UUID], Field(max_length=MOST_NAMES, default_factory=list)]


class MemoTextOut(Schema):
    """One text in force."""

    id: UUID
    country: str
    kind: str
    language: str
    body: str
    subject: UUID | None
    names: list[UUID]
    state: str
    confirmed_on: date


@router.get("/desk/memos", response=list[MemoOut], auth=READ, summary="Memos that were built")
def list_memos(request: HttpRequest) -> list[dict[str, Any]]:
    """Give the newest memos of one's organisations."""
    actor = actor_of(request)
    return [_told(actor, each) for each in memos_for(actor)[:SHOWN]]


@router.post("/desk/memos", response={201: MemoOut}, auth=BUILD, summary="Build a memo")
def add_memo(request: HttpRequest, wanted: MemoIn) -> Any:  # noqa: ANN401 - ninja's status
    """Build a memo and keep it."""
    actor = actor_of(request)
    told = wanted.dict()
    holder = told.pop("holder")
    told["conditions"] = tuple(told["conditions"])
    with _refusals():
        made = build_memo(MemoWanted(**told), holder, actor=actor, at=timezone.now())
    return _told(actor, made)


@router.get("/desk/memos/{uuid:memo}", response=MemoOut, auth=READ, summary="One memo")
def show_memo(request: HttpRequest, memo: UUID) -> dict[str, Any]:
    """Give one memo."""
    actor = actor_of(request)
    return _told(actor, _found(memo_for(actor, memo)))


@router.get("/desk/memos/{uuid:memo}/files/{name}", auth=READ, summary="A file of a memo")
def give_file(request: HttpRequest, memo: UUID, name: str) -> HttpResponse:
    """Give one file, after everybody in it was asked about once more."""
    actor = actor_of(request)
    held = _found(memo_for(actor, memo))
    with _refusals():
        given = _found(open_memo_file(held, name, actor=actor, at=timezone.now()))
    return HttpResponse(bytes(given.content or b""), content_type=given.media_type)


@router.post(
    "/desk/memos/{uuid:memo}/again", response={201: MemoOut}, auth=BUILD, summary="Build it anew"
)
def rebuild(request: HttpRequest, memo: UUID) -> Any:  # noqa: ANN401 - ninja's status
    """Build a memo again from what is known and agreed to now."""
    actor = actor_of(request)
    held = _found(memo_for(actor, memo))
    with _refusals():
        made = rebuild_memo(held, actor=actor, at=timezone.now())
    return _told(actor, made)


@router.post("/desk/memos/{uuid:memo}/end", response=MemoOut, auth=BUILD, summary="Destroy")
def finish(request: HttpRequest, memo: UUID) -> dict[str, Any]:
    """Destroy the files of a memo."""
    actor = actor_of(request)
    held = _found(memo_for(actor, memo))
    with _refusals():
        return _told(actor, end_memo(held, actor=actor, at=timezone.now()))


@router.get("/desk/texts", response=list[MemoTextOut], auth=READ, summary="Texts of memos")
def list_texts(request: HttpRequest) -> list[MemoText]:
    """Give the texts in force."""
    return list(texts_for(actor_of(request))[:SHOWN])


@router.post("/desk/texts", response={201: MemoTextOut}, auth=WRITE, summary="Write a text")
def add_text(request: HttpRequest, text: MemoTextIn) -> Any:  # noqa: ANN401 - ninja's status
    """Write an ask, a talking point or a red line."""
    with _refusals():
        return write_text(
            text.holder,
            text.kind,
            text.body,
            of_country=text.country,
            language=text.language,
            subject=text.subject,
            names=text.names,
            actor=actor_of(request),
            at=timezone.now(),
        )


@router.post(
    "/desk/texts/{uuid:text}/acceptance", response=MemoTextOut, auth=DECIDE, summary="Accept a text"
)
def accept(request: HttpRequest, text: UUID) -> MemoText:
    """Accept a text as the second person; one for which consent is missing comes back withdrawn."""
    actor = actor_of(request)
    held = _found(text_for(actor, text))
    with _refusals():
        return accept_text(held, actor=actor, at=timezone.now())


@router.post(
    "/desk/texts/{uuid:text}/confirmation",
    response=MemoTextOut,
    auth=WRITE,
    summary="It still holds",
)
def confirm(request: HttpRequest, text: UUID) -> MemoText:
    """Say that a text still holds."""
    actor = actor_of(request)
    held = _found(text_for(actor, text))
    with _refusals():
        return confirm_text(held, actor=actor, at=timezone.now())


@router.post(
    "/desk/texts/{uuid:text}/withdrawal", response=MemoTextOut, auth=WRITE, summary="Take it back"
)
def withdraw(request: HttpRequest, text: UUID) -> MemoText:
    """Take a text back."""
    actor = actor_of(request)
    held = _found(text_for(actor, text))
    with _refusals():
        return withdraw_text(held, actor=actor, at=timezone.now())


def _told(actor: Actor, memo: Memo) -> dict[str, Any]:
    files = [
        {"name": each.name, "media_type": each.media_type, "size": each.size, "sha256": each.sha256}
        for each in files_of(actor, memo)
    ]
    named = MemoOut.model_fields.keys() - {"files"}
    return {name: getattr(memo, name) for name in named} | {"files": files}


def _found(thing: Thing | None) -> Thing:
    if thing is None:
        raise Http404
    return thing


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except MemoEnded as refusal:
        raise HttpError(HTTPStatus.GONE, str(refusal)) from None
    except (MemoRefused, EditionRefused) as refusal:
        raise HttpError(HTTPStatus.UNPROCESSABLE_ENTITY, str(refusal)) from None
