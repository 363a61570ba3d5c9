"""Assessments under rule packs: findings per criterion, dissent; the outcome is computed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from undaunted.core.access.models import Protected
from undaunted.core.access.rules import PersonalData

__all__ = ["Assessment", "Dissent", "FindingRow"]

_DATA = PersonalData(
    holds="whether facts of a case meet the criteria of a standard, with reasons",
    about="people documented on the platform",
    why="recognition must give its reasons",
    kept="with the case",
)


class Assessment(Protected):
    """One reading of one subject under one version of one pack."""

    personal_data = _DATA

    subject_kind = models.CharField(max_length=24)
    subject_id = models.UUIDField()
    pack = models.CharField(max_length=40)
    pack_version = models.CharField(max_length=16)
    made_on = models.DateField()
    assessor = models.UUIDField()
    recorded_from = models.DateTimeField()
    recorded_to = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["subject_kind", "subject_id"])]

    def __str__(self) -> str:
        return f"{self.pack} {self.pack_version} {self.subject_id}"


class FindingRow(Protected):
    """Met, not met or unclear: one criterion, with its reasons."""

    personal_data = _DATA

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="findings")
    criterion = models.CharField(max_length=40)
    value = models.CharField(max_length=8)
    reasons = models.TextField(blank=True)
    reasons_public = models.BooleanField(default=False)
    sources = models.JSONField(default=list, help_text="Ids of sources.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["assessment", "criterion"], name="one_finding_per_criterion"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion} {self.value}"


class Dissent(Protected):
    """Somebody who read the same facts otherwise, and why."""

    personal_data = _DATA

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="dissents")
    by = models.UUIDField()
    at = models.DateTimeField()
    text = models.TextField()

    def __str__(self) -> str:
        return str(self.id)
