"""Answering a repeated request once: the header Idempotency-Key of the API."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import connection
from django.http import HttpResponse

from undaunted.core.access.rules import AccessError
from undaunted.core.accounts.models import KeptAnswer

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from undaunted.core.access.rules import Actor

__all__ = ["KeyReused", "KeyUnreadable", "answer_once"]

REPLAYED = "Idempotency-Replayed"
_KEPT_FOR = timedelta(hours=24)
_SUCCESSES = range(200, 300)
_KEY = re.compile(r"[\x21-\x7e]{1,255}")


class KeyUnreadable(AccessError):
    """The key is empty, too long or holds spaces or signs beyond ASCII."""


class KeyReused(AccessError):
    """The key was used for another request within a day."""


def answer_once(
    key: str, request_digest: str, answer: Callable[[], HttpResponse], *, actor: Actor, at: datetime
) -> HttpResponse:
    """Give the answer kept under `key`, or make it and keep it where it is a success.

    Runs in the transaction of the request, so that what was done and its answer stand together. A
    second request with the same key waits for the first.
    """
    if not _KEY.fullmatch(key):
        raise KeyUnreadable
    digest = hashlib.sha256(key.encode()).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{actor.person} {digest}"]
        )
    own = KeptAnswer.objects.filter(user_id=actor.person)
    own.filter(created_at__lt=at - _KEPT_FOR).delete()
    held = own.filter(key=digest).first()
    if held is not None:
        return _again(held, request_digest)
    response = answer()
    if response.status_code in _SUCCESSES:
        KeptAnswer.objects.create(
            user_id=actor.person,
            key=digest,
            request=request_digest,
            status=response.status_code,
            body=response.content.decode(),
            content_type=response.headers["Content-Type"],
            created_at=at,
        )
    return response


def _again(held: KeptAnswer, request_digest: str) -> HttpResponse:
    if held.request != request_digest:
        raise KeyReused
    response = HttpResponse(held.body, status=held.status, content_type=held.content_type)
    response.headers[REPLAYED] = "true"
    return response
