"""Sources, documents, custody, and citations that carry single claims."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from undaunted.core.access.models import Protected
from undaunted.core.access.rules import PersonalData

__all__ = [
    "Citation",
    "CleanCopy",
    "CustodyEvent",
    "Document",
    "RedactedCopy",
    "Source",
    "Timestamp",
]

_DATA = PersonalData(
    holds="where a claim comes from: publisher, title, address, file digest, grade",
    about="people documented on the platform, and sources who are quoted in public",
    why="every claim must be traceable to its source",
    kept="until the purpose of the record ends (rule H9)",
)
_CODE = "Code of the application for the row; emptied once it was asked."


class Source(Protected):
    """Something published or received that supports claims."""

    personal_data = _DATA

    kind = models.CharField(max_length=24)
    publisher = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=400, blank=True)
    language = models.CharField(max_length=12, blank=True)
    url = models.CharField(max_length=1000, blank=True)
    published = models.CharField(max_length=40, blank=True, help_text="EDTF")
    archived_url = models.CharField(max_length=1000, blank=True)
    archived_at = models.DateTimeField(null=True)
    public = models.BooleanField(default=False, help_text="May be shown beside public claims.")
    origin = models.UUIDField(null=True, db_index=True, help_text="Import batch that made it.")
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.title or self.url or str(self.id)


class Document(Protected):
    """A file, addressed by the SHA-256 of its content."""

    personal_data = _DATA

    source = models.ForeignKey(Source, models.CASCADE, related_name="documents")
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=100)
    team = models.UUIDField(
        null=True, help_text="Team to which the original is sealed; empty where it lies open."
    )
    recorded_at = models.DateTimeField()
    vouched = models.BinaryField(max_length=32, null=True, help_text=_CODE)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["holder", "sha256"], name="one_blob_per_holder"),
        ]

    def __str__(self) -> str:
        return self.sha256


class CustodyEvent(Protected):
    """One step in a document's life: received, hashed, copied, shown, handed over."""

    personal_data = _DATA

    document = models.ForeignKey(Document, models.CASCADE, related_name="custody")
    kind = models.CharField(max_length=24)
    at = models.DateTimeField()
    by = models.UUIDField()
    note = models.CharField(max_length=400, blank=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"


class CleanCopy(Protected):
    """What may be shown of a document: a clean copy, or the reason why there is none."""

    personal_data = _DATA

    document = models.OneToOneField(Document, models.CASCADE, related_name="clean_copy")
    sha256 = models.CharField(max_length=64, blank=True, help_text="Empty where there is no copy.")
    size = models.BigIntegerField(default=0)
    media_type = models.CharField(max_length=100, blank=True)
    removed = ArrayField(models.CharField(max_length=40), default=list)
    kept = ArrayField(models.CharField(max_length=40), default=list)
    refused = models.CharField(max_length=24, blank=True)
    made_at = models.DateTimeField()
    vouched = models.BinaryField(max_length=32, null=True, help_text=_CODE)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(sha256="") ^ models.Q(refused=""), name="copy_or_refusal"
            ),
        ]

    def __str__(self) -> str:
        return self.refused or self.sha256


class RedactedCopy(Protected):
    """A copy of a clean copy in which something is black; never what, only how much and why."""

    personal_data = PersonalData(
        holds="a document without what was taken out of it, by whom, how much and on which ground",
        about="people documented on the platform, and colleagues who made the copy",
        why="evidence is handed out without those who did not agree to be in it",
        kept="as the document it was made of; gone where that is sealed",
    )

    document = models.ForeignKey(
        Document, models.CASCADE, related_name="redacted_copies", db_constraint=False
    )
    of_sha256 = models.CharField(max_length=64, help_text="Digest of the clean copy.")
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=100)
    ground = models.CharField(max_length=24)
    passages = models.PositiveSmallIntegerField(help_text="How many, not which.")
    boxes = models.PositiveSmallIntegerField()
    places = models.PositiveIntegerField(help_text="How many places are black.")
    kept = ArrayField(models.CharField(max_length=40), default=list)
    unsearched = ArrayField(
        models.PositiveSmallIntegerField(),
        default=list,
        help_text="Pages that are or hold pictures, whose words were not searched.",
    )
    of_sealed = models.BooleanField(
        default=False, help_text="Made of a sealed document by whoever said that it may lie open."
    )
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    withdrawn_by = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    vouched = models.BinaryField(max_length=32, null=True, help_text=_CODE)

    def __str__(self) -> str:
        return self.sha256


class Timestamp(Protected):
    """A stamp of an outside authority: this digest existed before that moment (RFC 3161)."""

    personal_data = _DATA

    document = models.ForeignKey(Document, models.CASCADE, related_name="stamps")
    token = models.BinaryField()
    stamped_at = models.DateTimeField()
    authority = models.CharField(max_length=400)
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.stamped_at:%Y-%m-%d} {self.authority}"


class Citation(Protected):
    """A source carrying one claim of one record, with its Admiralty grade."""

    personal_data = _DATA

    source = models.ForeignKey(Source, models.CASCADE, related_name="citations")
    document = models.ForeignKey(Document, models.SET_NULL, null=True)
    subject_kind = models.CharField(max_length=24)
    subject_id = models.UUIDField()
    claim = models.CharField(max_length=40, blank=True, help_text="Field; empty = whole record.")
    reliability = models.CharField(max_length=1, default="F")
    credibility = models.CharField(max_length=1, default="6")
    locator = models.CharField(max_length=200, blank=True)
    origin = models.UUIDField(null=True, db_index=True)
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["subject_kind", "subject_id"])]

    def __str__(self) -> str:
        return f"{self.subject_kind}:{self.claim} {self.reliability}{self.credibility}"
