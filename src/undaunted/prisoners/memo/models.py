"""Memos that were built, their files, whom they show, and the texts a desk writes for them."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from undaunted.core.access.models import Protected
from undaunted.core.access.rules import PersonalData

__all__ = ["Memo", "MemoFile", "MemoSubject", "MemoText"]


class Memo(Protected):
    """One memo that was built: about what, for which meeting, in which variant, by whom."""

    personal_data = PersonalData(
        holds="the name or office of an official whom somebody meets",
        about="counterparts in meetings",
        why="a memo is written for a meeting",
        kept="in the list of memos, as proof of what was built; its files go when it ends",
    )

    country = models.CharField(max_length=4, blank=True, help_text="Empty: the world.")
    counterpart = models.CharField(max_length=160, blank=True)
    meets_on = models.DateField()
    as_of = models.DateField()
    known_at = models.DateTimeField()
    language = models.CharField(max_length=12)
    variant = models.CharField(max_length=12)
    pages = models.PositiveSmallIntegerField()
    reader = models.CharField(max_length=80, help_text="As whom consent counts its readers.")
    conditions = ArrayField(models.CharField(max_length=32), default=list)
    only_for = ArrayField(
        models.UUIDField(),
        default=list,
        help_text="Who alone reads it, where it holds what is RED.",
    )
    title = models.CharField(max_length=300)
    left_out = models.CharField(max_length=600, blank=True)
    state = models.CharField(max_length=12, default="kept")
    why = models.CharField(max_length=16, blank=True, help_text="Why its files were destroyed.")
    ended_at = models.DateTimeField(null=True)
    built_by = models.UUIDField()
    built_at = models.DateTimeField()
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaced_by")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["holder", "built_at"], name="memos_built")]

    def __str__(self) -> str:
        return self.title


class MemoFile(Protected):
    """One file of a memo. Once somebody in it withdraws, its bytes are destroyed."""

    personal_data = PersonalData(
        holds="a memo, which may name people who are held",
        about="people who agreed to be named in memos to such readers",
        why="it is read before a meeting",
        kept="until somebody in it withdraws or the desk ends it; the checksum stays",
    )

    memo = models.ForeignKey(Memo, models.CASCADE, related_name="files")
    name = models.CharField(max_length=160)
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField(null=True)
    only_for = ArrayField(models.UUIDField(), default=list)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["memo", "name"], name="one_file_of_a_memo"),
        ]

    def __str__(self) -> str:
        return self.name


class MemoSubject(Protected):
    """That a memo shows somebody, by opaque id."""

    personal_data = PersonalData(
        holds="that a memo shows somebody, by opaque id",
        about="people who are held",
        why="whoever withdraws is in no memo any more",
        kept="as the memo; gone when it ends",
    )
    consent_subject = "subject"

    memo = models.ForeignKey(Memo, models.CASCADE, related_name="subjects")
    subject = models.UUIDField(db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["memo", "subject"], name="one_subject_of_a_memo"),
        ]

    def __str__(self) -> str:
        return f"{self.memo_id} {self.subject}"


class MemoText(Protected):
    """An ask, a talking point or a red line about a country, or an ask about one case."""

    personal_data = PersonalData(
        holds="what a desk wants to say about a case, which may name the person",
        about="people who are held",
        why="memos print it",
        kept="until withdrawn; what is about somebody or names them, until their consent ends",
    )
    consent_subject = "subject"

    country = models.CharField(max_length=4)
    kind = models.CharField(max_length=16)
    language = models.CharField(max_length=12)
    body = models.CharField(max_length=280)
    subject = models.UUIDField(null=True, db_index=True, help_text="The case an ask is about.")
    names = ArrayField(models.UUIDField(), default=list, help_text="Everybody whom its words name.")
    state = models.CharField(max_length=12, default="written")
    written_by = models.UUIDField()
    written_at = models.DateTimeField()
    accepted_by = models.UUIDField(null=True)
    accepted_at = models.DateTimeField(null=True)
    confirmed_on = models.DateField()
    confirmed_by = models.UUIDField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["holder", "country"],
                name="memo_texts_in_force",
                condition=models.Q(withdrawn_at__isnull=True),
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(accepted_by__isnull=True)
                | ~models.Q(accepted_by=models.F("written_by")),
                name="two_people_accept_a_text",
            ),
        ]

    def __str__(self) -> str:
        return self.body
