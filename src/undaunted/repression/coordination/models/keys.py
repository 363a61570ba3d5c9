"""Later keys of a seat, and what a holder re-wrapped to them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from undaunted.repression.coordination.models.proposals import HANDS, Own, Seat

__all__ = ["SeatKey", "Wrapped"]


class SeatKey(Own):
    """A key that takes the place of a seat's earlier one once a second person confirms it."""

    personal_data = HANDS

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="keys")
    public_key = models.CharField(max_length=80)
    envelope = models.BinaryField(
        help_text="Private half, sealed to the seat's team; empty once withdrawn."
    )
    sequence = models.PositiveIntegerField()
    lost = models.BooleanField(help_text="The earlier key could not be opened any more.")
    rewrapped = models.PositiveIntegerField(help_text="Texts sealed anew to this key.")
    closed = models.PositiveIntegerField(help_text="Texts that could not be opened any more.")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.UUIDField(null=True)

    class Meta:
        ordering: ClassVar = ["-recorded_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["seat"],
                condition=models.Q(confirmed_at__isnull=True, withdrawn_at__isnull=True),
                name="one_key_waits_for_a_seat",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_by__isnull=True)
                | ~models.Q(confirmed_by=models.F("recorded_by")),
                name="two_people_change_a_key",
            ),
        ]

    def __str__(self) -> str:
        return self.public_key


class Wrapped(Own):
    """One text that one's own organisation may read, sealed anew to a later key of its seat."""

    personal_data = HANDS

    key = models.ForeignKey(SeatKey, models.PROTECT, related_name="wrapped")
    row = models.UUIDField(help_text="Proposal or remark whose text it is.")
    envelope = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "row"], name="a_text_is_wrapped_once"),
        ]

    def __str__(self) -> str:
        return str(self.row)
