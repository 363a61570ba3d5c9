"""Errors of the API as problem details (RFC 9457), whatever part of the stack says no."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import JsonResponse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

__all__ = [
    "API",
    "PROBLEM_TYPE",
    "Busy",
    "ProblemsMiddleware",
    "Refused",
    "Unusable",
    "demand_fields",
    "problem",
]

PROBLEM_TYPE = "application/problem+json"
API = "/api/"
_FILES = "multipart/form-data"
_KEPT = ("Allow", "Retry-After", "WWW-Authenticate")


class Unusable(Exception):
    """A value of a request cannot be used; names the parameter, the rule and what is allowed."""

    def __init__(
        self, parameter: str, detail: str, *, allowed: Iterable[str] = (), body: bool = False
    ) -> None:
        super().__init__(f"{parameter}: {detail}")
        self.parameter, self.detail, self.body = parameter, detail, body
        self.allowed = tuple(allowed)

    def as_json(self) -> dict[str, object]:
        """Give one entry of a problem's `errors`."""
        place = "#/body/" if self.body else "#/query/"
        told: dict[str, object] = {"pointer": place + self.parameter, "detail": self.detail}
        return told | ({"allowed": list(self.allowed)} if self.allowed else {})


def demand_fields(request: HttpRequest, fields: Iterable[str] = ()) -> None:
    """Refuse what is no field: whoever asks by a wrong word is not answered with everybody.

    Raises `Unusable`.
    """
    names = tuple(fields)
    for unknown in sorted(set(request.GET) - set(names)):
        known = ", ".join(names)
        told = f"there is no such field; there are {known}" if names else "there are no fields"
        raise Unusable(unknown[:80], told)


class Refused(Exception):
    """A step cannot be taken now: a code for programs, a sentence of the catalogue for people."""

    def __init__(self, status: HTTPStatus, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.status, self.code, self.sentence = status, code, sentence


class Busy(Exception):
    """Every place is taken; whoever asks again after `wait` seconds may find one."""

    def __init__(self, *, wait: int) -> None:
        super().__init__(f"Many ask at once. Ask again in {wait} seconds.")
        self.wait = wait


def problem(
    request: HttpRequest, status: HTTPStatus, detail: str = "", **more: object
) -> JsonResponse:
    """Give an RFC 9457 problem; `more` are extension members."""
    body = {"type": "about:blank", "title": status.phrase, "status": status.value}
    if detail:
        body["detail"] = detail
    body["instance"] = request.path
    return JsonResponse(body | more, status=status, content_type=PROBLEM_TYPE)


class ProblemsMiddleware:
    """Turn every error under the API into a problem, and refuse bodies that are too large."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Keep the next in line."""
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Give the answer, or the problem in its place."""
        if not request.path_info.startswith(API):
            return self._get_response(request)
        if _too_large(request):
            most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
            return problem(
                request,
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
                f"The body is longer than {most} bytes. Send less at once.",
            )
        response = self._get_response(request)
        told = response.headers.get("Content-Type", "")
        if response.status_code < HTTPStatus.BAD_REQUEST or told.startswith(PROBLEM_TYPE):
            return response
        answer = problem(request, HTTPStatus(response.status_code))
        for name in _KEPT:
            if name in response.headers:
                answer.headers[name] = response.headers[name]
        return answer


def _too_large(request: HttpRequest) -> bool:
    """Tell from the header, before anything is read; files have limits of their own."""
    length = request.headers.get("Content-Length", "")
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    files = request.headers.get("Content-Type", "").startswith(_FILES)
    return bool(most) and not files and length.isdecimal() and int(length) > most
