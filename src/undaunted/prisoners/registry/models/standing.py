"""Where a case stands: recognition under a standard, and publication. Two people for each."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from undaunted.core.access.models import Protected
from undaunted.core.access.rules import PersonalData

__all__ = ["Approval", "Change", "Grouping", "Publication", "Recognition", "StatusProposal"]

_DATA = PersonalData(
    holds="which status a case has under which standard, and whether it is public",
    about="people deprived of liberty",
    why="counts and publication rest on it",
    kept="with the case; superseded rows stay as history",
)


class Recognition(Protected):
    """A status under one standard; superseded, never overwritten (card 1.3)."""

    personal_data = _DATA

    party = models.ForeignKey("actors.Party", models.CASCADE, related_name="recognitions")
    standard = models.CharField(max_length=40)
    standard_version = models.CharField(max_length=16)
    assessment = models.UUIDField(null=True)
    status = models.CharField(max_length=16)
    reason = models.TextField(blank=True)
    reason_public = models.BooleanField(default=False)
    effective_from = models.DateField(null=True)
    effective_to = models.DateField(null=True)
    proposed_by = models.UUIDField()
    decided_by = models.UUIDField(null=True)
    recorded_from = models.DateTimeField()
    recorded_to = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["party", "standard"],
                condition=models.Q(recorded_to__isnull=True),
                name="one_current_status_per_standard",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="recognised")
                | (
                    models.Q(decided_by__isnull=False)
                    & ~models.Q(decided_by=models.F("proposed_by"))
                ),
                name="two_people_recognise",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.standard} {self.status}"


class StatusProposal(Protected):
    """A status somebody proposes and somebody else decides on; kept with its answer."""

    personal_data = _DATA

    party = models.ForeignKey("actors.Party", models.CASCADE, related_name="status_proposals")
    standard = models.CharField(max_length=40)
    standard_version = models.CharField(max_length=16)
    assessment = models.UUIDField(null=True)
    status = models.CharField(max_length=16)
    reason = models.TextField()
    reason_public = models.BooleanField(default=False)
    effective_from = models.DateField(null=True)
    effective_to = models.DateField(null=True)
    proposed_by = models.UUIDField()
    proposed_at = models.DateTimeField()
    answer = models.CharField(max_length=12, blank=True, help_text="Empty while it waits.")
    answered_by = models.UUIDField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["party", "standard"],
                condition=models.Q(answer=""),
                name="one_waiting_proposal_per_standard",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.standard} {self.status} {self.answer or 'waiting'}"


class Publication(Protected):
    """The gate: draft by default; proposed by one person, published by another; taken down."""

    personal_data = _DATA
    consent_subject = "party"

    party = models.OneToOneField("actors.Party", models.CASCADE, related_name="publication")
    reference = models.CharField(max_length=24, unique=True)
    state = models.CharField(max_length=12, default="proposed")
    embargo_until = models.DateTimeField(null=True)
    proposed_by = models.UUIDField()
    proposed_at = models.DateTimeField()
    published_by = models.UUIDField(null=True)
    published_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(
        null=True, help_text="When two people last approved what is shown; the database sets it."
    )
    taken_down_by = models.UUIDField(null=True)
    taken_down_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(state="published")
                | (
                    models.Q(published_by__isnull=False)
                    & models.Q(published_at__isnull=False)
                    & ~models.Q(published_by=models.F("proposed_by"))
                ),
                name="two_people_publish",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["embargo_until"],
                name="gates_under_embargo",
                condition=models.Q(state="published", embargo_until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.state}"


class Approval(models.Model):
    """What two people approved of one record, by the ids of its claims; written by the database.

    The public sees this, less what was taken back since. Superseded by the next approval, so that
    what the public could know at any time can be worked out again.
    """

    personal_data = _DATA
    consent_subject = "party"

    id = models.UUIDField(primary_key=True, editable=False)
    gate = models.ForeignKey(Publication, models.CASCADE, related_name="approvals")
    party = models.ForeignKey("actors.Party", models.CASCADE, related_name="+")
    approved_by = models.UUIDField(null=True)
    approved_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    identity = models.IntegerField(help_text="Highest level of identity that may be shown.")
    biography = models.IntegerField()
    detention = models.IntegerField()
    health = models.IntegerField()
    gender = models.CharField(max_length=12, blank=True)
    birth_earliest = models.DateField(null=True)
    birth_latest = models.DateField(null=True)
    death_earliest = models.DateField(null=True)
    death_latest = models.DateField(null=True)
    country = models.CharField(max_length=4, blank=True)
    roles = ArrayField(models.CharField(max_length=32), default=list)
    acts = ArrayField(models.UUIDField(), default=list)
    names = ArrayField(models.UUIDField(), default=list)
    citations = ArrayField(models.UUIDField(), default=list)
    lists = ArrayField(models.UUIDField(), default=list)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["gate", "party"],
                condition=models.Q(ended_at__isnull=True),
                name="one_approval_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gate_id} {self.approved_at}"


class Change(models.Model):
    """Whose hands changed a case since it was proposed or approved; written by the database.

    Gone with the approval: the audit record tells who did what.
    """

    personal_data = PersonalData(
        holds="opaque id of who changed which case at the gate, and when",
        about="people who work with the platform",
        why="who changes a published case does not approve the change",
        kept="until the change is approved",
    )

    gate = models.ForeignKey(Publication, models.CASCADE, related_name="changes")
    by = models.UUIDField()
    at = models.DateTimeField()
    kind = models.CharField(max_length=12)
    batch = models.UUIDField(null=True, db_index=True, help_text="Import that made the change.")

    def __str__(self) -> str:
        return f"{self.gate_id} {self.kind}"


class Grouping(models.Model):
    """The group in which the public sees a record whose merge or split waits for approval.

    Written by the database; gone with the approval, or when the verdict is taken back.
    """

    personal_data = _DATA
    consent_subject = "party"

    party = models.OneToOneField("actors.Party", models.CASCADE, primary_key=True, related_name="+")
    canonical = models.UUIDField(
        db_index=True, help_text="The group it was approved in, as at the desk then."
    )

    def __str__(self) -> str:
        return f"{self.party_id} {self.canonical}"
