"""A proceeding: its steps by two people, its papers in two versions, injury, engagement."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from undaunted.coercion.instruments.rules import (
    LONGEST_KEY,
    LONGEST_NAME,
    InjuryKind,
    InstrumentChannel,
    Opening,
    PaperKind,
    Stage,
)
from undaunted.core.access.models import Protected
from undaunted.core.access.rules import PersonalData

__all__ = [
    "HANDS",
    "Draft",
    "Engagement",
    "Injury",
    "Paper",
    "Proceeding",
    "Recorded",
    "Step",
    "Vote",
]

HANDS = PersonalData(
    holds="who recorded, proposed or confirmed it, by opaque id",
    about="officials who work with the platform",
    why="what decides is done by two people, in their own name",
    kept="with the proceeding",
)


class Recorded(Protected):
    """A row of one authority; read by its own people alone, whatever its sharing says."""

    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()

    class Meta:
        abstract = True


class Proceeding(Recorded):
    """A measure of a third country that an authority looks into; its stage is its last step."""

    personal_data = HANDS

    reference = models.SlugField(max_length=LONGEST_KEY)
    title = models.CharField(max_length=LONGEST_NAME)
    third_country = models.CharField(max_length=2)
    states = ArrayField(models.CharField(max_length=2), help_text="States that it is aimed at.")
    measure = models.TextField(help_text="What the third country does or threatens.")
    opening = models.CharField(max_length=8, choices=[(each.value, each.value) for each in Opening])
    team = models.UUIDField(null=True, help_text="Team of the vault that handles it.")
    edited_by = models.UUIDField(null=True, help_text="Who wrote title and measure anew last.")
    approved_at = models.DateTimeField(null=True, help_text="Let out to the public tracker.")
    approved_by = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True, help_text="Not on the public tracker any more.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["holder", "reference"], name="one_name_a_proceeding"),
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True)
                | ~models.Q(approved_by=models.F("recorded_by")),
                name="two_people_publish_a_proceeding",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class Step(Recorded):
    """A stage that a proceeding enters on a day: proposed by one person, taken by a second one.

    What nobody confirmed counts nothing. `facts` hold what the step needs: grounds, days, the ids
    of measures and of the injury that it rests on.
    """

    personal_data = HANDS

    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="steps")
    stage = models.CharField(max_length=24, choices=[(each.value, each.value) for each in Stage])
    on = models.DateField(help_text="Day in the world on which it took effect.")
    reasons = models.TextField()
    facts = models.JSONField(default=dict)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.UUIDField(null=True)
    refused_at = models.DateTimeField(null=True, help_text="Taken back, or refused by a colleague.")
    refused_by = models.UUIDField(null=True)

    class Meta:
        ordering: ClassVar = ["on", "recorded_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(confirmed_by__isnull=True)
                | (
                    models.Q(refused_at__isnull=True)
                    & ~models.Q(confirmed_by=models.F("recorded_by"))
                ),
                name="two_people_take_a_step_of_a_proceeding",
            ),
            models.UniqueConstraint(
                fields=["proceeding"],
                condition=models.Q(confirmed_at__isnull=True, refused_at__isnull=True),
                name="one_step_waits",
            ),
        ]

    def __str__(self) -> str:
        return self.stage

    @property
    def waits(self) -> bool:
        """Whether a second person has still to look at it."""
        return self.confirmed_at is None and self.refused_at is None


class Paper(Recorded):
    """A document in two versions: the confidential one sealed to the team, the other in the clear.

    Who made a request, and all by which they could be known, is in the envelope and nowhere else.
    """

    personal_data = PersonalData(
        holds="sealed to the handling team: who made a request, and their confidential facts; who "
        "recorded it, by opaque id",
        about="exporters and others who ask for protection; officials",
        why="a request is examined; whoever made it is not to be known outside the team",
        kept="with the proceeding, until the key of the proceeding is destroyed",
    )

    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=12, choices=[(each.value, each.value) for each in PaperKind])
    title = models.CharField(max_length=LONGEST_NAME)
    received_on = models.DateField()
    open_version = models.JSONField(help_text="Non-confidential version, line by line.")
    envelope = models.BinaryField(help_text="Confidential version, sealed.")
    sequence = models.PositiveIntegerField(help_text="Number of the sealing.")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["received_on", "recorded_at", "id"]

    def __str__(self) -> str:
        return self.kind


class Injury(Recorded):
    """Injury with its interval: read from a result that is kept, added up from a file, or typed.

    `read` holds what of the result it was read from; empty where nobody but a person says it.
    """

    personal_data = HANDS

    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="injuries")
    kind = models.CharField(max_length=8, choices=[(each.value, each.value) for each in InjuryKind])
    low = models.DecimalField(max_digits=18, decimal_places=2)
    best = models.DecimalField(max_digits=18, decimal_places=2)
    high = models.DecimalField(max_digits=18, decimal_places=2)
    unit = models.CharField(max_length=24)
    year = models.PositiveSmallIntegerField()
    source = models.TextField()
    digest = models.CharField(
        max_length=64, blank=True, help_text="Of the file that it was read from."
    )
    read = models.JSONField(default=dict, help_text="What of the result it was read from.")
    explained = models.TextField(blank=True, help_text="Of typed amounts: why, and from where.")
    replaced_at = models.DateTimeField(null=True, help_text="Another measurement counts since.")

    class Meta:
        ordering: ClassVar = ["recorded_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(low__lte=models.F("best"))
                & models.Q(best__lte=models.F("high")),
                name="an_injury_lies_in_its_interval",
            ),
            models.UniqueConstraint(
                fields=["proceeding"],
                condition=models.Q(replaced_at__isnull=True),
                name="one_injury_counts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.best} {self.unit}"


class Engagement(Recorded):
    """What was said with the third country on a day, and what it answered."""

    personal_data = HANDS

    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="engagements")
    day = models.DateField()
    channel = models.CharField(
        max_length=12, choices=[(each.value, each.value) for each in InstrumentChannel]
    )
    body = models.CharField(max_length=LONGEST_NAME, help_text="Office of the third country.")
    said = models.TextField()
    answer = models.TextField(blank=True)
    taken_back_at = models.DateTimeField(
        null=True, help_text="Recorded wrongly; it stays on record."
    )

    class Meta:
        ordering: ClassVar = ["day", "recorded_at", "id"]

    def __str__(self) -> str:
        return f"{self.day} {self.channel}"


class Draft(Recorded):
    """A draft of response measures with what was answered to the tests of law; never changed."""

    personal_data = HANDS

    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="drafts")
    content = models.JSONField(help_text="Measures and answers, as the rules read them.")
    replaced_at = models.DateTimeField(null=True, help_text="Another draft stands since.")

    class Meta:
        ordering: ClassVar = ["recorded_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["proceeding"],
                condition=models.Q(replaced_at__isnull=True),
                name="one_draft_stands",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Vote(Recorded):
    """What each member state did in the Council, with the people that counted; never changed.

    One that lacks a member is a draft: it decides nothing until another takes its place.
    """

    personal_data = HANDS

    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="votes")
    on = models.DateField(help_text="Day of the vote.")
    ballots = models.JSONField(help_text="What each member state did, by its code.")
    figures = models.JSONField(help_text="People of each member state, with source and status.")
    replaced_at = models.DateTimeField(null=True, help_text="Another record stands since.")

    class Meta:
        ordering: ClassVar = ["recorded_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["proceeding"],
                condition=models.Q(replaced_at__isnull=True),
                name="one_vote_counts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on}"
