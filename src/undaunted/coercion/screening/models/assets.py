"""The register of critical assets: what each is, and who holds what of whom; never overwritten."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from undaunted.coercion.screening.rules import OWN_TAXONOMY, RIGHTS, WHOLE, Confidence
from undaunted.core.access.models import Protected
from undaunted.core.access.rules import PersonalData

__all__ = ["HOLDERS", "RECORDERS", "Asset", "AssetEntry", "Holding", "RegisterImport", "Said"]

RECORDERS = PersonalData(
    holds="who recorded or replaced it, by opaque id",
    about="officials who work with the platform",
    why="a wrong statement is traced to where it came from",
    kept="with the register",
)
HOLDERS = PersonalData(
    holds="names of owners, who may be natural persons, as published registers tell them; who "
    "recorded it, by opaque id",
    about="owners of companies; officials who work with the platform",
    why="who controls critical assets follows from who owns whom",
    kept="with the register",
)
LEVELS = [(each.value, each.value) for each in Confidence]


class Asset(Protected):
    """An asset that an authority watches, by its own reference."""

    personal_data = RECORDERS

    reference = models.CharField(max_length=160)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()

    class Meta:
        ordering: ClassVar = ["reference"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["holder", "reference"], name="one_asset_of_a_reference"
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class RegisterImport(Protected):
    """A file that was taken into the register: its digest, its mapping, what was wrong in it."""

    personal_data = RECORDERS

    kind = models.CharField(max_length=12, choices=[("assets", "assets"), ("holdings", "holdings")])
    name = models.CharField(max_length=160)
    sha256 = models.CharField(max_length=64)
    mapping = models.TextField(blank=True)
    rows = models.PositiveIntegerField()
    added = models.PositiveIntegerField()
    replaced = models.PositiveIntegerField()
    unchanged = models.PositiveIntegerField()
    findings = models.JSONField(default=list, help_text="Sentences, one a row and rule.")
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()

    class Meta:
        ordering: ClassVar = ["-recorded_at", "id"]

    def __str__(self) -> str:
        return self.name


class Said(Protected):
    """A statement: it held from one day to another, and was known from one moment to another."""

    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True, help_text="The first day without it.")
    source = models.CharField(max_length=400)
    confidence = models.CharField(max_length=1, choices=LEVELS)
    brought = models.ForeignKey(RegisterImport, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()
    replaced_at = models.DateTimeField(null=True, blank=True)
    replaced_by = models.UUIDField(null=True, blank=True)
    replaced_why = models.CharField(max_length=400, blank=True)

    class Meta:
        abstract = True


class AssetEntry(Said):
    """What an asset is, as one source tells it."""

    personal_data = RECORDERS

    asset = models.ForeignKey(Asset, models.PROTECT, related_name="entries")
    name = models.CharField(max_length=300)
    country = models.CharField(max_length=4)
    taxonomy = models.CharField(max_length=80, default=OWN_TAXONOMY)
    sector = models.CharField(max_length=120)
    capacity = models.FloatField(null=True, blank=True)
    unit = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering: ClassVar = ["name", "id"]
        indexes: ClassVar = [models.Index(fields=["holder", "asset"], name="asset_entries")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["asset"],
                condition=models.Q(replaced_at__isnull=True),
                name="one_entry_of_an_asset_stands",
            ),
            models.CheckConstraint(
                condition=models.Q(capacity__isnull=True) | models.Q(capacity__gte=0),
                name="a_capacity_is_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Holding(Said):
    """What a party holds of another, as one source tells it; shares in units of the engine."""

    personal_data = HOLDERS

    owner = models.CharField(max_length=300)
    owner_name = models.CharField(max_length=300, blank=True)
    owner_kind = models.CharField(max_length=12, default="unknown")
    owned = models.CharField(max_length=300)
    owned_name = models.CharField(max_length=300, blank=True)
    owned_kind = models.CharField(max_length=12, default="unknown")
    right = models.CharField(max_length=12, choices=[(each, each) for each in RIGHTS])
    lowest = models.BigIntegerField()
    highest = models.BigIntegerField()
    row = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["owned", "owner", "id"]
        indexes: ClassVar = [
            models.Index(fields=["holder", "owned"], name="holdings_of_owned"),
            models.Index(fields=["holder", "owner"], name="holdings_of_owner"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(
                    lowest__gte=0, highest__lte=WHOLE, highest__gte=models.F("lowest")
                ),
                name="shares_lie_within_the_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.owner} in {self.owned}"
