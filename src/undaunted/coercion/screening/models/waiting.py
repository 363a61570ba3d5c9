"""Files that wait to be taken into a register or a case behind the desk; what became of each."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from undaunted.coercion.screening.models.assets import HOLDERS, RegisterImport
from undaunted.coercion.screening.models.cases import NAMES, OfCase
from undaunted.coercion.screening.models.evidence import Load
from undaunted.core.access.models import Protected

__all__ = ["EvidenceFile", "RegisterFile"]

STATES = [(each, each) for each in ("waiting", "taken", "refused")]


class RegisterFile(Protected):
    """A file as it was brought; once it was taken in, or refused, its bytes are kept no longer."""

    personal_data = HOLDERS

    kind = models.CharField(max_length=12, choices=[("assets", "assets"), ("holdings", "holdings")])
    name = models.CharField(max_length=160)
    content = models.BinaryField()
    size = models.PositiveIntegerField(help_text="Bytes.")
    asked = models.JSONField(default=dict, help_text="How it is read: mapping, format, the rest.")
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()
    state = models.CharField(max_length=12, choices=STATES, default="waiting")
    done_at = models.DateTimeField(null=True)
    problem = models.TextField(blank=True, help_text="Why it was refused, whole.")
    brought = models.ForeignKey(RegisterImport, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["-recorded_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state="waiting", done_at__isnull=True, brought__isnull=True)
                | models.Q(state="taken", done_at__isnull=False, brought__isnull=False)
                | models.Q(state="refused", done_at__isnull=False, brought__isnull=True),
                name="a_file_waits_or_is_done",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class EvidenceFile(OfCase):
    """A file of stakes as it was brought to a case; once it is done its bytes are kept no longer.

    `rows` and `flagged` are told as soon as it was read, before its stakes are written.
    """

    personal_data = NAMES

    name = models.CharField(max_length=200)
    content = models.BinaryField()
    size = models.PositiveIntegerField(help_text="Bytes.")
    asked = models.JSONField(default=dict, help_text="How it is read: source, format, the rest.")
    rows = models.PositiveIntegerField(null=True)
    flagged = models.PositiveIntegerField(null=True, help_text="What was found wrong with rows.")
    state = models.CharField(max_length=12, choices=STATES, default="waiting")
    done_at = models.DateTimeField(null=True)
    problem = models.TextField(blank=True, help_text="Why it was refused, whole.")
    load = models.ForeignKey(Load, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["-recorded_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state="waiting", done_at__isnull=True, load__isnull=True)
                | models.Q(state="taken", done_at__isnull=False, load__isnull=False)
                | models.Q(state="refused", done_at__isnull=False, load__isnull=True),
                name="evidence_waits_or_is_done",
            ),
        ]

    def __str__(self) -> str:
        return self.name
