"""Whether a measured injury rests on what the authority keeps: a front, or files of flows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.coercion.exposure.queries import flow_files_for
from undaunted.coercion.instruments.rules import InjuryKind, InstrumentRefused
from undaunted.coercion.response.queries import search_for
from undaunted.core.evidence.queries import documents_for, open_document

if TYPE_CHECKING:
    from uuid import UUID

    from undaunted.coercion.instruments.models import Injury
    from undaunted.core.access.rules import Actor

__all__ = ["calculation_kept", "calculation_of", "check_kept"]


def check_kept(actor: Actor, holder: UUID, kind: InjuryKind, digest: str) -> None:
    """Raise `InstrumentRefused` where nothing that is kept has the digest.

    A front is known by the name of its search, a file of flows by its SHA-256. Another calculation
    is kept as it is attached.
    """
    if kind is InjuryKind.FRONT:
        search = search_for(actor, holder, digest)
        if search is None or not search.finished:
            raise InstrumentRefused(
                "digest: no search of your organisation that found a front has this name; copy it "
                "from the address of the front"
            )
    if kind is InjuryKind.EXPOSURE:
        files = flow_files_for(actor).filter(holder=holder, sha256=digest)
        if not files.exists():
            raise InstrumentRefused(
                "digest: no file of flows that your organisation keeps has this SHA-256; keep the "
                "file first"
            )


def calculation_kept(actor: Actor, injury: Injury) -> bool:
    """Tell whether the amounts of an injury were read from a file that is kept.

    Beside a front or files of flows they are typed: that those are kept says nothing of the sum.
    """
    return injury.kind == InjuryKind.OTHER and _document(actor, injury) is not None


def calculation_of(actor: Actor, injury: Injury) -> bytes | None:
    """Give the file of another calculation from which an injury was read; None where none is."""
    held = _document(actor, injury) if injury.kind == InjuryKind.OTHER else None
    if held is None:
        return None
    with open_document(actor, held) as opened:
        return opened.read()


def _document(actor: Actor, injury: Injury) -> UUID | None:
    rows = documents_for(actor).filter(holder=injury.holder, sha256=injury.digest)
    return rows.values_list("pk", flat=True).first()
