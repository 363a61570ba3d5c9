"""Rows that name a file carry a code of the application: it read the bytes, SQL alone did not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from undaunted.core.evidence.models import CleanCopy, Document
from undaunted.core.vault.rules import code_for_database

if TYPE_CHECKING:
    from undaunted.core.evidence.models import RedactedCopy

__all__ = ["keep_vouched"]


def keep_vouched(
    row: Document | CleanCopy | RedactedCopy, *, changed: tuple[str, ...] | None = None
) -> None:
    """Write a row with its code, or of one that is there what `changed`; part of an action.

    The database empties the code once it was asked (migration 0006).
    """
    what, *facts = _facts(row)
    row.vouched = code_for_database(settings.SESSION_BINDING_KEY, str(what), *facts)
    if changed is None:
        row.save(force_insert=True)
    else:
        row.save(update_fields=[*changed, "vouched"])
    row.vouched = None


def _facts(row: Document | CleanCopy | RedactedCopy) -> tuple[object, ...]:
    if isinstance(row, Document):
        return "document", row.pk, row.holder, row.sha256, row.team or ""
    if isinstance(row, CleanCopy):
        return "clean-copy", row.pk, row.holder, row.document_id, row.sha256
    return "redacted-copy", row.pk, row.holder, row.document_id, row.of_sha256, row.sha256
