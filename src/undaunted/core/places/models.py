"""Named places below the level of a country: facilities, towns."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from undaunted.core.access.rules import NO_PERSONAL_DATA

__all__ = ["Place"]


class Place(models.Model):
    """A town or a facility that records point to."""

    personal_data = NO_PERSONAL_DATA

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=16)
    name = models.CharField(max_length=200)
    country = models.CharField(max_length=4)
    admin1 = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["country", "kind", "admin1", "name"], name="one_place_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name
