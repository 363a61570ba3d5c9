"""A letter of a case written, whole or without its secrets; that it was, is on record."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.utils.translation import override

from undaunted.coercion.screening.actions.keeping import open_case
from undaunted.coercion.screening.actions.telling import note
from undaunted.coercion.screening.actions.turns import in_turn
from undaunted.coercion.screening.analysis.letters import letter_of
from undaunted.coercion.screening.queries import authorities_of, sealed_in
from undaunted.coercion.screening.rules import ScreeningRefused, Version
from undaunted.coercion.screening.writers import MEDIA, write_letter
from undaunted.core.access.rules import Facts, Forbidden, Verb, require
from undaunted.core.editions.rules import EditionRefused

if TYPE_CHECKING:
    from datetime import datetime

    from undaunted.coercion.screening.analysis.letters import LetterAsked
    from undaunted.coercion.screening.models import Case
    from undaunted.core.access.rules import Actor
    from undaunted.core.vault.rules import OpenKey

__all__ = ["write_case_letter"]


def write_case_letter(  # noqa: PLR0913 - of which case, which letter, for whom, as what, by whom
    case: Case,
    asked: LetterAsked,
    *,
    version: Version,
    media: str,
    actor: Actor,
    at: datetime,
    key: OpenKey | None = None,
) -> bytes:
    """Write a letter as `pdf` or `docx`; the confidential version takes an open key of the team.

    Raises `ScreeningRefused` where something is missing, `KeptUnreadable`, and `Forbidden`.
    """
    require(actor, Verb.READ, Facts(holder=case.holder))
    if case.holder not in authorities_of(actor):
        raise Forbidden("there is no such case for you")
    if media not in MEDIA:
        raise ScreeningRefused(f"media: {media!r} is none; write one of {', '.join(MEDIA)}")
    opened = {}
    if version is Version.CONFIDENTIAL and sealed_in(actor, case):
        if key is None:
            raise ScreeningRefused(
                "key: the confidential version holds what is sealed; open your key first"
            )
        opened = open_case(case, key=key, actor=actor, at=at)
    with override(asked.language):
        letter = letter_of(actor, case, asked, at=at, opened=opened)
    try:
        written = write_letter(letter, version=version, media=media)
    except EditionRefused as refused:
        raise ScreeningRefused(f"letter: {refused}") from None
    with in_turn():
        digest = hashlib.sha256(written).hexdigest()
        note("case.letter_written", case, actor=actor, at=at, kind=str(asked.kind),
             version=str(version), media=media, digest=digest)  # fmt: skip
    return written
