"""The compact: who belongs to it, how it decides, what each member has pledged beforehand."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from undaunted.coercion.response.rules import (
    BurdenKey,
    DecisionRule,
    PledgeKind,
    Reach,
    StepKind,
    Voting,
)
from undaunted.core.access.rules import NO_PERSONAL_DATA, PersonalData

__all__ = [
    "HANDS",
    "Compact",
    "Episode",
    "Keepable",
    "Member",
    "MemberStep",
    "Own",
    "RollEntry",
]

HANDS = PersonalData(
    holds="who recorded, changed or approved it, by opaque id",
    about="officials who work with the platform",
    why="what binds governments is done by two people, in their own name",
    kept="with the compact",
)


class Own(models.Model):
    """A row of one government. How far it is seen is said by its table's own policies.

    These tables have no `sharing` column: officials read what members of their compact share with
    them, which the bar on governments (S7) does not know; no row is about a person. What leaves the
    installation leaves by the two people who publish a compact or a pledge (decision 0034).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    holder = models.UUIDField(help_text="Government (organisation) that holds the record.")
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()

    class Meta:
        abstract = True


class Keepable(Own):
    """A row whose texts its government may keep: they are then in the envelope and nowhere else."""

    envelope = models.BinaryField(null=True, help_text="Texts that are kept, sealed.")
    sequence = models.PositiveIntegerField(null=True, help_text="Number of the sealing.")

    class Meta:
        abstract = True

    @property
    def kept(self) -> bool:
        """Whether its texts are sealed."""
        return self.envelope is not None


class Compact(Own):
    """Members who agreed beforehand what they do when one of them is coerced; its holder chairs."""

    personal_data = HANDS

    reference = models.SlugField(max_length=60)
    name = models.CharField(max_length=160)
    summary = models.TextField(blank=True)
    pack = models.CharField(max_length=60, help_text="Rule pack of the trigger.")
    voting = models.CharField(max_length=12, choices=[(each.value, each.value) for each in Voting])
    quorum = models.PositiveSmallIntegerField()
    threshold = models.PositiveSmallIntegerField(default=0)
    burden_key = models.CharField(
        max_length=12, choices=[(each.value, each.value) for each in BurdenKey]
    )
    currency = models.CharField(max_length=3)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True)
                | ~models.Q(approved_by=models.F("recorded_by")),
                name="two_people_publish_a_compact",
            ),
            models.UniqueConstraint(fields=["holder", "reference"], name="one_name_a_compact"),
            models.UniqueConstraint(
                fields=["reference"],
                condition=models.Q(approved_at__isnull=False, withdrawn_at__isnull=True),
                name="one_name_a_public_compact",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def rule(self) -> DecisionRule:
        """Give how the members decide."""
        return DecisionRule(Voting(self.voting), self.quorum, self.threshold)


class Member(Own):
    """A government in a compact: invited by the chair, bound once its own people accept."""

    personal_data = HANDS

    compact = models.ForeignKey(Compact, models.PROTECT, related_name="members")
    name = models.CharField(max_length=200)
    country = models.CharField(max_length=4)
    weight = models.PositiveSmallIntegerField(default=1)
    gdp = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    exposure = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.UUIDField(null=True)
    left_at = models.DateTimeField(null=True)
    team = models.UUIDField(null=True, help_text="Team of the vault that opens what it keeps.")
    invited_at = models.DateTimeField(
        null=True, help_text="A second person of the chair confirmed."
    )
    invited_by = models.UUIDField(null=True)
    public = models.BooleanField(default=False, help_text="Named where the compact is public.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["compact", "holder"], name="once_in_a_compact"),
            models.CheckConstraint(condition=models.Q(weight__gt=0), name="a_member_weighs"),
        ]

    def __str__(self) -> str:
        return self.name


class MemberStep(Own):
    """What one person proposes for their government's membership; a second person confirms it."""

    personal_data = HANDS

    member = models.OneToOneField(Member, models.PROTECT, related_name="step")
    kind = models.CharField(max_length=8, choices=[(each.value, each.value) for each in StepKind])
    gdp = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    exposure = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    public = models.BooleanField(default=False)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(confirmed_by__isnull=True)
                | ~models.Q(confirmed_by=models.F("recorded_by")),
                name="two_people_take_a_step",
            ),
        ]

    def __str__(self) -> str:
        return self.kind


class RollEntry(models.Model):
    """A government on the roll of a compact, as whoever knows the compact may see it."""

    personal_data = NO_PERSONAL_DATA

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    compact = models.ForeignKey(
        Compact, models.DO_NOTHING, related_name="roll", db_constraint=False
    )
    holder = models.UUIDField()
    name = models.CharField(max_length=200)
    country = models.CharField(max_length=4)
    weight = models.PositiveSmallIntegerField()
    invited_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    agreed = models.BooleanField(help_text="Others have accepted: nobody is added any more.")
    gdp = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    exposure = models.DecimalField(max_digits=18, decimal_places=2, null=True)

    class Meta:
        db_table = "response_roll"
        managed = False

    def __str__(self) -> str:
        return self.name


class Episode(Own):
    """An episode that a government describes, in the form of the packs that are shipped."""

    personal_data = PersonalData(
        holds="who recorded an episode between states, by opaque id",
        about="officials who work with the platform",
        why="it is known whose account it is",
        kept="with the compact",
    )

    reference = models.SlugField(max_length=60)
    title = models.CharField(max_length=1200)
    target = models.CharField(max_length=3)
    coercer = models.CharField(max_length=3)
    coercer_state = models.CharField(
        max_length=2, blank=True, help_text="Two letters: its government has no part in the answer."
    )
    content = models.JSONField(help_text="Tables of the pack; read by readers.episode_of.")
    compact = models.ForeignKey(
        Compact, models.PROTECT, null=True, help_text="Members of this compact may read it."
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["holder", "reference"], name="one_key_an_episode"),
        ]

    def __str__(self) -> str:
        return self.reference


class PledgeTerms(Keepable):
    """What every pledge says, before an episode or in one."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    kind = models.CharField(
        max_length=20, choices=[(each.value, each.value) for each in PledgeKind]
    )
    text = models.TextField(blank=True)
    legal_basis = models.TextField(blank=True)
    trigger = models.TextField(blank=True)
    off_ramp = models.TextField(blank=True)
    amount = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    reach = models.CharField(max_length=8, choices=[(each.value, each.value) for each in Reach])

    class Meta:
        abstract = True
