"""The editorial texts of the annual report, version by version."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from undaunted.core.access.models import Protected
from undaunted.core.access.rules import PersonalData
from undaunted.prisoners.report.rules.texts import Kept, State

__all__ = ["TextVersion"]

_OPEN = (State.WAITING, State.REVIEWED)


class TextVersion(Protected):
    """One text of a chapter in a language, as somebody wrote it; its words never change."""

    personal_data = PersonalData(
        holds="who wrote, reviewed and signed a text, by opaque id; whom its words name",
        about="people who work with the platform, people who are held",
        why="whoever signs a text has not written it; the report prints it",
        kept="while the text is kept; its words until somebody in them may be named no more",
    )
    consent_subject = "names"

    year = models.PositiveSmallIntegerField(help_text="Of the report.")
    chapter = models.CharField(max_length=24)
    language = models.CharField(max_length=12)
    number = models.PositiveIntegerField()
    body = models.TextField()
    names = ArrayField(models.UUIDField(), default=list, help_text="Everybody whom its words name.")
    digest = models.CharField(max_length=64)
    typed = models.JSONField(default=list, help_text="Numbers typed by hand, with their places.")
    translates = models.PositiveIntegerField(null=True, help_text="Number of the English version.")
    state = models.CharField(
        max_length=12, default=State.DRAFT, choices=[(each.value, each.value) for each in State]
    )
    written_by = models.UUIDField()
    written_at = models.DateTimeField()
    proposed_at = models.DateTimeField(null=True)
    reviewed_by = models.UUIDField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    signed_by = models.UUIDField(null=True)
    signed_at = models.DateTimeField(null=True)
    accepted = models.JSONField(default=dict, help_text="Place of a typed number → reason.")
    closed_by = models.UUIDField(null=True, help_text="Who declined or withdrew it.")
    closed_at = models.DateTimeField(null=True)
    why = models.TextField(blank=True, help_text="What whoever closed it said.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["holder", "year", "chapter", "language", "number"],
                name="one_text_a_number",
            ),
            models.UniqueConstraint(
                fields=["holder", "year", "chapter", "language"],
                condition=models.Q(state__in=_OPEN),
                name="one_text_waits",
            ),
            models.CheckConstraint(
                condition=models.Q(reviewed_by__isnull=True)
                | ~models.Q(reviewed_by=models.F("written_by")),
                name="another_reviews_a_text",
            ),
            models.CheckConstraint(
                condition=models.Q(signed_by__isnull=True)
                | ~models.Q(signed_by=models.F("written_by")),
                name="another_signs_a_text",
            ),
            models.CheckConstraint(
                condition=models.Q(language="en", translates__isnull=True)
                | (~models.Q(language="en") & models.Q(translates__isnull=False)),
                name="translations_name_their_original",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.chapter} {self.language} {self.number}"

    @property
    def kept(self) -> Kept:
        """Give what the rules need to know of it."""
        return Kept(self.number, State(self.state), self.translates)
