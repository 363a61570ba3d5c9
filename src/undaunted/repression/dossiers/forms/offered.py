"""What a dossier could rest on: acts of the ledger, sources and documents, by their ids."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from undaunted.core.evidence.queries import sources_for
from undaunted.repression.dossiers.forms.fields import acts_offered, annexes_offered
from undaunted.repression.dossiers.queries import (
    acts_sought,
    documents_sought,
    sought,
    sources_sought,
)
from undaunted.repression.sanctions.rules import FactKind, facts

if TYPE_CHECKING:
    from undaunted.core.access.rules import Actor
    from undaunted.repression.dossiers.analysis import Sheet

__all__ = ["offered_told"]

_MOST: Final = 200


def offered_told(actor: Actor, sheet: Sheet, find: str = "") -> dict[str, Any]:
    """Give acts that are not in the dossier yet, sources and documents, 200 of each at most.

    `find` looks for a title, a number, a day, a person or the reference of a case. The facts are
    those that links (`modes`) and findings (`facts`) are told by. `acts_kept_back` counts acts that
    are not offered, as a partner sent them who lets them go no further, `documents_kept_back` the
    documents that are not, as no annex may be one that a partner sent.
    """
    acts, acts_back = acts_offered(actor, sheet)
    documents, documents_back = annexes_offered(actor, sheet)
    sources = sources_for(actor).filter(holder=sheet.dossier.holder)
    if text := find.strip()[:200]:
        words = sought(actor, text)
        acts = acts_sought(actor, acts, words)
        sources = sources_sought(actor, sources, words)
        documents = documents_sought(actor, documents, words)
    known = facts().values()
    return {
        "acts": [
            {"act": str(each.claim), "type": each.type,
             "start": each.start, "end": each.end, "where": each.facility or each.city}
            for each in acts[:_MOST]
        ],
        "acts_kept_back": acts_back,
        "sources": [{"source": str(each.pk), "title": str(each)} for each in sources[:_MOST]],
        "documents": [
            {"document": str(each.pk), "source": str(each.source_id), "title": str(each.source),
             "sha256": each.sha256}
            for each in documents[:_MOST]
        ],
        "documents_kept_back": documents_back,
        "modes": [each.id for each in known if each.kind is FactKind.LINK],
        "facts": [each.id for each in known if each.kind is not FactKind.LINK],
    }  # fmt: skip
