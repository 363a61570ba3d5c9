"""Notices of police organisations that an organisation works on; read by their holder alone."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from undaunted.core.access.models import Protected
from undaunted.core.access.rules import PersonalData
from undaunted.repression.coordination.rules import NoticeKind

__all__ = ["Notice"]


class Notice(Protected):
    """A notice: whom it names and what it says of who that is. Erased when it is given up."""

    personal_data = PersonalData(
        holds="names, births, nationalities and numbers of people whom a police notice names",
        about="people sought by states, often for what they say or believe",
        why="to ask whether somebody of a case file, or of a list, is meant",
        kept="until the holder erases it",
    )

    number = models.CharField(max_length=80)
    kind = models.CharField(max_length=16, choices=[(e.value, e.value) for e in NoticeKind])
    state = models.CharField(max_length=2, blank=True, help_text="Who asked for it.")
    told = models.JSONField(help_text="Names and facts; empty once it was erased.")
    source = models.CharField(max_length=400)
    file = models.CharField(max_length=80, blank=True, help_text="Mark of one's own file.")
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-recorded_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["holder", "number"],
                condition=models.Q(erased_at__isnull=True),
                name="a_notice_is_entered_once",
            ),
        ]

    def __str__(self) -> str:
        return self.number
