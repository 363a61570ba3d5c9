"""What to take out of an annex before a government reads it: names of whoever did not agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.core.evidence.queries import clean_copy_of, document_for, open_clean_copy
from undaunted.repression.dossiers.analysis.naming import names_silent, passages_naming
from undaunted.repression.dossiers.analysis.testing import reach_of

if TYPE_CHECKING:
    from datetime import date

    from undaunted.core.access.rules import Actor
    from undaunted.repression.dossiers.analysis.gathering import Sheet
    from undaunted.repression.dossiers.models import Annex

__all__ = ["passages_of"]


def passages_of(  # noqa: PLR0913 - who asks, where, in what, told to whom, when, what was opened
    actor: Actor,
    sheet: Sheet,
    annex: Annex,
    jurisdiction: str,
    *,
    on: date,
    opened: bytes = b"",
) -> tuple[str, ...]:
    """Give names in an annex's clean copy, of whoever did not agree to a government's reading it.

    `opened` is the clean copy of a sealed document; nothing is given where none lies open.
    """
    document = document_for(actor, annex.document)
    copy = clean_copy_of(actor, document) if document else None
    if document is None or copy is None or not copy.sha256:
        return ()
    content = opened
    if document.team is None:
        with open_clean_copy(actor, document) as file:
            content = file.read()
    if not content:
        return ()
    silent = names_silent(reach_of(actor, sheet, jurisdiction, on=on), ())
    return passages_naming(content, copy.media_type, silent)
