"""Sources that a request names: recorded before, with a grade for what they carry."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import Field

from undaunted.core.access.rules import Actor
from undaunted.core.evidence.models import Source
from undaunted.core.evidence.queries import sources_for
from undaunted.core.evidence.rules import Grade, GradeUnreadable
from undaunted.prisoners.registry.api.checks import Word
from undaunted.site.problems import Unusable

__all__ = ["SourceRef", "Sourced", "sources_given"]


class SourceRef(Schema):
    """A recorded source and its grade, such as B2."""

    source: UUID
    grade: Word = "F6"


class Sourced(Schema):
    """A claim comes with its sources."""

    sources: Annotated[list[SourceRef], Field(min_length=1, max_length=20)]


def sources_given(actor: Actor, given: list[SourceRef]) -> list[tuple[Source, Grade]]:
    """Give the sources with their grades. Raises `Unusable` for one that is not there."""
    held = {one.pk: one for one in sources_for(actor).filter(pk__in=[g.source for g in given])}
    told = []
    for number, one in enumerate(given):
        if one.source not in held:
            raise Unusable(f"sources/{number}/source", "no such source", body=True)
        try:
            told.append((held[one.source], Grade.parse(one.grade)))
        except GradeUnreadable as refusal:
            raise Unusable(f"sources/{number}/grade", str(refusal), body=True) from None
    return told
