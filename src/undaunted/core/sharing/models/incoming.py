"""What arrived: a package, its items until somebody has decided, what came of them, takedowns."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from undaunted.core.access.models import Protected
from undaunted.core.access.rules import NO_PERSONAL_DATA, PersonalData
from undaunted.core.sharing.models.partners import Partner

__all__ = ["Arrival", "ArrivalItem", "Kept", "TakenBack"]


class Arrival(Protected):
    """A package that was found good. Its contents lie sealed, each in a record of its own."""

    personal_data = NO_PERSONAL_DATA

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="arrivals")
    package = models.UUIDField()
    sequence = models.PositiveBigIntegerField()
    missing = models.PositiveIntegerField(default=0, help_text="Earlier numbers that never came.")
    tlp = models.CharField(max_length=16)
    pap = models.CharField(max_length=8)
    purpose = models.CharField(max_length=40)
    watermark = models.CharField(max_length=32)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    received_at = models.DateTimeField()
    received_by = models.UUIDField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partner", "sequence"], name="one_arrival_a_number"),
            models.UniqueConstraint(fields=["partner", "package"], name="one_arrival_a_package"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["expires_at"],
                name="arrivals_that_run_out",
                condition=models.Q(ended_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner_id} {self.sequence}"


class ArrivalItem(Protected):
    """One item of an arrival: sealed until it runs out, accepted or rejected by a person."""

    personal_data = PersonalData(
        holds="what a partner sent, sealed to a record of its own",
        about="people documented by a partner",
        why="somebody looks at it before anything becomes a record here",
        kept="until the package runs out or the partner takes it back",
    )

    arrival = models.ForeignKey(Arrival, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=48)
    thing = models.UUIDField(help_text="Id at the partner.")
    version = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    record = models.UUIDField(help_text="Record of the vault that holds the content.")
    envelope = models.BinaryField(null=True)
    state = models.CharField(max_length=12, default="waiting")
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["arrival", "position"], name="one_item_a_position"),
            models.UniqueConstraint(fields=["record"], name="one_item_a_record"),
            models.CheckConstraint(
                condition=models.Q(
                    state__in=["waiting", "accepted", "rejected", "ended", "taken_back"]
                ),
                name="state_of_an_item",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.thing}"


class Kept(Protected):
    """That a record here came from a partner: it goes no further, and ends with the package."""

    personal_data = PersonalData(
        holds="that a record, by opaque id, was received, from whom, until when",
        about="people documented by a partner",
        why="what is received never goes onward and is given up in time",
        kept="for ever: it keeps what was received from going onward",
    )

    item = models.ForeignKey(ArrivalItem, models.CASCADE, related_name="kept")
    subject_kind = models.CharField(max_length=24)
    subject = models.UUIDField(db_index=True)
    until = models.DateTimeField()
    vouched = models.BinaryField(
        max_length=32,
        null=True,
        help_text="Code of the application that made the record; emptied once it was asked.",
    )
    given_up_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "subject"], name="once_kept_of_an_item"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject}"


class TakenBack(Protected):
    """A takedown that a partner sent, what was done about it, and the receipt to send back."""

    personal_data = NO_PERSONAL_DATA

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="taken_back")
    package = models.UUIDField()
    thing = models.UUIDField()
    notice = models.UUIDField()
    outcome = models.CharField(max_length=48)
    receipt = models.BinaryField(help_text="Sealed to the partner.")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partner", "notice"], name="one_answer_a_notice"),
        ]

    def __str__(self) -> str:
        return f"{self.notice} {self.outcome}"
