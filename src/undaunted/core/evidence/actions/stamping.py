"""Time stamps by an outside authority (RFC 3161): that a document existed, before a moment.

The authority sees a SHA-256 and nothing else. Off unless the operator names an authority and the
certificates they trust; a stamp is kept only once it was verified against those.
"""

from __future__ import annotations

import secrets
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from undaunted.core.access.rules import Facts, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.evidence.actions.sealing import note_custody
from undaunted.core.evidence.models import Timestamp
from undaunted.core.evidence.queries import stamps_of
from undaunted.core.evidence.readers import StampUnreadable, read_stamp
from undaunted.core.evidence.rules import CustodyKind
from undaunted.core.evidence.writers import stamp_request

if TYPE_CHECKING:
    from datetime import datetime

    from undaunted.core.access.rules import Actor
    from undaunted.core.evidence.models import Document

__all__ = ["StampRefused", "stamp_document", "verify_stamps"]

PATIENCE = 20.0
LARGEST = 65_536
QUERY, REPLY = "application/timestamp-query", "application/timestamp-reply"


class StampRefused(RuntimeError):
    """No stamp was kept: none is configured, or the authority's answer cannot be trusted."""


class _Straight(urllib.request.HTTPRedirectHandler):
    """Follows nothing: only the address that the operator named is asked."""

    def redirect_request(self, *_: object) -> None:
        """Give nowhere to go, so that the answer counts as a failure."""


def stamp_document(document: Document, *, actor: Actor, at: datetime) -> Timestamp:
    """Have a document's digest stamped, verify the answer, and keep it with the log of custody.

    Raises `Forbidden`, `StampRefused`.
    """
    require(actor, Verb.RECORD, Facts(holder=document.holder))
    digest, nonce = bytes.fromhex(document.sha256), secrets.randbits(64)
    answer = _answer_of(stamp_request(digest, nonce))
    try:
        stamped = read_stamp(answer, digest, roots=_roots(), nonce=nonce)
    except StampUnreadable as problem:
        raise StampRefused(f"{settings.TSA_URL}: {problem}") from problem
    with transaction.atomic():
        made = Timestamp.objects.create(
            holder=document.holder,
            sharing=document.sharing,
            document=document,
            token=answer,
            stamped_at=stamped,
            authority=settings.TSA_URL,
            recorded_at=at,
        )
        told = stamped.isoformat()
        note_custody(document, CustodyKind.STAMPED, actor=actor, at=at, note=told)
        record_entry(
            "document.stamped",
            actor=actor,
            subject_kind="document",
            subject_id=document.pk,
            at=at,
            detail={"stamped_at": told},
        )
    return made


def verify_stamps(document: Document, *, actor: Actor, at: datetime) -> tuple[datetime, ...]:
    """Verify every stamp of a document against the operator's roots; gives their times.

    Raises `Forbidden`, `StampRefused` for the first that does not hold.
    """
    require(actor, Verb.RECORD, Facts(holder=document.holder))
    digest, times = bytes.fromhex(document.sha256), []
    for stamp in stamps_of(actor, document):
        try:
            times.append(read_stamp(bytes(stamp.token), digest, roots=_roots()))
        except StampUnreadable as problem:
            raise StampRefused(f"stamp of {stamp.stamped_at:%Y-%m-%d}: {problem}") from problem
    record_entry(
        "document.stamps_verified",
        actor=actor,
        subject_kind="document",
        subject_id=document.pk,
        at=at,
        detail={"stamps": len(times)},
    )
    return tuple(times)


def _roots() -> bytes:
    if not settings.TSA_ROOTS:
        raise StampRefused("UNDAUNTED_TSA_ROOTS names no file of certificates you trust")
    try:
        return Path(settings.TSA_ROOTS).read_bytes()
    except OSError as problem:
        raise StampRefused(f"UNDAUNTED_TSA_ROOTS={settings.TSA_ROOTS}: {problem}") from problem


def _answer_of(query: bytes) -> bytes:
    if not settings.TSA_URL.startswith(("https://", "http://")):
        raise StampRefused("UNDAUNTED_TSA_URL names no authority; set it to an http(s) address")
    ask = urllib.request.Request(  # noqa: S310 - the operator's address, http or https
        settings.TSA_URL, data=query, headers={"Content-Type": QUERY, "Accept": REPLY}
    )
    try:
        with urllib.request.build_opener(_Straight).open(ask, timeout=PATIENCE) as reply:
            answer: bytes = reply.read(LARGEST + 1)
    except (OSError, urllib.error.URLError) as problem:
        raise StampRefused(f"{settings.TSA_URL} does not answer: {problem}") from problem
    if len(answer) > LARGEST:
        raise StampRefused(f"{settings.TSA_URL}: the answer is too long")
    return answer
