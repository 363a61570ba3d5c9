"""On what an assessment of the elements rests: papers of the proceeding, sources of the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from undaunted.coercion.instruments.analysis.evidence import AS_DOCUMENT
from undaunted.coercion.instruments.queries import injury_of, papers_of
from undaunted.coercion.instruments.rules import InstrumentRefused
from undaunted.core.evidence.queries import sources_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from undaunted.coercion.instruments.models import Proceeding
    from undaunted.coercion.instruments.rules import Element
    from undaunted.core.access.rules import Actor

__all__ = ["CALCULATION", "check_evidence", "evidence_in", "evidence_titles"]

CALCULATION = "calculation"
"""The file that the injury was read from, once it is attached."""


def evidence_in(
    actor: Actor, proceeding: Proceeding, *, known_at: datetime | None = None
) -> dict[str, str]:
    """Give what the proceeding itself holds, by the short names that an element names it by.

    `p1` is the first paper that was filed, `p1-2` the second document beside it: what a paper calls
    its documents can tell who filed it.
    """
    found: dict[str, str] = {}
    papers = papers_of(actor, proceeding, known_at=known_at).order_by("recorded_at", "id")
    for number, paper in enumerate(papers, 1):
        if paper.withdrawn_at is None or (known_at is not None and paper.withdrawn_at > known_at):
            found[f"p{number}"] = paper.title
            documents = [line for line in paper.open_version if line["group"] == "evidence"]
            found |= {
                f"p{number}-{place}": line["title"] for place, line in enumerate(documents, 1)
            }
    injury = injury_of(actor, proceeding, known_at=known_at)
    if injury is not None and injury.kind in AS_DOCUMENT:
        found[CALCULATION] = injury.source
    return found


def evidence_titles(
    actor: Actor, proceeding: Proceeding, ids: Iterable[str], *, known_at: datetime | None = None
) -> Mapping[str, str]:
    """Give how each piece of evidence is called; nothing for one that cannot be found."""
    held = evidence_in(actor, proceeding, known_at=known_at)
    keys = {each: _uuid(each) for each in ids if each not in held}
    rows = sources_for(actor).filter(
        holder=proceeding.holder, pk__in=[key for key in keys.values() if key is not None]
    )
    titles = {row.pk: row.title or row.publisher or row.kind for row in rows}
    return held | {each: titles[key] for each, key in keys.items() if key in titles}


def check_evidence(actor: Actor, proceeding: Proceeding, elements: Iterable[Element]) -> None:
    """Raise `InstrumentRefused` for every piece of evidence that nobody holds."""
    told = list(elements)
    known = evidence_titles(actor, proceeding, {each for one in told for each in one.sources})
    problems = [
        f"{one.key}: {each} is neither in a paper of this proceeding nor a source of your "
        "organisation; file it, or record the source, and name it by its id"
        for one in told
        for each in one.sources
        if each not in known
    ]
    if problems:
        raise InstrumentRefused(*problems)


def _uuid(told: str) -> UUID | None:
    try:
        return UUID(told)
    except ValueError:
        return None
