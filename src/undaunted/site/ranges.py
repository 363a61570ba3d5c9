"""A file that is played: whole, or the part that a player asks for when somebody winds it."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from csp.constants import SELF
from csp.decorators import csp_update
from django.http import HttpResponse

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

View = TypeVar("View", bound="Callable[..., HttpResponse]")

__all__ = ["UNOPENED", "answer_part", "may_play"]

UNOPENED: Final = "sandbox; default-src 'none'"
"""The policy of a file: opened as a page of its own, it runs and loads nothing."""
_ASKED: Final = re.compile(r"bytes=(\d{0,15})-(\d{0,15})", re.ASCII)


def may_play(view: View) -> View:
    """Let a page load film and sound from this site; no page without this mark may."""
    return cast("View", csp_update({"media-src": [SELF]})(cast("Any", view)))


def answer_part(request: HttpRequest, content: bytes, *, kind: str, name: str) -> HttpResponse:
    """Answer with a file or one part of it (RFC 9110, 14), as something to save, kept nowhere.

    Several parts at once, a range that cannot be read, and a condition on an earlier answer get the
    whole file, as the standard allows.
    """
    size = len(content)
    asked = (
        None if "If-Range" in request.headers else _asked(request.headers.get("Range", ""), size)
    )
    answer = HttpResponse(content if asked is None else content[slice(*asked)], content_type=kind)
    if asked is not None:
        begin, end = asked
        answer.status_code = HTTPStatus.PARTIAL_CONTENT
        answer.headers["Content-Range"] = f"bytes {begin}-{end - 1}/{size}"
        if begin >= end:
            answer.status_code = HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
            answer.headers["Content-Range"] = f"bytes */{size}"
    answer.headers["Accept-Ranges"] = "bytes"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Content-Security-Policy"] = UNOPENED
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _asked(header: str, size: int) -> tuple[int, int] | None:
    """Read which bytes are asked for, from the first to behind the last; None for all of them."""
    found = _ASKED.fullmatch(header.strip())
    if found is None or found[1] + found[2] == "":
        return None
    if found[1] == "":
        return max(0, size - int(found[2])), size
    begin = int(found[1])
    end = min(size, int(found[2]) + 1) if found[2] else size
    if found[2] and int(found[2]) < begin:
        return None
    return begin, end
