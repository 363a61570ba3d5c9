"""Submissions to governments, their files, whom they concern, and the annexes of a dossier."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from undaunted.core.access.models import Protected
from undaunted.core.access.rules import PersonalData
from undaunted.repression.dossiers.models.dossiers import Dossier
from undaunted.repression.dossiers.rules import FILES

__all__ = ["Annex", "AnnexLook", "Submission", "SubmissionFile", "SubmissionSubject"]


class Annex(Protected):
    """A document that goes with a dossier, and which of its people it shows."""

    personal_data = PersonalData(
        holds="which document goes along, and whom it shows, by opaque id",
        about="people who suffered a violation",
        why="a government asks for the evidence itself; nobody is in it without agreement",
        kept="as the dossier",
    )

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="annexes")
    document = models.UUIDField()
    title = models.CharField(max_length=200)
    number = models.PositiveSmallIntegerField()
    shows = ArrayField(models.UUIDField(), default=list, help_text="Whom it shows; none: nobody.")
    redacted = models.UUIDField(null=True, help_text="Redacted copy that goes in its place.")
    recorded_by = models.UUIDField()
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.title


class AnnexLook(Protected):
    """A second person's word that they looked at the file of an annex, of one digest."""

    personal_data = PersonalData(
        holds="which colleague looked at which file of an annex, by its digest, and when",
        about="colleagues who looked at it",
        why="words and faces in pictures are found by nobody but people; two answer for them",
        kept="as the annex; one that was wrong is withdrawn and stays as history",
    )

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="+")
    annex = models.ForeignKey(Annex, models.CASCADE, related_name="looks", db_constraint=False)
    sha256 = models.CharField(max_length=64, help_text="Of the file that was looked at.")
    recorded_by = models.UUIDField()
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.sha256


class Submission(Protected):
    """What was written for one government under one law, from the dossier as it stood."""

    personal_data = PersonalData(
        holds="which government was to read what dossier, who wrote and released it, words that "
        "are a surname by coincidence, a summary written for it",
        about="colleagues who wrote and released it",
        why="proof of what went where; what was withdrawn stays as a number without content",
        kept="as the dossier; its files go when somebody in it withdraws or the desk ends it",
    )

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="submissions")
    number = models.CharField(max_length=12)
    authority = models.CharField(max_length=40)
    jurisdiction = models.CharField(max_length=4)
    reader = models.CharField(max_length=80, help_text="As whom consent counts its readers.")
    recipient = models.CharField(max_length=200)
    partner = models.UUIDField(null=True, help_text="Partner whose key seals who the victims are.")
    key = models.CharField(max_length=80, blank=True, help_text="Public key that was typed.")
    people = ArrayField(models.UUIDField(), default=list, help_text="About whom, of the alleged.")
    language = models.CharField(max_length=12, default="en")
    watermark = models.CharField(max_length=32)
    coincidences = ArrayField(
        models.CharField(max_length=60),
        default=list,
        help_text="Words declared to be no victim's surname here.",
    )
    summary = models.TextField(
        blank=True, help_text="Written for it; empty where the dossier's went along, or it ended."
    )
    summed_up = models.BooleanField(default=False, help_text="Whether one was written for it.")
    neutral = models.BooleanField(
        default=False, help_text="Whether it was asked to go without the dossier's summary."
    )
    searches = models.JSONField(
        default=dict, help_text="By person, which versions of lists were searched, and when."
    )
    outcome = models.JSONField(default=list, help_text="What each element came to, per person.")
    digest = models.CharField(
        max_length=64,
        blank=True,
        default="",
        help_text="SHA-256 of what it tells; composed anew before release.",
    )
    made_in = models.BigIntegerField(
        default=0, help_text="Number of the transaction that wrote it; the database's."
    )
    looks = ArrayField(
        models.UUIDField(), default=list, help_text="By which its pictures were looked at."
    )
    annexes = ArrayField(
        models.UUIDField(),
        null=True,
        help_text="Which went along; null: written before it was kept.",
    )
    left_out = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=12, default="written")
    why = models.CharField(max_length=16, blank=True)
    written_by = models.UUIDField()
    written_at = models.DateTimeField()
    released_by = models.UUIDField(null=True)
    released_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    replaces = models.ForeignKey("self", models.SET_NULL, null=True, related_name="replaced_by")
    vouched = models.BinaryField(
        max_length=32,
        null=True,
        help_text="Code of the application for the row; emptied once it was asked.",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dossier", "reader", "number"], name="one_number_of_a_reader"
            ),
            models.CheckConstraint(
                condition=models.Q(released_by__isnull=True)
                | ~models.Q(released_by=models.F("written_by")),
                name="two_people_release_a_submission",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authority} {self.number}"


class SubmissionFile(Protected):
    """One file of a submission. Its bytes are destroyed once somebody in it withdraws."""

    personal_data = PersonalData(
        holds="a submission, its annexes, or the sealed list of who the victims are",
        about="people who agreed that this government reads of them; those alleged",
        why="it goes to a government",
        kept="until somebody in it withdraws or the desk ends it; the checksum stays",
    )

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="+")
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="files")
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["submission", "name"], name="one_file_of_a_submission"),
            models.CheckConstraint(
                condition=models.Q(name__in=FILES), name="known_files_of_a_submission"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SubmissionSubject(Protected):
    """That a submission tells of somebody, by opaque id."""

    personal_data = PersonalData(
        holds="that a submission tells of somebody, by opaque id",
        about="people who suffered a violation",
        why="whoever withdraws is in no submission any more",
        kept="as the submission; gone when it ends",
    )
    consent_subject = "subject"

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="+")
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="subjects")
    subject = models.UUIDField(db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["submission", "subject"], name="one_subject_of_a_submission"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.subject}"
