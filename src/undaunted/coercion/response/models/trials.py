"""A trigger that was tried on an episode: what was found, and whether it was met."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from undaunted.coercion.response.models.compacts import HANDS, Compact, Episode, Keepable

__all__ = ["Trial"]


class Trial(Keepable):
    """One test of a trigger; added, never changed, and read by the government that made it alone.

    Of one that was met the reasons stand in the invocation, where members read them; of any other
    they are what its government keeps. The assessment is that of `core/standards`.
    """

    personal_data = HANDS

    compact = models.ForeignKey(Compact, models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, models.PROTECT, related_name="trials")
    assessment = models.UUIDField()
    pack = models.CharField(max_length=60)
    findings = models.JSONField(help_text="Criterion to met, not met or unclear.")
    outcome = models.CharField(max_length=60)
    turns_on = models.JSONField(default=list, help_text="Criteria that decide it.")
    met = models.BooleanField()

    class Meta:
        ordering: ClassVar = ["-recorded_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(met=False) | models.Q(envelope__isnull=True),
                name="what_members_read_is_not_kept",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pack} {self.outcome}"
