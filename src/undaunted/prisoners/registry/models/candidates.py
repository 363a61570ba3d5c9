"""Pairs of records that may be one person, as they were found last, and when that was."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar, Final

from django.db import models
from django.utils import timezone

from undaunted.core.access.models import Protected
from undaunted.core.access.rules import NO_PERSONAL_DATA, PersonalData

__all__ = ["Candidate", "Comparison"]

LONGEST: Final = timedelta(days=1)
"""After it a comparison that told no end was broken off, and another can be asked for."""


class Comparison(Protected):
    """When the records that an organisation reads were last held against each other."""

    personal_data = NO_PERSONAL_DATA

    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    records = models.IntegerField(default=0)
    compared = models.IntegerField(default=0, help_text="Pairs that were looked at.")
    kept = models.IntegerField(default=0, help_text="Pairs that were kept as candidates.")
    origin = models.CharField(max_length=300, blank=True, help_text="Where weights come from.")
    failure = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["holder"], name="one_comparison_per_organisation"),
        ]

    def __str__(self) -> str:
        return f"{self.holder} {self.finished_at or self.asked_at}"

    @property
    def under_way(self) -> bool:
        """Whether it was asked for and has not ended; none goes on for longer than a day."""
        if self.failure or timezone.now() - self.asked_at > LONGEST:
            return False
        return self.finished_at is None or self.finished_at < self.asked_at


class Candidate(Protected):
    """Two records that may be one person: a question, answered by nobody yet or by a judgement."""

    personal_data = PersonalData(
        holds="which two records may be about one person, and what speaks for and against it",
        about="people deprived of liberty",
        why="a person compares them; finding them takes minutes where there are many records",
        kept="until records are compared anew",
    )

    left = models.ForeignKey("actors.Party", models.CASCADE, related_name="+")
    right = models.ForeignKey("actors.Party", models.CASCADE, related_name="+")
    score = models.FloatField(help_text="Likeness of the pair, not of a person.")
    before = models.FloatField(help_text="Bits before anything of the pair is compared.")
    bits = models.FloatField(help_text="Evidence: 1 doubles the odds that the two are one.")
    steps = models.JSONField(default=list, help_text="Field, level, bits and rarity of each step.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["holder", "left", "right"], name="one_candidate_per_pair"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["holder", "-bits"], name="candidate_likeliest")]

    def __str__(self) -> str:
        return f"{self.left_id} {self.right_id}"
