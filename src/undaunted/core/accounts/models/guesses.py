"""How often somebody tried in vain, and which code of an authenticator app was used last.

Both are kept by functions of the database (migration 0005); no serving role reads or writes them.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from undaunted.core.access.rules import PersonalData

__all__ = ["SpentStep", "Tries"]


class Tries(models.Model):
    """Wrong tries at one door in one name; the bucket is a code made with the binding key."""

    personal_data = PersonalData(
        holds="a code that stands for a name that was tried, how often, when; no address, no name",
        about="people who work with the platform, and names that do not exist",
        why="guesses are slowed for each account, the same for every name",
        kept="an hour after the last try; a day where it was slowed",
    )

    bucket = models.CharField(max_length=64, primary_key=True)
    wrong = models.IntegerField()
    next_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["seen_at"], condition=models.Q(wrong__lt=5), name="tries_short"),
            models.Index(fields=["seen_at"], condition=models.Q(wrong__gte=5), name="tries_long"),
        ]

    def __str__(self) -> str:
        return f"{self.wrong}"


class SpentStep(models.Model):
    """The newest time step whose code an authenticator app has proved (RFC 6238 §5.2)."""

    personal_data = PersonalData(
        holds="a number of 30-second steps",
        about="people who work with the platform",
        why="a code that somebody saw or caught does not work again",
        kept="as long as the authenticator app is set up",
    )

    authenticator_id = models.BigIntegerField(primary_key=True)
    """The database removes the row with its authenticator: the desk's role sees none of these."""
    step = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.step}"
