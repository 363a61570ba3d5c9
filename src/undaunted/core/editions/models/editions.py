"""A frozen publication, its files, and everybody whom it shows."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from undaunted.core.access.models import Protected
from undaunted.core.access.rules import NO_PERSONAL_DATA, PersonalData

__all__ = ["Edition", "EditionFile", "EditionSubject"]


class Edition(Protected):
    """One edition n.m of a series: where it was frozen, who built, proposed and published it."""

    personal_data = NO_PERSONAL_DATA

    kind = models.CharField(max_length=48)
    series = models.CharField(max_length=200, help_text="Editions that are numbered together.")
    number = models.PositiveIntegerField()
    revision = models.PositiveIntegerField(default=0, help_text="Above 0: replaces another.")
    title = models.CharField(max_length=400)
    parameters = models.JSONField(default=dict)
    purpose = models.CharField(max_length=40, help_text="Of consent: what its subjects agreed to.")
    as_of = models.DateField()
    known_at = models.DateTimeField()
    withdrawals = models.BigIntegerField(help_text="Number of the last withdrawal that was heard.")
    languages = ArrayField(models.CharField(max_length=12))
    embargo_until = models.DateTimeField(null=True)
    figures = models.JSONField(default=dict, help_text="Key → number, for the next edition.")
    revised = models.JSONField(default=list, help_text="Key, number before, number now.")
    manifest = models.BinaryField(null=True)
    signature = models.BinaryField(null=True, max_length=64)
    signing_key = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=12, default="draft")
    built_by = models.UUIDField(null=True)
    built_at = models.DateTimeField(null=True)
    proposed_by = models.UUIDField(null=True)
    proposed_at = models.DateTimeField(null=True)
    published_by = models.UUIDField(null=True)
    published_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=16, blank=True, help_text="Why it was withdrawn.")
    previous = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="next_ones", help_text="Compared with."
    )
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["holder", "series", "number", "revision"], name="one_edition_a_number"
            ),
            models.CheckConstraint(
                condition=models.Q(published_by__isnull=True)
                | ~models.Q(published_by=models.F("proposed_by")),
                name="two_people_publish_an_edition",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["known_at"],
                name="editions_to_build",
                condition=models.Q(built_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.label}"

    @property
    def label(self) -> str:
        """The number as it is written: `3.1`."""
        return f"{self.number}.{self.revision}"


class EditionFile(Protected):
    """One file. Once its edition is withdrawn the bytes are gone, and their checksum stays."""

    personal_data = PersonalData(
        holds="a publication, which may name people",
        about="people who agreed to be published",
        why="an edition is kept as it was published",
        kept="until somebody in it withdraws; then destroyed, the checksum stays",
    )

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="files")
    name = models.CharField(max_length=160)
    language = models.CharField(max_length=12, blank=True)
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "name"], name="one_file_of_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class EditionSubject(Protected):
    """Somebody whom an edition shows: their withdrawal withdraws it."""

    personal_data = PersonalData(
        holds="that an edition shows somebody (by opaque id)",
        about="people who agreed to be published",
        why="a withdrawal must find every edition they appear in",
        kept="as long as the bytes of the edition",
    )
    consent_subject = "subject"

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="subjects")
    subject = models.UUIDField(db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "subject"], name="once_in_an_edition"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} in {self.edition_id}"
