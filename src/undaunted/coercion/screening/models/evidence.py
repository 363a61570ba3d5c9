"""What a case knows of ownership: files taken in, stakes, facts, lists looked at, analyses kept."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from undaunted.coercion.screening.models.cases import HANDS, NAMES, OfCase, Party, Told

__all__ = ["Analysis", "Fact", "ListCheck", "Load", "Stake"]


class Load(Told):
    """A file of ownership evidence that was taken in, with what was wrong with its rows."""

    personal_data = HANDS

    name = models.CharField(max_length=200)
    format = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file.")
    source = models.CharField(max_length=400, help_text="Who says so, and of which day.")
    rows = models.PositiveIntegerField()
    stakes = models.PositiveIntegerField()
    findings = models.JSONField(default=list, help_text="Rule, rows, detail, remedy.")
    notes = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["recorded_at", "id"]

    def __str__(self) -> str:
        return self.name


class Stake(Told):
    """A holding, as a source tells it: when it was so, and when the case knew it.

    `said_from` and `said_until` are when its register said so; a register's own replacement ends it
    there, and a person's correction here.
    """

    personal_data = NAMES

    load = models.ForeignKey(Load, models.PROTECT, null=True, related_name="+")
    owner = models.CharField(max_length=200)
    owner_kind = models.PositiveSmallIntegerField()
    owner_name = models.CharField(max_length=200, blank=True)
    owned = models.CharField(max_length=200)
    owned_kind = models.PositiveSmallIntegerField()
    owned_name = models.CharField(max_length=200, blank=True)
    right = models.PositiveSmallIntegerField(help_text="Kind of right, as the engine counts them.")
    lo = models.BigIntegerField(help_text="Lowest share, in units of 1e-9.")
    hi = models.BigIntegerField()
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True, help_text="First day on which it was no longer so.")
    said_from = models.DateField(null=True)
    said_until = models.DateField(null=True)
    source = models.CharField(max_length=400)
    row = models.PositiveIntegerField(default=1)
    filed = models.BooleanField(default=False, help_text="What the investment would create.")

    class Meta:
        ordering: ClassVar = ["recorded_at", "load", "row", "id"]
        indexes: ClassVar = [models.Index(fields=["case", "owned"], name="stakes_of_owned")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(lo__gte=0, lo__lte=models.F("hi"), hi__lte=1_000_000_000),
                name="a_stake_is_a_share",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_from__isnull=True)
                | models.Q(valid_to__isnull=True)
                | models.Q(valid_from__lt=models.F("valid_to")),
                name="a_stake_begins_before_it_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.owner} in {self.owned}"


class Fact(Told):
    """What a source says about a party: state, military, special rights, funding, conduct."""

    personal_data = NAMES

    kind = models.CharField(max_length=20)
    about = models.CharField(max_length=200, help_text="Id in the stakes, or a name.")
    state = models.CharField(max_length=4, blank=True)
    text = models.TextField()
    day = models.DateField(null=True)
    source = models.CharField(max_length=400)
    status = models.CharField(max_length=12, help_text="Verified, secondary or remembered.")

    class Meta:
        ordering: ClassVar = ["recorded_at", "id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.about}"


class ListCheck(Told):
    """A party held against one list: what was found, and what a person judged of it.

    Without a row for a party it was not screened yet; that is never told as "no hit".
    """

    personal_data = NAMES

    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    list_name = models.CharField(max_length=200)
    list_day = models.DateField(help_text="Version of the list.")
    method = models.CharField(max_length=12, help_text="By hand, or by which matcher.")
    entry = models.CharField(max_length=400, blank=True, help_text="Entry that came up, if any.")
    judgement = models.CharField(max_length=12)
    reason = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["recorded_at", "id"]

    def __str__(self) -> str:
        return f"{self.list_name} {self.judgement}"


class Analysis(OfCase):
    """What the engine told of a case, with all that it was asked; kept as it was told."""

    personal_data = NAMES

    as_of = models.DateField()
    known_at = models.DateTimeField()
    asked = models.JSONField(help_text="Parameters of the engine.")
    digest = models.CharField(max_length=64, help_text="Of stakes, parameters and result.")
    result = models.JSONField()

    class Meta:
        ordering: ClassVar = ["recorded_at", "id"]

    def __str__(self) -> str:
        return self.digest
