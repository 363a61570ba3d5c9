"""Sources of one paper by number, each told as far as it may be told to who reads it.

A number is given where a source is first cited, so that a paper is composed alike each time. What
names somebody who suffered it stays out: an address often does.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from undaunted.core.evidence.queries import (
    documents_for,
    documents_of,
    ever_redacted,
    is_withdrawn,
)
from undaunted.core.sharing.queries import received_subjects
from undaunted.repression.dossiers.rules import (
    EvidenceTold,
    SourceTold,
    is_published,
    names_in,
    open_address,
    surnames_in,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from uuid import UUID

    from undaunted.core.access.rules import Actor
    from undaunted.core.evidence.queries import Citation
    from undaunted.repression.dossiers.analysis.gathering import Cited

__all__ = ["Citing"]


class Citing:
    """Gives what each part of a paper rests on, and keeps which sources that were."""

    def __init__(self, actor: Actor, annexes: Mapping[UUID, int], names: Collection[str]) -> None:
        """Begin with no source; `annexes` are the numbers of what goes along, by document."""
        self._actor, self._annexes, self._names = actor, annexes, names
        self._told: dict[UUID, SourceTold] = {}
        self._open: dict[UUID, bool] = {}
        self._cited: defaultdict[UUID, set[UUID]] = defaultdict(set)

    def evidence(self, line: Cited) -> tuple[EvidenceTold, ...]:
        """Give what a part rests on, each source with its number in this paper."""
        return tuple(self._evidence(each) for each in line.citations)

    def sources(self) -> tuple[SourceTold, ...]:
        """Give every source that was cited, by number, with the digests of its files."""
        held = self._documents()
        return tuple(
            replace(told, digests=tuple(held[pk]) if self._open[pk] else ())
            for pk, told in self._told.items()
        )

    def _evidence(self, citation: Citation) -> EvidenceTold:
        source, document = citation.source, citation.document_id
        if document:
            self._cited[source.pk].add(document)
        if source.pk not in self._told:
            self._open[source.pk] = self._is_published(citation)
            self._told[source.pk] = self._source(citation, len(self._told) + 1)
        told = self._told[source.pk]
        annex = self._annexes.get(document, 0) if document else 0
        if annex and annex not in told.annexes:
            self._told[source.pk] = replace(told, annexes=(*told.annexes, annex))
        grade = f"{citation.reliability}{citation.credibility}"
        return EvidenceTold(told.title, grade, citation.locator, annex, told.number)

    def _source(self, citation: Citation, number: int) -> SourceTold:
        source = citation.source
        kind = source.kind.replace("_", " ")
        if not self._open[source.pk]:
            # a partner's name and marking are the title of what was received
            received = received_subjects(self._actor).filter(subject=source.pk).exists()
            return SourceTold(number, kind if received else source.title or kind)
        publisher = self._quiet(source.publisher)
        return SourceTold(
            number,
            source.title or publisher or kind,
            publisher=publisher if source.title else "",
            published=source.published,
            address=self._quiet(open_address(source.url or source.archived_url)),
        )

    def _is_published(self, citation: Citation) -> bool:
        source = citation.source
        held = documents_of(self._actor, [source.pk])
        sealed = any(each.team is not None for each in held)
        return is_published(source.kind, public=source.public, sealed=sealed)

    def _quiet(self, text: str) -> str:
        """Give a text that names nobody who suffered it; nothing in its place."""
        named = names_in(text, self._names) or any(surnames_in(text, self._names, frozenset()))
        return "" if named else text

    def _documents(self) -> Mapping[UUID, list[str]]:
        """Give by source the digests of cited files that lie open, nothing of which was ever black.

        A copy may be out there that was withdrawn since: words under its bars could be tried.
        """
        wanted = {one for several in self._cited.values() for one in several}
        found: defaultdict[UUID, list[str]] = defaultdict(list)
        for each in documents_for(self._actor).filter(pk__in=wanted).order_by("sha256"):
            black = ever_redacted(self._actor, each)
            gone = is_withdrawn(self._actor, each)
            if each.team is None and not black and not gone:
                found[each.source_id].append(each.sha256)
        return found
