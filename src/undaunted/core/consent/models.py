"""The ledger of consent and the outbox of its news."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from undaunted.core.access.models import Protected
from undaunted.core.access.rules import NO_PERSONAL_DATA, PersonalData

__all__ = [
    "Attempt",
    "Grant",
    "HolderKey",
    "LedgerHead",
    "News",
    "Objection",
    "Receipt",
    "Withdrawal",
]


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
    fingerprints = ArrayField(
        models.CharField(max_length=80),
        default=list,
        help_text="Keys of the partners that the audience was shown to be; none: any of that name.",
    )
    level = models.CharField(max_length=16)
    field_groups = ArrayField(models.CharField(max_length=24))
    basis = models.CharField(max_length=24)
    relation = models.CharField(max_length=40, blank=True)
    how = models.CharField(max_length=80)
    evidence_document = models.UUIDField(null=True)
    mandate_document = models.UUIDField(
        null=True, help_text="What shows that the proxy may speak for the person."
    )
    mandate_until = models.DateField(null=True, help_text="The day the proxy's mandate is over.")
    pack = models.CharField(max_length=40, blank=True, help_text="Model text that was shown.")
    pack_version = models.CharField(max_length=12, blank=True)
    language = models.CharField(max_length=12, blank=True, help_text="Language of that text.")
    text_hash = models.CharField(max_length=64, blank=True, help_text="SHA-256 of its words.")
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


class Objection(models.Model):
    """Somebody asked to be left out, of everything or of one purpose or audience."""

    personal_data = PersonalData(
        holds="that somebody (by opaque id) asked to be left out, and on which day",
        about="people documented on the platform, and people who hold a receipt",
        why="the public record and earlier agreements stay closed",
        kept="for ever: it is what keeps the record closed",
    )
    consent_subject = "subject"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.UUIDField(db_index=True)
    purpose = models.CharField(max_length=40, blank=True)
    audience = models.CharField(max_length=80, blank=True)
    made_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)

    def __str__(self) -> str:
        return f"{self.subject} {self.purpose or 'everything'}"


class HolderKey(models.Model):
    """Under which receipt an agreement can be withdrawn without an account."""

    personal_data = PersonalData(
        holds="the digest of a receipt beside an agreement",
        about="people who agreed and hold a receipt",
        why="they withdraw by themselves, without asking anybody",
        kept="as the agreement",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    grant = models.ForeignKey(Grant, models.CASCADE, related_name="keys")
    lookup = models.BinaryField(max_length=32)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["lookup", "grant"], name="one_key_per_grant"),
        ]

    def __str__(self) -> str:
        return str(self.grant_id)


class Withdrawal(models.Model):
    """What the ledger outside the database must hold; numbered once the disk has it."""

    personal_data = NO_PERSONAL_DATA

    id = models.UUIDField(primary_key=True, editable=False)
    kind = models.CharField(max_length=12)
    subject = models.UUIDField(null=True)
    purpose = models.CharField(max_length=40, blank=True)
    audience = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField()
    number = models.BigIntegerField(null=True, unique=True)
    hash = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["at", "id"],
                name="withdrawals_unwritten",
                condition=models.Q(number__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class LedgerHead(models.Model):
    """Which installation this is, and how far its ledger of withdrawals was seen written."""

    personal_data = NO_PERSONAL_DATA
    reference = True

    id = models.PositiveSmallIntegerField(primary_key=True)
    instance = models.UUIDField()
    number = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.instance} {self.number}"
