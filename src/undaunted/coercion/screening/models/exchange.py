"""What goes to authorities on other installations by sealed packages, and what came from them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from undaunted.coercion.screening.models.cases import NAMES, Case
from undaunted.core.access.models import Protected

__all__ = ["Dispatch", "Received"]

KINDS = [("notice", "notice"), ("comment", "comment")]


class Received(Protected):
    """A notice or a comment that came in a package; given up when the package ends."""

    personal_data = NAMES

    kind = models.CharField(max_length=12, choices=KINDS)
    partner = models.CharField(max_length=160)
    package = models.UUIDField()
    tlp = models.CharField(max_length=16)
    pap = models.CharField(max_length=16)
    until = models.DateTimeField()
    content = models.JSONField()
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()
    given_up_at = models.DateTimeField(null=True)
    given_up_why = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering: ClassVar = ["-recorded_at", "id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.partner}"


class Dispatch(Protected):
    """A notice of a case, or a comment on one received: a copy, frozen as it was written down.

    It leaves by a package of `core/sharing`, which a second person seals.
    """

    personal_data = NAMES

    kind = models.CharField(max_length=12, choices=KINDS)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    about = models.ForeignKey(Received, models.PROTECT, null=True, related_name="comments")
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()

    class Meta:
        ordering: ClassVar = ["-recorded_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(case__isnull=True) ^ models.Q(about__isnull=True),
                name="a_dispatch_is_about_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return self.digest
