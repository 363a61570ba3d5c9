"""The file that an injury was read from, as it is kept in the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undaunted.coercion.instruments.rules import InjuryKind
from undaunted.core.evidence.queries import documents_for, open_document

if TYPE_CHECKING:
    from uuid import UUID

    from undaunted.coercion.instruments.models import Injury
    from undaunted.core.access.rules import Actor

__all__ = ["AS_DOCUMENT", "calculation_of", "document_of"]

AS_DOCUMENT: Final = frozenset({InjuryKind.FRONT, InjuryKind.SCENARIO, InjuryKind.OTHER})
"""Kinds of which a file is kept as evidence; files of flows are kept where exposure is."""


def calculation_of(actor: Actor, injury: Injury) -> bytes | None:
    """Give the file from which an injury was read; None where none is."""
    held = document_of(actor, injury)
    if held is None:
        return None
    with open_document(actor, held) as opened:
        return opened.read()


def document_of(actor: Actor, injury: Injury) -> UUID | None:
    """Give the document from which an injury was read, as far as it is kept."""
    if injury.kind not in AS_DOCUMENT:
        return None
    rows = documents_for(actor).filter(holder=injury.holder, sha256=injury.digest)
    return rows.values_list("pk", flat=True).first()
