"""What is sent: a parcel, its items, one sealed copy a recipient, and a slip to take each back."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from undaunted.core.access.models import Protected
from undaunted.core.access.rules import NO_PERSONAL_DATA, PersonalData
from undaunted.core.sharing.models.partners import Partner

__all__ = ["Copy", "Parcel", "ParcelItem", "Slip"]


class Parcel(Protected):
    """What one person proposes to share and a second one seals."""

    personal_data = NO_PERSONAL_DATA

    title = models.CharField(max_length=120, help_text="For the desk; never sent.")
    tlp = models.CharField(max_length=16)
    pap = models.CharField(max_length=8)
    purpose = models.CharField(max_length=40)
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=12, default="proposed")
    proposed_by = models.UUIDField()
    proposed_at = models.DateTimeField()
    sealed_by = models.UUIDField(null=True)
    sealed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state__in=["proposed", "sealed", "declined"]),
                name="state_of_a_parcel",
            ),
            models.CheckConstraint(
                condition=models.Q(sealed_by__isnull=True)
                | ~models.Q(sealed_by=models.F("proposed_by")),
                name="two_people_seal_a_parcel",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ParcelItem(Protected):
    """One thing in a parcel, and all whom it concerns."""

    personal_data = PersonalData(
        holds="which record, by opaque id, is in which package, and whom it concerns",
        about="people documented on the platform",
        why="who withdraws consent is taken back from everybody who received them",
        kept="while a copy may exist; the audit trail keeps plain ids",
    )
    consent_subject = "subjects"

    parcel = models.ForeignKey(Parcel, models.CASCADE, related_name="items")
    kind = models.CharField(max_length=48)
    thing = models.UUIDField()
    subjects = ArrayField(models.UUIDField())

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["parcel", "thing"], name="once_in_a_parcel"),
        ]
        indexes: ClassVar = [GinIndex(name="whom_a_parcel_holds", fields=["subjects"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.thing}"


class Copy(Protected):
    """One recipient's copy; empty until a second person has sealed the parcel."""

    personal_data = PersonalData(
        holds="a package that only its recipient opens",
        about="people documented on the platform",
        why="it is handed over, and proves what was",
        kept="until the package runs out, or anything in it is taken back",
    )

    parcel = models.ForeignKey(Parcel, models.CASCADE, related_name="copies")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="copies")
    sequence = models.PositiveBigIntegerField(null=True)
    watermark = models.CharField(max_length=32, blank=True)
    sealed = models.BinaryField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["parcel", "partner"], name="one_copy_a_recipient"),
            models.UniqueConstraint(fields=["partner", "sequence"], name="one_number_a_copy"),
        ]

    def __str__(self) -> str:
        return f"{self.parcel_id} for {self.partner_id}"


class Slip(Protected):
    """A takedown that was signed when the copy was sealed, so that none waits for a signature.

    It is kept until it is needed, then outstanding until the recipient's receipt has arrived.
    """

    personal_data = NO_PERSONAL_DATA

    copy = models.ForeignKey(Copy, models.CASCADE, related_name="slips")
    item = models.ForeignKey(ParcelItem, models.CASCADE, related_name="slips")
    manifest = models.BinaryField()
    signature = models.BinaryField(max_length=64)
    consents = ArrayField(models.UUIDField(), default=list)
    released_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=16, blank=True)
    receipt_at = models.DateTimeField(null=True)
    receipt = models.CharField(max_length=48, blank=True, help_text="What the recipient did.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["copy", "item"], name="one_slip_an_item"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["holder", "released_at"],
                name="slips_outstanding",
                condition=models.Q(released_at__isnull=False, receipt_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.copy_id} {self.item_id}"
