"""The root of the API: OpenAPI 3.1, every error an RFC 9457 problem.

A subject's router joins by one line in `ROUTERS`.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, JsonResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError
from ninja.errors import AuthorizationError as ScopeMissing

from undaunted.core.access.rules import Forbidden

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

__all__ = ["PROBLEM_TYPE", "ROUTERS", "api", "problem"]

PROBLEM_TYPE = "application/problem+json"

# (prefix under /api/v1/, import path of the subject's router)
ROUTERS: tuple[tuple[str, str], ...] = (
    ("/registry/", "undaunted.prisoners.registry.api.router"),
    ("/clocks/", "undaunted.core.clocks.api.router"),
)

api = NinjaAPI(
    title="Undaunted",
    version="1",
    description="People deprived of their liberty: published cases, counts and open data.",
    docs_url=None,
    urls_namespace="api-1",
)


def problem(
    request: HttpRequest, status: HTTPStatus, detail: str = "", **more: object
) -> JsonResponse:
    """Give an RFC 9457 problem; `more` are extension members."""
    body = {"type": "about:blank", "title": status.phrase, "status": status.value}
    if detail:
        body["detail"] = detail
    body["instance"] = request.path
    return JsonResponse(body | more, status=status, content_type=PROBLEM_TYPE)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors = [
        {
            "detail": str(each.get("msg", "")),
            "pointer": "#/" + "/".join(str(part) for part in each.get("loc", ())),
        }
        for each in error.errors
    ]
    return problem(
        request,
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "Some values of the request cannot be used.",
        errors=errors,
    )


@api.exception_handler(Http404)
@api.exception_handler(ObjectDoesNotExist)
@api.exception_handler(Forbidden)
def _absent(request: HttpRequest, _error: Exception) -> HttpResponse:
    return problem(request, HTTPStatus.NOT_FOUND)


@api.exception_handler(AuthenticationError)
def _unknown(request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    response = problem(request, HTTPStatus.UNAUTHORIZED, "A valid token is needed.")
    response.headers["WWW-Authenticate"] = "Bearer"
    return response


@api.exception_handler(ScopeMissing)
def _scope(request: HttpRequest, _error: ScopeMissing) -> HttpResponse:
    return problem(request, HTTPStatus.FORBIDDEN, "The token lacks the scope for this.")


@api.exception_handler(Throttled)
def _too_many(request: HttpRequest, error: Throttled) -> HttpResponse:
    response = problem(request, HTTPStatus.TOO_MANY_REQUESTS)
    if error.wait is not None:
        response.headers["Retry-After"] = str(int(error.wait) + 1)
    return response


@api.exception_handler(HttpError)
def _other(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(request, HTTPStatus(error.status_code), str(error))


for prefix, router in ROUTERS:
    api.add_router(prefix, router)
