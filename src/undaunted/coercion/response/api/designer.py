"""The designer over the wire: fronts and what-ifs for everybody, searches for people at work."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router, Schema, Status
from ninja.errors import HttpError
from pydantic import Field

from undaunted.coercion.exposure.analysis import shipped_source
from undaunted.coercion.response.actions import (
    MOST_PARTNERS,
    SearchRefused,
    begin_search,
)
from undaunted.coercion.response.analysis.answering import SOON, CannotTell, TooManyAsk, told_of
from undaunted.coercion.response.queries import search_for, searches_for
from undaunted.coercion.response.readers.fronts import (
    FrontBroken,
    shipped_front,
    shipped_questions,
    written_front,
)
from undaunted.coercion.response.readers.question import question_of
from undaunted.coercion.response.readers.scenario import ScenarioRefused
from undaunted.coercion.response.tasks import run_search
from undaunted.core.access.rules import face
from undaunted.core.accounts.api import TokenScope, actor_of
from undaunted.core.accounts.rules import Scope
from undaunted.site.problems import Busy

if TYPE_CHECKING:
    from undaunted.coercion.response.analysis.weighing import Told
    from undaunted.coercion.response.queries import Search
    from undaunted.coercion.response.readers.fronts import Front

__all__ = ["router"]

router = Router(tags=["coercion"])
READ, BEGIN = TokenScope(Scope.READ), TokenScope(Scope.SHARE)
JSON = "application/json"
WEIGHED = (
    "members", "reply", "harm", "cost", "changes", "transfers", "burden", "shared", "target",
)  # fmt: skip


class FrontOut(Schema):
    """A front that comes with this copy."""

    episode: str
    name: str
    digest: str
    points: int
    target_loss: float
    gap: float


class SharedOut(Schema):
    """How what each bears was averaged, by Shapley's key.

    `orders` is how many orders of joining were drawn, 0 where all sets of partners were solved;
    `error` the greatest standard error, in per cent of real income.
    """

    orders: int
    error: float


class AnswerOut(Schema):
    """A point, or what becomes of it when partners are changed; shares in per cent.

    `transfers`, `burden` and what is bought are in `unit`, of `year`; `year` is null for a table of
    one's own. `band` holds harm and cost under each published set of elasticities; `shared` is null
    where cost is shared by another key than Shapley's.
    """

    year: int | None
    unit: str
    source: str
    data: str
    data_sha256: str
    question: str
    elasticities: str
    deficits: str
    changed: dict[str, str]
    members: list[str]
    reply: float
    harm: float
    cost: float
    changes: dict[str, float]
    transfers: dict[str, float]
    burden: dict[str, float]
    shared: SharedOut | None
    target: float
    sectors: list[dict[str, Any]]
    band: dict[str, tuple[float, float]]
    market_clearing: float
    residual: float
    iterations: int


class WhatIfIn(Schema):
    """What is changed: a partner's code, with `out`, `as` or a level of the question."""

    changed: Annotated[dict[str, str], Field(max_length=MOST_PARTNERS)]


class SearchIn(Schema):
    """A question as in a file, for an organisation."""

    holder: UUID
    question: Annotated[dict[str, Any], Field(max_length=20)]


class SearchOut(Schema):
    """A search and how far it is."""

    holder: UUID
    digest: str
    name: str
    solved: int
    finished: bool
    failed: str


@router.get("/fronts", response=list[FrontOut], summary="Fronts of this copy")
@face("public")
def list_fronts(request: HttpRequest) -> list[dict[str, Any]]:  # noqa: ARG001 - ninja hands it in
    """Give the episodes whose front comes with this copy."""
    return [
        {
            "episode": key,
            "name": front.question.name,
            "digest": front.digest,
            "points": len(front.points),
            "target_loss": front.target_loss,
            "gap": front.gap,
        }
        for key, front in ((key, _shipped(key)) for key in shipped_questions())
    ]


@router.get("/fronts/{episode}", summary="One front")
@face("public")
def show_front(request: HttpRequest, episode: str) -> HttpResponse:  # noqa: ARG001 - as above
    """Give a front whole, as `front.json` of the command line."""
    return HttpResponse(written_front(_shipped(episode)), content_type=JSON)


@router.post("/fronts/{episode}/points/{number}", response=AnswerOut, summary="What if")
@face("public")
def ask_what_if(
    request: HttpRequest,  # noqa: ARG001 - as above
    episode: str,
    number: int,
    asked: WhatIfIn,
) -> dict[str, Any]:
    """Change partners of a point: `out`, `as`, or a level of the question; nothing is kept."""
    return _answer(_shipped(episode), number, asked.changed)


