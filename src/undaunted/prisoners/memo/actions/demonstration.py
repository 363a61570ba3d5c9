"""Consent to memos for a few of the demonstration's invented people, and the texts of a desk.

Through the ordinary actions: what is asked for somebody is written by one and accepted by another.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from django.db import transaction

from undaunted.core.access.rules import PUBLIC
from undaunted.core.accounts.actions import acting_as
from undaunted.core.accounts.queries import user_named
from undaunted.core.consent.actions import record_consents
from undaunted.core.consent.rules import (
    PUBLIC_AUDIENCE,
    Basis,
    FieldGroup,
    IdentityLevel,
    Purpose,
)
from undaunted.prisoners.memo.actions.texts import accept_text, write_text
from undaunted.prisoners.memo.rules import TextKind
from undaunted.prisoners.registry.queries.published import CaseQuery, search
from undaunted.prisoners.registry.queries.records import publications_for

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.prisoners.memo.models import MemoText

__all__ = ["AGREED", "load_memos"]

AT: Final = datetime(2026, 11, 21, 10, tzinfo=UTC)
AGREED: Final = {"XR": 5, "XS": 4, "XB": 3}
"""How many of a country agree to be named in memos to everybody."""
COUNTED: Final = frozenset("AB")
SINCE: Final = date(2025, 1, 1)
"""Held by then, so that a memo of any day of the last two years has somebody to ask for."""
_ASKS: Final = (
    "Release without conditions, and permission to leave the country.",
    "A visit by an independent doctor this month, and release on grounds of health.",
    "Contact with the family every week, and a lawyer of their own choice.",
    "A hearing in public, observed by diplomats, and release until then.",
    "Annulment of the sentence, and release.",
)
_SAID: Final = (
    (TextKind.TALKING_POINT, "We read every reply, and we tell the families what we were told."),
    (TextKind.RED_LINE, "Offer nothing in exchange for somebody who should not be held at all."),
)


def load_memos() -> None:
    """Let people of three states agree to memos, and write what to ask for them."""
    with _acting("dora") as actor:
        holder = next(iter(actor.roles))
        chosen = {country: _choose(actor, country, most) for country, most in AGREED.items()}
        subjects = [each for people in chosen.values() for each in people]
        if not subjects:
            return
        _agree(holder, subjects, actor)
        texts = [
            write_text(
                holder, TextKind.ASK, ask, of_country=country, language="en", subject=subject,
                actor=actor, at=AT,
            )
            for country, people in chosen.items()
            for subject, ask in zip(people, _ASKS, strict=False)
        ]  # fmt: skip
        texts += [
            write_text(holder, kind, words, of_country="XR", language="en", actor=actor, at=AT)
            for kind, words in _SAID
        ]
    _accept(texts)


def _choose(actor: Actor, country: str, most: int) -> list[UUID]:
    """Give people who are published by name and counted, held for long; the last of a page."""
    asked = CaseQuery(country=country, status="held")
    named = [
        each.reference
        for each in search(PUBLIC, asked, size=60, facets=False).cases
        if each.name and each.tier in COUNTED and each.first_start and each.first_start < SINCE
    ]
    wanted = named[-most:]
    rows = publications_for(actor).filter(reference__in=wanted).order_by("reference")
    return list(rows.values_list("party_id", flat=True))


def _agree(holder: UUID, subjects: list[UUID], actor: Actor) -> None:
    record_consents(
        subjects, actor=actor, at=AT, holder=holder, purpose=Purpose.MEMO,
        audience=PUBLIC_AUDIENCE, level=IdentityLevel.NAME,
        field_groups=(FieldGroup.IDENTITY, FieldGroup.BIOGRAPHY, FieldGroup.DETENTION),
        basis=Basis.FAMILY_PROXY, relation="sibling", how="invented for the demonstration",
        given_on=date(2026, 11, 1), until=date(2031, 11, 1),
    )  # fmt: skip


def _accept(texts: list[MemoText]) -> None:
    with _acting("paul") as actor:
        for text in texts:
            accept_text(text, actor=actor, at=AT)


def _acting(name: str) -> AbstractContextManager[Actor]:
    with transaction.atomic():
        user = user_named(name)
    if user is None:
        raise LookupError(f"the demonstration has nobody called {name}")
    return acting_as(user)
