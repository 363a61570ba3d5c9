"""Files of flows that an organisation keeps, to test the products of any country again."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from undaunted.core.access.models import Protected
from undaunted.core.access.rules import PersonalData

__all__ = ["FlowFile"]


class FlowFile(Protected):
    """One file of BACI, Comtrade or months as it was brought; it never changes, it is discarded."""

    personal_data = PersonalData(
        holds="who brought it, by opaque id",
        about="people who work with the platform",
        why="a wrong file is traced to where it came from",
        kept="until the file is discarded",
    )

    name = models.CharField(max_length=160)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    content = models.BinaryField()
    layout = models.CharField(max_length=12)
    years = ArrayField(models.SmallIntegerField())
    rows = models.PositiveIntegerField(help_text="Flows that were taken.")
    said = ArrayField(models.TextField(), default=list, help_text="What was left out or repaired.")
    kept_at = models.DateTimeField()
    kept_by = models.UUIDField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["holder", "name"], name="one_flow_file_of_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
