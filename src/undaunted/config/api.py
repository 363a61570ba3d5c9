"""The root of the API: OpenAPI 3.1, every error an RFC 9457 problem.

A subject's router joins by one line in `ROUTERS`.
"""

from __future__ import annotations

from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404
from django.utils.translation import (
    get_language,
    get_language_from_request,
    gettext,
    override,
)
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError
from ninja.errors import AuthorizationError as ScopeMissing

from undaunted.core.access.rules import Forbidden
from undaunted.site.problems import PROBLEM_TYPE, Busy, Refused, Unusable, problem

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from ninja.openapi.schema import OpenAPISchema

__all__ = ["PROBLEM_TYPE", "ROUTERS", "DescribedAPI", "api", "problem"]

# (prefix under /api/v1/, import path of the subject's router)
ROUTERS: tuple[tuple[str, str], ...] = (
    ("/registry/", "undaunted.prisoners.registry.api.router"),
    ("/campaigns/", "undaunted.prisoners.campaigns.api.router"),
    ("/response/", "undaunted.coercion.response.api.router"),
    ("/instruments/", "undaunted.coercion.instruments.api.router"),
    ("/screening/", "undaunted.coercion.screening.api.desk.router"),
    ("/clocks/", "undaunted.core.clocks.api.router"),
    ("/memo/", "undaunted.prisoners.memo.api.router"),
    ("/commitments/", "undaunted.core.commitments.api.router"),
    ("/lists/", "undaunted.core.listings.api.router"),
    ("/sanctions/", "undaunted.repression.sanctions.api.router"),
    ("/matching/", "undaunted.core.matching.api.router"),
    ("/practices/", "undaunted.core.practices.api.router"),
    ("/documents/", "undaunted.core.evidence.api.router"),
    ("/sharing/", "undaunted.core.sharing.api.router"),
    ("/report/", "undaunted.prisoners.report.api.router"),
    ("/dossiers/", "undaunted.repression.dossiers.api.router"),
    ("/coordination/", "undaunted.repression.coordination.api.router"),
    ("/editions/", "undaunted.core.editions.api.router"),
    ("/screening/desk/register/", "undaunted.coercion.screening.api.assets.router"),
    ("/screening/desk/exchange/", "undaunted.coercion.screening.api.exchange.router"),
    ("/screening/desk/ownership/", "undaunted.coercion.screening.api.ownership.router"),
    ("/coercion/response/", "undaunted.coercion.response.api.designer.router"),
    ("/coercion/", "undaunted.coercion.exposure.api.router"),
)

PROBLEM_SCHEMA: dict[str, Any] = {
    "title": "Problem",
    "description": "What went wrong, as RFC 9457 describes it.",
    "type": "object",
    "required": ["type", "title", "status", "instance"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string", "description": "Why a step is refused, for programs."},
        "instance": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "detail"],
                "properties": {
                    "pointer": {"type": "string"},
                    "detail": {"type": "string"},
                    "allowed": {"type": "array", "items": {"type": "string"}},
                },
            },
        },
    },
}


class DescribedAPI(NinjaAPI):
    """The API whose document names the problem that every operation may answer with."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """Give the document of OpenAPI 3.1, written once for each address and language.

        Anybody may ask for it, and it takes a second and more of a processor to write. Whoever gets
        it only reads it.
        """
        prefix = self.get_root_path(path_params or {}) if path_prefix is None else path_prefix
        return _document(self, prefix, get_language())

    def written(self, prefix: str) -> OpenAPISchema:
        """Write the document, with the problem that every operation may answer with."""
        schema = super().get_openapi_schema(path_prefix=prefix)
        schema["components"].setdefault("schemas", {})["Problem"] = PROBLEM_SCHEMA
        reference = {"schema": {"$ref": "#/components/schemas/Problem"}}
        for path in schema["paths"].values():
            for operation in path.values():
                operation["responses"]["default"] = {
                    "description": "A problem (RFC 9457)",
                    "content": {PROBLEM_TYPE: reference},
                }
        return schema


@cache
def _document(described: DescribedAPI, prefix: str, _language: str | None) -> OpenAPISchema:
    """Keep what was written in a language: what describes an operation may be translated."""
    return described.written(prefix)


api = DescribedAPI(
    title="Undaunted",
    version="1",
    description=(
        "People deprived of their liberty: published cases, counts and open data for everybody; "
        "the desk for programs with a token. Addresses under registry/desk need a bearer token."
    ),
    docs_url=None,
    urls_namespace="api-1",
)


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


@api.exception_handler(Unusable)
def _unusable(request: HttpRequest, error: Unusable) -> HttpResponse:
    return problem(request, HTTPStatus.UNPROCESSABLE_ENTITY, str(error), errors=[error.as_json()])


@api.exception_handler(Refused)
def _refused(request: HttpRequest, error: Refused) -> HttpResponse:
    # No address of the API names a language, so the header alone says which.
    language = get_language_from_request(request)
    with override(language):
        response = problem(request, error.status, gettext(error.sentence), code=error.code)
    response.headers["Content-Language"] = language
    return response


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


@api.exception_handler(Busy)
def _busy(request: HttpRequest, error: Busy) -> HttpResponse:
    response = problem(request, HTTPStatus.SERVICE_UNAVAILABLE, str(error))
    response.headers["Retry-After"] = str(error.wait)
    return response


@api.exception_handler(HttpError)
def _other(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(request, HTTPStatus(error.status_code), str(error))


for prefix, router in ROUTERS:
    api.add_router(prefix, router)
