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
from undaunted.prisoners.registry.queries.named import undeclared_in
from undaunted.prisoners.registry.queries.records import cases_for, shown_names

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.prisoners.memo.rules import DeskText

__all__ = ["accept_text", "confirm_text", "drop_undeclared", "withdraw_text", "write_text"]


_IN_FORCE = (TextState.WRITTEN, TextState.ACCEPTED)


def write_text(  # noqa: PLR0913 - whose, of what, about which country or case, by whom
    holder: UUID,
    kind: TextKind,
    body: str,
    *,
    of_country: str,
    language: str,
    subject: UUID | None = None,
    names: Collection[UUID] = (),
    actor: Actor,
    at: datetime,
) -> MemoText:
    """Write a text: restricted memos print it at once, public ones when a second person accepted.

    Whoever is named in it must be among `names`: cases that the organisation keeps. The one that an
    ask is about need not be told twice. Here only those are looked for whom the actor may see.

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
    named = _declared(actor, holder, names)
    _refuse_undeclared(actor, told, language, {*named, *([subject] if subject else [])})
    with transaction.atomic():
        text = MemoText.objects.create(
            holder=holder,
            country=code,
            kind=kind.value,
            language=language,
            body=told,
            subject=subject,
            names=named,
            written_by=actor.person,
            written_at=at,
            confirmed_on=at.date(),
            confirmed_by=actor.person,
        )
        _record("memo.text_written", text, actor, at)
    return text


def accept_text(text: MemoText, *, actor: Actor, at: datetime) -> MemoText:
    """Accept a text as the second person, so that public memos may print it.

    A text that names somebody who was not declared is refused. Where the actor may not know of them
    it is withdrawn instead, for good and on record: what may never be public stays out, and asking
    text by text who is known here costs two people and leaves a trace each time.
    """
    facts = Facts(holder=text.holder, earlier_hands=frozenset({text.written_by}))
    require(actor, Verb.PUBLISH, facts)
    with transaction.atomic():
        held = _held(text, TextState.WRITTEN)
        known = [*held.names, *([held.subject] if held.subject else [])]
        if _refuse_undeclared(actor, held.body, held.language, known):
            return _withdrawn(held, actor, at, why="consent missing")
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
        return _withdrawn(_held(text, TextState.WRITTEN, TextState.ACCEPTED), actor, at)


def drop_undeclared(texts: Iterable[DeskText], *, actor: Actor, at: datetime) -> None:
    """Withdraw what turned out to name somebody undeclared: a step of building a memo.

    Their names may have been recorded after it was accepted. It must be written anew, because who
    is in it would be forgotten when they are erased, and their name printed.
    """
    wanted = [each.id for each in texts]
    for held in MemoText.objects.select_for_update().filter(pk__in=wanted, state__in=_IN_FORCE):
        _withdrawn(held, actor, at, why="consent missing")


def _declared(actor: Actor, holder: UUID, names: Collection[UUID]) -> list[UUID]:
    """Give the cases that stand for those whom a text names. Raises `TextRefused`."""
    kept = dict(cases_for(actor).filter(pk__in=tuple(names), holder=holder)
                .values_list("pk", "canonical"))  # fmt: skip
    if missing := sorted(set(names) - set(kept)):
        raise TextRefused("names", f"{missing[0]}: your organisation keeps no such case")
    return sorted(set(kept.values()))


def _refuse_undeclared(actor: Actor, body: str, language: str, known: Collection[UUID]) -> bool:
    """Raise `TextRefused` where a text names somebody undeclared whom the actor may see.

    Tell whether it names somebody else whom the registry knows.
    """
    found = undeclared_in(actor, body, language, known)
    if found and found[0].seen and found[0].person:
        who = shown_names(actor, [found[0].person]).get(found[0].person, "")
        raise TextRefused(
            "names",
            f"“{found[0].words}” names {who or found[0].person} ({found[0].person}); add them to "
            "the people whom the text names, or say it without them",
        )
    return bool(found)


def _withdrawn(held: MemoText, actor: Actor, at: datetime, *, why: str = "") -> MemoText:
    held.state, held.withdrawn_at = TextState.WITHDRAWN, at
    held.save(update_fields=["state", "withdrawn_at"])
    _record("memo.text_withdrawn", held, actor, at, why=why)
    return held


def _held(text: MemoText, *states: TextState) -> MemoText:
    held = MemoText.objects.select_for_update().filter(pk=text.pk).first()
    if held is None or held.state not in states:
        raise TextRefused("state", f"the text is {held.state if held else 'gone'}")
    return held


def _record(verb: str, text: MemoText, actor: Actor, at: datetime, *, why: str = "") -> None:
    record_entry(
        verb,
        actor=actor,
        subject_kind="memo_text",
        subject_id=text.pk,
        at=at,
        detail={"country": text.country, "kind": text.kind, **({"why": why} if why else {})},
    )
