"""The ledger of consent and the outbox of its news."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from undaunted.core.access.models import Protected
from undaunted.core.access.rules import NO_PERSONAL_DATA, PersonalData

__all__ = ["Attempt", "Grant", "News", "Receipt"]


class Grant(Protected):
    """One agreement: purpose, audience, identity level, field groups; by whom, how, until when."""

    personal_data = PersonalData(
        holds="that somebody (by opaque id) agreed to a use, through whom and how",
        about="people documented on the platform",
        why="nothing is shown or exported without it (rule H1)",
        kept="while the subject's record is kept; a revoked grant stays as proof of revocation",
    )
    consent_subject = "subject"

    subject = models.UUIDField(db_index=True)
    purpose = models.CharField(max_length=40)
    audience = models.CharField(max_length=80)
    level = models.CharField(max_length=16)
    field_groups = ArrayField(models.CharField(max_length=24))
    basis = models.CharField(max_length=24)
    relation = models.CharField(max_length=40, blank=True)
    how = models.CharField(max_length=80)
    evidence_document = models.UUIDField(null=True)
    given_on = models.DateField()
    until = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.UUIDField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["subject", "purpose", "audience"])]

    def __str__(self) -> str:
        return f"{self.purpose} → {self.audience} ({self.level})"


class News(models.Model):
    """Outbox: something happened to a subject that whoever holds affected things must learn."""

    personal_data = NO_PERSONAL_DATA

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=16)
    subject = models.UUIDField()
    at = models.DateTimeField()
    detail = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class Receipt(models.Model):
    """Proof that one holder has dealt with one piece of news."""

    personal_data = NO_PERSONAL_DATA

    news = models.ForeignKey(News, models.CASCADE, related_name="receipts")
    handler = models.CharField(max_length=80)
    at = models.DateTimeField()
    done = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["news", "handler"], name="one_receipt_per_handler"),
        ]

    def __str__(self) -> str:
        return f"{self.handler} {self.news_id}"


class Attempt(models.Model):
    """How often one holder failed to deal with one piece of news, and when it is asked again."""

    personal_data = NO_PERSONAL_DATA

    news = models.ForeignKey(News, models.CASCADE, related_name="attempts")
    handler = models.CharField(max_length=80)
    tries = models.IntegerField()
    tried_at = models.DateTimeField()
    next_at = models.DateTimeField()
    problem = models.CharField(max_length=80, help_text="Class of the error, never its words.")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["news", "handler"], name="one_attempt_per_handler"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_at"],
                name="news_that_waits",
                condition=models.Q(settled_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.handler} {self.news_id} {self.tries}"