@router.get("/desk/searches", response=list[SearchOut], auth=READ, summary="Searches")
def list_searches(request: HttpRequest) -> list[dict[str, Any]]:
    """Give the searches of the organisations for which the token's person may begin them."""
    return [_told(each) for each in searches_for(actor_of(request))]


@router.post("/desk/searches", response={201: SearchOut}, auth=BEGIN, summary="Begin a search")
def add_search(request: HttpRequest, asked: SearchIn) -> Any:  # noqa: ANN401 - ninja's status
    """Begin a search in the background; what was asked before is given as it stands."""
    actor = actor_of(request)
    try:
        question = question_of(asked.question, where="question")
        digest, new = begin_search(question, asked.holder, actor=actor, at=timezone.now())
    except (ScenarioRefused, SearchRefused) as refusal:
        raise HttpError(HTTPStatus.UNPROCESSABLE_ENTITY, str(refusal)) from refusal
    if new:
        run_search.defer(holder=str(asked.holder), digest=digest, seed=question.seed)
    return Status(HTTPStatus.CREATED, _told(_found(request, asked.holder, digest)))


@router.get("/desk/searches/{uuid:holder}/{slug:digest}", auth=READ, summary="One search")
def show_search(request: HttpRequest, holder: UUID, digest: str) -> HttpResponse:
    """Give the front that a search found, or how far it is."""
    search = _found(request, holder, digest)
    if not search.finished:
        told = _told(search) | {"holder": str(holder)}
        return HttpResponse(json.dumps(told), content_type=JSON, status=HTTPStatus.ACCEPTED)
    return HttpResponse(written_front(_front(search)), content_type=JSON)


@router.post(
    "/desk/searches/{uuid:holder}/{slug:digest}/points/{number}",
    response=AnswerOut,
    auth=READ,
    summary="What if, of a search",
)
def ask_own_what_if(
    request: HttpRequest, holder: UUID, digest: str, number: int, asked: WhatIfIn
) -> dict[str, Any]:
    """Change partners of a point of a search."""
    return _answer(_front(_found(request, holder, digest)), number, asked.changed)


def _answer(front: Front, number: int, changed: dict[str, str]) -> dict[str, Any]:
    point = front.point(number)
    if point is None:
        raise Http404
    unknown = sorted(set(changed) - set(front.question.partners))
    if unknown:
        said = f"{unknown[0][:20]}: is no partner of this question"
        raise HttpError(HTTPStatus.UNPROCESSABLE_ENTITY, said)
    try:
        told = told_of(front, point, changed)
    except CannotTell as refusal:
        raise HttpError(HTTPStatus.UNPROCESSABLE_ENTITY, str(refusal)) from refusal
    except TooManyAsk as refusal:
        raise Busy(wait=SOON) from refusal
    return _answered(told)


def _answered(told: Told) -> dict[str, Any]:
    front, weighed = told.front, told.weighed
    proof = weighed.certificate
    shipped = front.question.data is None
    return {
        "year": shipped_source().year if shipped else None,
        "unit": "millions of US dollars" if shipped else "millions of the table's currency",
        "source": front.attribution,
        "data": front.data,
        "data_sha256": front.data_sha256,
        "question": front.digest,
        "elasticities": front.elasticities,
        "deficits": proof.deficits,
        "band": dict(told.band),
        "market_clearing": proof.market_clearing,
        "changed": dict(told.changed),
        "sectors": [
            {
                "sector": each.sector,
                "coercer": each.coercer,
                "members": each.members,
                "bought_before": each.imports[0],
                "bought_after": each.imports[1],
            }
            for each in weighed.sectors
        ],
        "residual": proof.residual,
        "iterations": proof.iterations,
        **{name: getattr(weighed, name) for name in WEIGHED},
    }


def _shipped(episode: str) -> Front:
    front = shipped_front(episode)
    if front is None:
        raise Http404
    return front


def _found(request: HttpRequest, holder: UUID, digest: str) -> Search:
    search = search_for(actor_of(request), holder, digest)
    if search is None:
        raise Http404
    return search


def _front(search: Search) -> Front:
    try:
        return search.front()
    except (FrontBroken, OSError) as fault:
        raise Http404 from fault


def _told(search: Search) -> dict[str, Any]:
    return {
        "holder": search.holder,
        "digest": search.digest,
        "name": search.question.name,
        "solved": search.solved,
        "finished": search.finished,
        "failed": search.failed,
    }
