"""Campaigns, the cases that take part in them, who adopted whom, and what was handed out."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from undaunted.core.access.models import Protected
from undaunted.core.access.rules import PersonalData
from undaunted.prisoners.campaigns.rules import AdopterKind, MaterialKind, Mode

__all__ = ["Adopter", "Adoption", "Campaign", "CampaignCase", "Material"]

HANDS = PersonalData(
    holds="who began, offered, published or ended it, by opaque id",
    about="people who work with the platform",
    why="nothing is published by one person",
    kept="with the campaign",
)
CASES = PersonalData(
    holds="that somebody (by opaque id) takes part in a campaign, how they may be shown, the ask",
    about="people deprived of liberty",
    why="their release is asked for as far as they or who speaks for them agreed",
    kept="with the campaign; at erasure it is deleted",
)


class Approvable(Protected):
    """Something that one person records and another lets out to the public."""

    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()
    approved_at = models.DateTimeField(null=True)
    approved_by = models.UUIDField(null=True)
    changed_by = ArrayField(
        models.UUIDField(),
        default=list,
        help_text="Hands since it was last let out; the database keeps them, and none approves.",
    )

    class Meta:
        abstract = True


class Campaign(Approvable):
    """A campaign with its day; approved means that it is public."""

    personal_data = HANDS

    reference = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=160)
    day = models.DateField()
    occasion = models.CharField(max_length=60, blank=True, help_text="Code of the pack.")
    summary = models.TextField(blank=True)
    language = models.CharField(max_length=12, default="en", help_text="Of name and summary.")
    languages = ArrayField(models.CharField(max_length=12), default=list)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True)
                | ~models.Q(approved_by=models.F("recorded_by")),
                name="two_people_publish_a_campaign",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class CampaignCase(Approvable):
    """A case in a campaign. Whoever holds the consent says how it may be shown."""

    personal_data = CASES
    consent_subject = "subject"

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="cases")
    subject = models.UUIDField(db_index=True)
    mode = models.CharField(
        max_length=12, default=Mode.SILENT, choices=[(each.value, each.value) for each in Mode]
    )
    mode_grant = models.UUIDField(null=True, help_text="Agreement that the mode rests on.")
    mode_at = models.DateTimeField(null=True)
    mode_by = models.UUIDField(null=True)
    ended_why = models.CharField(
        max_length=16, blank=True, help_text="News that made it silent, or empty."
    )
    ask = models.CharField(max_length=300)
    language = models.CharField(max_length=12, default="en", help_text="Of the ask.")
    removed_at = models.DateTimeField(null=True)
    removed_by = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "subject"],
                condition=models.Q(removed_at__isnull=True),
                name="once_in_a_campaign",
            ),
            models.CheckConstraint(
                condition=models.Q(mode=Mode.SILENT) | models.Q(mode_grant__isnull=False),
                name="mode_rests_on_an_agreement",
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True)
                | (
                    models.Q(mode=Mode.PUBLIC)
                    & ~models.Q(approved_by=models.F("recorded_by"))
                    & ~models.Q(approved_by=models.F("mode_by"))
                ),
                name="two_people_show_a_case",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.mode}"


class Adopter(Approvable):
    """Who stands up for cases, how the desk reaches them, and whether they are named to all."""

    personal_data = PersonalData(
        holds="name, office, country and place, and at the desk alone how to reach them",
        about="members of parliaments, ministers, mayors and others who adopt a case",
        why="they are asked, thanked and told; named publicly only where they agreed",
        kept="while they adopt a case; a withdrawn one keeps no contact",
    )

    name = models.CharField(max_length=200)
    kind = models.CharField(
        max_length=16, choices=[(each.value, each.value) for each in AdopterKind]
    )
    country = models.CharField(max_length=4)
    office = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=160, blank=True)
    contact = models.CharField(max_length=300, blank=True, help_text="At the desk only.")
    agreed_on = models.DateField(null=True, help_text="When they agreed to be named publicly.")
    agreed_how = models.CharField(max_length=160, blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True)
                | (
                    models.Q(agreed_on__isnull=False)
                    & ~models.Q(approved_by=models.F("recorded_by"))
                ),
                name="two_people_name_an_adopter",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Adoption(Approvable):
    """That an adopter stands up for a case of a campaign."""

    personal_data = PersonalData(
        holds="which adopter stands up for which case",
        about="adopters, and people deprived of liberty",
        why="so that each case has somebody, and everybody knows whose",
        kept="with the case in the campaign",
    )

    case = models.ForeignKey(CampaignCase, models.CASCADE, related_name="adoptions")
    adopter = models.ForeignKey(Adopter, models.CASCADE, related_name="adoptions")
    adopted_on = models.DateField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "adopter"],
                condition=models.Q(ended_at__isnull=True),
                name="adopted_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.adopter_id} {self.case_id}"


class Material(Approvable):
    """A file that was written for a campaign; without bytes and case once it was withdrawn."""

    personal_data = PersonalData(
        holds="a letter, note, statement or card that tells of a case",
        about="people deprived of liberty who take part in a campaign",
        why="adopters and embassies use it",
        kept="until the case leaves its mode; then destroyed, checksum and day stay",
    )
    consent_subject = "subject"

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="materials")
    case = models.ForeignKey(CampaignCase, models.SET_NULL, null=True, related_name="materials")
    adopter = models.ForeignKey(Adopter, models.SET_NULL, null=True, related_name="materials")
    subject = models.UUIDField(null=True, db_index=True)
    kind = models.CharField(
        max_length=24, choices=[(each.value, each.value) for each in MaterialKind]
    )
    language = models.CharField(max_length=12)
    name = models.CharField(max_length=160)
    media_type = models.CharField(max_length=100)
    alternative = models.TextField(blank=True, help_text="What a picture shows, in words.")
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField(null=True)
    mode = models.CharField(max_length=12, help_text="Public: everybody may take it.")
    identity = models.PositiveSmallIntegerField(
        default=4, help_text="Level of consent to the identity that its words need."
    )
    biography = models.PositiveSmallIntegerField(default=2, help_text="The same for roles.")
    stale_at = models.DateTimeField(null=True, help_text="Since when its words are old.")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.CharField(max_length=16, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True)
                | models.Q(content__isnull=True, subject__isnull=True, name=""),
                name="withdrawn_material_shows_nobody",
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True)
                | (models.Q(mode=Mode.PUBLIC) & ~models.Q(approved_by=models.F("recorded_by"))),
                name="two_people_hand_out_material",
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.pk)
