"""The texts of a desk: one person writes, another accepts what may be public, anybody confirms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from undaunted.core.access.rules import Facts, Verb, require
from undaunted.core.audit.actions import record_entry
from undaunted.core.places.rules import UnknownCountry, country
from undaunted.prisoners.memo.models import MemoText
from undaunted.prisoners.memo.rules import TextKind, TextRefused, TextState, check_text
from undaunted.prisoners.registry.queries.records import cases_for

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor

__all__ = ["accept_text", "confirm_text", "withdraw_text", "write_text"]


def write_text(  # noqa: PLR0913 - whose, of what, about which country or case, by whom
    holder: UUID,
    kind: TextKind,
    body: str,
    *,
    of_country: str,
    language: str,
    subject: UUID | None = None,
    actor: Actor,
    at: datetime,
) -> MemoText:
    """Write a text: restricted memos print it at once, public ones when a second person accepted.

    Raises `TextRefused`, `Forbidden`.
    """
    require(actor, Verb.RECORD, Facts(holder=holder))
    told = check_text(kind, body, subject=subject)
    if language not in dict(settings.LANGUAGES):
        raise TextRefused("language", f"{language!r}; choose a language of the product")
    try:
        code = country(of_country).code
    except UnknownCountry:
        raise TextRefused("country", f"{of_country!r} is no ISO 3166 code such as XR") from None
    if subject is not None:
        case = cases_for(actor, country=code).filter(pk=subject, holder=holder).first()
        if case is None:
            raise TextRefused("subject", "your organisation keeps no such case of this country")
        subject = case.canonical
    with transaction.atomic():
        text = MemoText.objects.create(
            holder=holder,
            country=code,
            kind=kind.value,
            language=language,
            body=told,
            subject=subject,
            written_by=actor.person,
            written_at=at,
            confirmed_on=at.date(),
            confirmed_by=actor.person,
        )
        _record("memo.text_written", text, actor, at)
    return text


def accept_text(text: MemoText, *, actor: Actor, at: datetime) -> MemoText:
    """Accept a text as the second person, so that public memos may print it."""
    facts = Facts(holder=text.holder, earlier_hands=frozenset({text.written_by}))
    require(actor, Verb.PUBLISH, facts)
    with transaction.atomic():
        held = _held(text, TextState.WRITTEN)
        held.state, held.accepted_by, held.accepted_at = TextState.ACCEPTED, actor.person, at
        held.save(update_fields=["state", "accepted_by", "accepted_at"])
        _record("memo.text_accepted", held, actor, at)
    return held


def confirm_text(text: MemoText, *, actor: Actor, at: datetime) -> MemoText:
    """Say that a text still holds; ninety days later memos say again that nobody did."""
    require(actor, Verb.RECORD, Facts(holder=text.holder))
    with transaction.atomic():
        held = _held(text, TextState.WRITTEN, TextState.ACCEPTED)
        held.confirmed_on, held.confirmed_by = at.date(), actor.person
        held.save(update_fields=["confirmed_on", "confirmed_by"])
        _record("memo.text_confirmed", held, actor, at)
    return held


def withdraw_text(text: MemoText, *, actor: Actor, at: datetime) -> MemoText:
    """Take a text back; no memo prints it any more."""
    require(actor, Verb.RECORD, Facts(holder=text.holder))
    with transaction.atomic():
        held = _held(text, TextState.WRITTEN, TextState.ACCEPTED)
        held.state, held.withdrawn_at = TextState.WITHDRAWN, at
        held.save(update_fields=["state", "withdrawn_at"])
        _record("memo.text_withdrawn", held, actor, at)
    return held


def _held(text: MemoText, *states: TextState) -> MemoText:
    held = MemoText.objects.select_for_update().filter(pk=text.pk).first()
    if held is None or held.state not in states:
        raise TextRefused("state", f"the text is {held.state if held else 'gone'}")
    return held


def _record(verb: str, text: MemoText, actor: Actor, at: datetime) -> None:
    record_entry(
        verb,
        actor=actor,
        subject_kind="memo_text",
        subject_id=text.pk,
        at=at,
        detail={"country": text.country, "kind": text.kind},
    )
