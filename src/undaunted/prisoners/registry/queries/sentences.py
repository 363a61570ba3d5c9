"""How many people were sentenced in each year, as far as the actor may read the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Q
from django.db.models.functions import ExtractYear

from undaunted.core.access.queries import seen_by
from undaunted.core.events.models import Act
from undaunted.core.events.rules import ActFamily
from undaunted.prisoners.registry.queries.records import cases_for
from undaunted.prisoners.registry.rules.import_rows import SentenceKind

if TYPE_CHECKING:
    from uuid import UUID

    from undaunted.core.access.rules import Actor

__all__ = ["SentenceYear", "Sentences", "sentences_by_year"]


@dataclass(frozen=True, slots=True)
class SentenceYear:
    """What was pronounced in one year; whoever was sentenced twice is one person."""

    year: int
    persons: int
    sentences: int
    death: int
    life: int


@dataclass(frozen=True, slots=True)
class Sentences:
    """Years with a sentence, in order, and sentences whose year is not certain."""

    years: tuple[SentenceYear, ...]
    undated: int

    @property
    def peaks(self) -> tuple[SentenceYear, ...]:
        """Give the years with most people first, and the earlier of two alike."""
        return tuple(sorted(self.years, key=lambda each: (-each.persons, each.year)))

    def as_json(self) -> dict[str, Any]:
        """Give plain values."""
        years = [
            {"year": each.year, "persons": each.persons, "sentences": each.sentences,
             "death": each.death, "life": each.life}
            for each in self.years
        ]  # fmt: skip
        return {"years": years, "undated": self.undated}


def sentences_by_year(
    actor: Actor, *, country: str = "", source_list: UUID | None = None
) -> Sentences:
    """Count people and sentences by year of sentence, over published and unpublished records.

    Records that were judged to be one person count once in a year. A year counts where first and
    last possible day lie in it; every other sentence is told as undated.
    """
    cases = cases_for(actor, country=country, source_list=source_list).order_by().values("pk")
    held = seen_by(
        actor,
        Act.objects.filter(
            category=ActFamily.SENTENCE.value, recorded_to__isnull=True, victim__in=cases
        ),
    )
    certain = Q(start_earliest__isnull=False, start_latest__isnull=False) & Q(
        start_earliest__year=ExtractYear(F("start_latest"))
    )
    rows = (
        held.filter(certain)
        .annotate(year=ExtractYear("start_earliest"))
        .values("year")
        .annotate(
            persons=Count("victim__canonical", distinct=True),
            sentences=Count("pk"),
            death=Count("pk", filter=Q(sentence_kind=SentenceKind.DEATH.value)),
            life=Count("pk", filter=Q(sentence_kind=SentenceKind.LIFE.value)),
        )
        .order_by("year")
    )
    years = tuple(SentenceYear(**row) for row in rows)
    return Sentences(years, held.count() - sum(each.sentences for each in years))
