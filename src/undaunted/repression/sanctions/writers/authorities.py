"""The register as CSV and as plain values, and a test as plain values."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from undaunted.core.evidence.rules import harmless
from undaunted.repression.sanctions.rules import FacetKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undaunted.core.practices.rules import Source
    from undaunted.core.standards.rules import Pack
    from undaunted.repression.sanctions.rules import Authority, RegimeTest

__all__ = ["authorities_csv", "authority_told", "law_told_whole", "tested_told"]


def authority_told(authority: Authority) -> dict[str, Any]:
    """Give an authority for programs, with the sources and the mark of everything told."""
    return {
        "code": authority.code,
        "jurisdiction": authority.jurisdiction,
        "title": authority.title,
        "short": authority.short,
        "status": authority.status,
        "since": authority.since,
        "begun": authority.begun,
        "alone": authority.alone,
        "runs_until": authority.runs_until.isoformat() if authority.runs_until else "",
        "mark": authority.mark,
        "invented": authority.invented,
        "pack": authority.pack,
        "no_test": authority.no_test,
        "conduct": list(authority.conduct),
        "programmes": [
            {"list": each.source, "code": each.code, "exact": each.exact}
            for each in authority.listed_as
        ],
        "measures": [
            {
                "measure": each.measure,
                "clause": each.clause,
                "people": each.people,
                "mark": each.mark,
                "sources": [source.id for source in each.sources],
            }
            for each in authority.measures
        ],
        "told": {
            facet.kind.value: {
                "answer": facet.answer or "",
                "text": facet.text,
                "mark": facet.mark,
                "sources": [each.id for each in facet.sources],
            }
            for facet in authority.told.values()
        },
        "sources": [_source_told(each) for each in authority.sources],
    }


def law_told_whole(law: Pack) -> dict[str, Any]:
    """Give a rule pack for programs: what each element asks, and where it stands."""
    return {
        "reference": law.reference,
        "valid_from": law.valid_from.isoformat(),
        "valid_to": law.valid_to.isoformat() if law.valid_to else "",
        "citation": law.source.citation,
        "url": law.source.url,
        "status": law.source.status,
        "read_in": law.source.read_in,
        "facts": [
            {
                "id": each.id,
                "title": each.title,
                "clause": each.note,
                "text": each.text("en").text,
                "wording": each.text("en").wording,
                "status": each.text("en").status,
            }
            for each in law.criteria.values()
        ],
    }


def tested_told(test: RegimeTest) -> dict[str, Any]:
    """Give a test for programs. There is no number in it, and none may be made of it."""
    return {
        "authority": test.authority,
        "jurisdiction": test.jurisdiction,
        "on": test.on.isoformat(),
        "fit": test.fit,
        "law": test.law.reference if test.law else "",
        "why": test.why,
        "outside": list(test.outside),
        "elements": [
            {
                "code": each.code,
                "title": each.title,
                "state": each.state,
                "shown": list(each.shown),
                "clauses": [test.clause(fact) for fact in each.shown],
                "begun": list(each.begun),
                "wants": [list(way) for way in each.wants],
                "nearest": [list(way) for way in each.nearest],
                "ruled_out": each.ruled_out,
            }
            for each in test.elements
        ],
    }


def authorities_csv(chosen: Iterable[Authority]) -> str:
    """Give one row an authority and thing told, with its source, mark and day of reading."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow([
        "code", "jurisdiction", "title", "status", "since", "told", "answer", "text", "mark",
        "source", "publisher", "date", "url", "source_status", "read_on", "read_in",
        "begun", "alone",
    ])  # fmt: skip
    for each in chosen:
        head = [each.code, each.jurisdiction, each.title, each.status, each.since]
        for kind in FacetKind:
            facet = each.told.get(kind)
            if facet is None:
                none = [*head, kind, "", "", "not known", *[""] * 7, each.begun, each.alone]
                rows.writerow([harmless(str(cell)) for cell in none])
                continue
            for source in facet.sources:
                cells = [*head, kind, facet.answer or "", facet.text, facet.mark, source.title,
                         source.publisher, source.date, source.url, source.status, source.read_on,
                         source.read_in, each.begun, each.alone]  # fmt: skip
                rows.writerow([harmless(str(cell)) for cell in cells])
    return text.getvalue()


def _source_told(source: Source) -> dict[str, str]:
    return {
        "id": source.id,
        "title": source.title,
        "publisher": source.publisher,
        "date": source.date,
        "url": source.url,
        "status": source.status,
        "read_on": source.read_on,
        "read_in": source.read_in,
        "note": source.note,
    }
