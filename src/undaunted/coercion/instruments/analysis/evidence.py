"""Whether a measured injury rests on what the authority keeps: a front, or files of flows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undaunted.coercion.exposure.queries import flow_files_for
from undaunted.coercion.instruments.rules import InjuryKind, InstrumentRefused
from undaunted.coercion.response.queries import search_for

if TYPE_CHECKING:
    from uuid import UUID

    from undaunted.core.access.rules import Actor

__all__ = ["check_kept"]


def check_kept(actor: Actor, holder: UUID, kind: InjuryKind, digest: str) -> None:
    """Raise `InstrumentRefused` where nothing that is kept has the digest.

    A front is known by the name of its search, a file of flows by its SHA-256. Another calculation
    is not kept here: its file is for whoever reads the proceeding to look up.
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
