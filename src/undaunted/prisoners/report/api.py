"""The annual report over the wire: its texts written, signed, translated; its numbers traced."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime  # noqa: TC003 - the library reads the annotations
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID  # noqa: TC003 - as above

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from ninja.errors import HttpError
from pydantic import AfterValidator, Field

from undaunted.core.accounts.api import TokenScope, actor_of
from undaunted.core.accounts.rules import Scope
from undaunted.core.editions.queries import last_entry
from undaunted.core.editions.rules.numerals import suggested
from undaunted.prisoners.report.actions import (
    decline_text,
    import_texts,
    propose_text,
    review_text,
    sign_text,
    withdraw_text,
    write_text,
)
from undaunted.prisoners.report.analysis.tracing import Tracer
from undaunted.prisoners.report.queries import (
    report_figures,
    text_version,
    texts_of_year,
    texts_to_translate,
)
from undaunted.prisoners.report.rules.exchange import (
    LARGEST,
    ExchangeBroken,
    read_exchange,
    write_exchange,
)
from undaunted.prisoners.report.rules.keys import DrawnByLot, KeyUnreadable
from undaunted.prisoners.report.rules.marks import LONGEST, TextBroken
from undaunted.prisoners.report.rules.texts import (
    FIRST_YEAR,
    LAST_YEAR,
    ORIGINAL,
    State,
    TextRefused,
    place_named,
)
from undaunted.site.instants import InstantOutOfRange, in_utc

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undaunted.prisoners.report.models import TextVersion

__all__ = ["router"]

router = Router(tags=["report"])
READ, PROPOSE, DECIDE = (TokenScope(scope) for scope in (Scope.READ, Scope.PROPOSE, Scope.DECIDE))
MOST_SHOWN, MOST_REASONS, MOST_NAMES = 2_000, 500, 200


def _without_nulls(text: str) -> str:
    if "\x00" in text:
        raise ValueError("a null character cannot be kept")
    return text


Year = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]
Code = Annotated[str, Field(max_length=40), AfterValidator(_without_nulls)]
Key = Annotated[str, Field(max_length=200), AfterValidator(_without_nulls)]
Reason = Annotated[str, Field(max_length=2000), AfterValidator(_without_nulls)]


class TextLineOut(Schema):
    """A version in the list; `translates` is the number of an English version."""

    id: UUID
    year: int
    chapter: str
    language: str
    number: int
    translates: int | None
    state: State
    written_at: datetime
    signed_at: datetime | None
    why: str


class TypedOut(Schema):
    """A number typed by hand, with the keys of numbers that it may be."""

    place: int
    line: int
    number: str
    around: str
    accepted: str
    suggested: list[str]


class ReportTextOut(TextLineOut):
    """A version with its words and the numbers that were typed by hand."""

    body: str
    names: list[UUID]
    digest: str
    typed: list[TypedOut]


class ReportTextIn(Schema):
    """A text as it is written; a translation is of the English text that stands, or of another."""

    holder: UUID
    year: Year
    chapter: Code
    language: Code = ORIGINAL
    body: Annotated[str, Field(max_length=LONGEST * 2), AfterValidator(_without_nulls)]
    translates: Annotated[int | None, Field(default=None, ge=1, le=1_000_000)]
    names: Annotated[list[UUID], Field(max_length=MOST_NAMES, default_factory=list)]


class ReportDecisionIn(Schema):
    """It is right, or it goes back with the reason."""

    accept: bool
    why: Annotated[str, Field(max_length=2000, default=""), AfterValidator(_without_nulls)]


class SignatureIn(Schema):
    """A reason for each number typed by hand, by its place from 1."""

    accepted: Annotated[dict[Code, Reason], Field(max_length=MOST_REASONS, default_factory=dict)]


class ReportWithdrawalIn(Schema):
    """Why a signed text is taken out."""

    why: Reason


class OriginOut(Schema):
    """A number of the report, with the query that gives it and what the query is asked."""

    key: str
    query: str
    arguments: dict[str, str]
    value: float | None


class ExchangeIn(Schema):
    """A translated XLIFF 1.2 file."""

    holder: UUID
    xliff: Annotated[str, Field(max_length=LARGEST)]


class ExchangeOut(Schema):
    """The texts of a language as XLIFF 1.2."""

    texts: int
    xliff: str


class ReportImportedOut(Schema):
    """What an import did; a text with a problem stays out."""

    drafts: list[TextLineOut]
    unchanged: list[str]
    problems: list[str]


@router.get("/desk/texts", response=list[TextLineOut], auth=READ, summary="Texts of a year")
def list_texts(request: HttpRequest, holder: UUID, year: Year) -> list[TextVersion]:
    """Give every version of a year's texts, in order."""
    return list(texts_of_year(actor_of(request), holder, year)[:MOST_SHOWN])


