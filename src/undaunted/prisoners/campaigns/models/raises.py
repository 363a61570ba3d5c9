"""The log: each time somebody raised a case, and what came of it."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from undaunted.core.access.models import Protected
from undaunted.core.access.rules import NO_PERSONAL_DATA, PersonalData
from undaunted.prisoners.campaigns.models.campaigns import (
    Adopter,
    Approvable,
    Campaign,
    CampaignCase,
)
from undaunted.prisoners.campaigns.rules import Channel, Level, Reply

__all__ = ["PrivateMonth", "Raise", "RaiseStep"]

LOG = PersonalData(
    holds="who raised a case with whom, where, on which day, and what was answered",
    about="people deprived of liberty, adopters, officials who were spoken to",
    why="so that it is known who raised whom, and whether it helped",
    kept="with the case in the campaign; at erasure it is deleted",
)


class Raise(Approvable):
    """One time that a case, or the campaign as a whole, was raised; approved means public."""

    personal_data = LOG

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="raises")
    case = models.ForeignKey(CampaignCase, models.CASCADE, null=True, related_name="raises")
    adopter = models.ForeignKey(Adopter, models.SET_NULL, null=True, related_name="raises")
    day = models.DateField()
    channel = models.CharField(
        max_length=16, choices=[(each.value, each.value) for each in Channel]
    )
    level = models.CharField(max_length=16, choices=[(each.value, each.value) for each in Level])
    counterpart = models.CharField(max_length=200)
    counterpart_country = models.CharField(max_length=4)
    place = models.CharField(max_length=160, blank=True)
    by = models.CharField(max_length=200)
    by_country = models.CharField(max_length=4)
    let_out_at = ArrayField(
        models.DateTimeField(),
        default=list,
        help_text="Each time that it was let out; the database keeps them.",
    )
    batch = models.UUIDField(null=True, help_text="Sheet that it came with.")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True)
                | (
                    ~models.Q(channel=Channel.PRIVATE)
                    & ~models.Q(approved_by=models.F("recorded_by"))
                ),
                name="private_raise_is_never_public",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["campaign", "day"], name="raises_by_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.channel}"


class RaiseStep(Protected):
    """What came after a raise: a reply on the ladder, or something done to follow up."""

    personal_data = LOG

    raised = models.ForeignKey(Raise, models.CASCADE, related_name="steps")
    day = models.DateField()
    reply = models.CharField(
        max_length=24, blank=True, choices=[(each.value, each.value) for each in Reply]
    )
    text = models.CharField(max_length=400, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(reply="", text=""), name="step_says_something"
            ),
        ]
        ordering: ClassVar = ["day", "recorded_at", "id"]

    def __str__(self) -> str:
        return f"{self.day} {self.reply}"


class PrivateMonth(models.Model):
    """How many raises of a campaign were private when a month began: written once, never moved.

    No role reads it. The public sees it in fives, through a view.
    """

    personal_data = NO_PERSONAL_DATA

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="private_months")
    until = models.DateField(help_text="First day that is not counted.")
    counted = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "until"], name="once_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.until}"