@router.post("/desk/texts", response={201: ReportTextOut}, auth=PROPOSE, summary="Write a text")
def add_text(request: HttpRequest, text: ReportTextIn) -> Any:  # noqa: ANN401 - ninja's status
    """Keep a draft; whoever wrote it proposes it."""
    with _refusals():
        place = place_named(text.year, text.chapter, text.language)
        made = write_text(
            text.holder,
            place,
            text.body,
            actor=actor_of(request),
            at=timezone.now(),
            translates=text.translates,
            names=text.names,
        )
    return _whole(request, made)


@router.get("/desk/texts/{uuid:version}", response=ReportTextOut, auth=READ, summary="One text")
def show_text(request: HttpRequest, version: UUID) -> dict[str, Any]:
    """Give a version with its words, and what its typed numbers may be."""
    return _whole(request, _held(request, version))


@router.post(
    "/desk/texts/{uuid:version}/proposal", response=TextLineOut, auth=PROPOSE, summary="Propose"
)
def propose(request: HttpRequest, version: UUID) -> TextVersion:
    """Propose a draft of one's own for review."""
    held = _held(request, version)
    with _refusals():
        return propose_text(held, actor=actor_of(request), at=timezone.now())


@router.post(
    "/desk/texts/{uuid:version}/decision", response=TextLineOut, auth=DECIDE, summary="Review"
)
def decide_on(request: HttpRequest, version: UUID, decision: ReportDecisionIn) -> TextVersion:
    """Review a text as another person than its writer, or send it back with the reason."""
    held, actor = _held(request, version), actor_of(request)
    with _refusals():
        if decision.accept:
            return review_text(held, actor=actor, at=timezone.now())
        return decline_text(held, decision.why, actor=actor, at=timezone.now())


@router.post(
    "/desk/texts/{uuid:version}/signature", response=TextLineOut, auth=DECIDE, summary="Sign"
)
def sign(request: HttpRequest, version: UUID, signature: SignatureIn) -> TextVersion:
    """Sign a reviewed text off as somebody who wrote nothing of it."""
    held = _held(request, version)
    with _refusals():
        return sign_text(held, signature.accepted, actor=actor_of(request), at=timezone.now())


@router.post(
    "/desk/texts/{uuid:version}/withdrawal", response=TextLineOut, auth=DECIDE, summary="Withdraw"
)
def withdraw(request: HttpRequest, version: UUID, withdrawal: ReportWithdrawalIn) -> TextVersion:
    """Take a signed text out of what is built from now on."""
    held = _held(request, version)
    with _refusals():
        return withdraw_text(held, withdrawal.why, actor=actor_of(request), at=timezone.now())


@router.get("/desk/trace", response=OriginOut, auth=READ, summary="Where a number comes from")
def trace(
    request: HttpRequest, key: Key, year: Year, known_at: datetime | None = None
) -> dict[str, Any]:
    """Ask again for a number of a year's report; without `known_at`, at the last entry."""
    actor = actor_of(request)
    with _refusals():
        known = in_utc(known_at) if known_at else last_entry(actor)
        if known is None:
            raise KeyUnreadable(key)
        return Tracer(actor, year, known).trace(key).as_json()


@router.get("/desk/exchange", response=ExchangeOut, auth=READ, summary="Texts for translators")
def give_exchange(request: HttpRequest, holder: UUID, year: Year, language: Code) -> dict[str, Any]:
    """Give the signed English texts with their translations into a language as XLIFF 1.2."""
    with _refusals():
        place_named(year, "summary", language)
    texts = texts_to_translate(actor_of(request), holder, year, language)
    return {"texts": len(texts), "xliff": write_exchange(texts, language).decode()}


@router.post(
    "/desk/exchange", response=ReportImportedOut, auth=PROPOSE, summary="Translations back"
)
def take_exchange(request: HttpRequest, exchange: ExchangeIn) -> dict[str, Any]:
    """Keep each translation that is whole as a draft; say of the others what is wrong."""
    with _refusals():
        texts = read_exchange(exchange.xliff.encode("utf-8", "surrogatepass"))
        done = import_texts(exchange.holder, texts, actor=actor_of(request), at=timezone.now())
    return {
        "drafts": list(done.drafts),
        "unchanged": [str(each) for each in done.unchanged],
        "problems": list(done.problems),
    }


def _whole(request: HttpRequest, held: TextVersion) -> dict[str, Any]:
    figures = report_figures(actor_of(request), held.year, holder=held.holder)
    typed = [
        {
            **each,
            "place": place,
            "accepted": held.accepted.get(str(place), ""),
            "suggested": suggested(each["number"], figures),
        }
        for place, each in enumerate(held.typed, start=1)
    ]
    names = ("body", "names", "digest", *TextLineOut.model_fields)
    return {name: getattr(held, name) for name in names} | {"typed": typed}


def _held(request: HttpRequest, version: UUID) -> TextVersion:
    held = text_version(actor_of(request), version)
    if held is None:
        raise Http404
    return held


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except (TextBroken, ExchangeBroken, KeyUnreadable, DrawnByLot, InstantOutOfRange) as broken:
        raise HttpError(HTTPStatus.UNPROCESSABLE_ENTITY, str(broken)) from None
    except TextRefused as refusal:
        raise HttpError(HTTPStatus.CONFLICT, str(refusal)) from None
