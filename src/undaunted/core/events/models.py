"""The ledger: events, acts (what was done to whom), involvements (who did it, who says so).

Rows of acts are bitemporal: the world's time in `start`/`end` (EDTF with day bounds), the ledger's
in `recorded_from`/`recorded_to`. A correction closes a row and adds another with the same `claim`.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from undaunted.core.access.models import Protected
from undaunted.core.access.rules import PersonalData

__all__ = ["Act", "Event", "Involvement"]

_DATA = PersonalData(
    holds="what was done to a person, when, where, under which law, by which authority",
    about="people deprived of liberty or otherwise repressed; those named as responsible",
    why="documentation for research, advocacy, release and accountability",
    kept="until the purpose ends; corrections stay as history",
)


class Event(Protected):
    """Something that happened; holds the acts that belong together."""

    personal_data = _DATA

    title = models.CharField(max_length=200, blank=True)
    country = models.CharField(max_length=4, blank=True)
    start = models.CharField(max_length=40, blank=True, help_text="EDTF")
    origin = models.UUIDField(null=True, db_index=True)
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.title or str(self.id)


class Act(Protected):
    """What was done to one victim: a spell in custody, a charge, a release, a visa ban."""

    personal_data = _DATA

    claim = models.UUIDField(default=uuid.uuid4, help_text="Stays through corrections.")
    event = models.ForeignKey(Event, models.CASCADE, related_name="acts")
    victim = models.ForeignKey(
        "actors.Party", models.CASCADE, related_name="acts", db_index=False
    )  # an index of victim and category serves it
    within = models.UUIDField(null=True, help_text="Claim of the spell this belongs to.")
    category = models.CharField(max_length=24)
    type = models.CharField(max_length=48)
    vocabulary = models.CharField(max_length=24, default="act_types-1")
    ground = models.CharField(max_length=32, blank=True, help_text="HURIDOCS list 29.")
    start = models.CharField(max_length=40, blank=True, help_text="EDTF")
    start_earliest = models.DateField(null=True)
    start_latest = models.DateField(null=True)
    end = models.CharField(max_length=40, blank=True, help_text="EDTF; empty = open")
    end_earliest = models.DateField(null=True)
    end_latest = models.DateField(null=True)
    expected_end = models.CharField(max_length=40, blank=True)
    confirmed = ArrayField(models.DateField(), default=list, help_text="Days confirmed held.")
    country = models.CharField(max_length=4, blank=True)
    admin1 = models.CharField(max_length=80, blank=True)
    city = models.CharField(max_length=120, blank=True)
    facility = models.CharField(max_length=200, blank=True)
    authority = models.CharField(max_length=200, blank=True)
    law = models.CharField(max_length=400, blank=True)
    law_category = models.CharField(max_length=40, blank=True)
    stage = models.CharField(max_length=40, blank=True)
    sentence_kind = models.CharField(max_length=24, blank=True)
    sentence_months = models.IntegerField(null=True)
    release_type = models.CharField(max_length=24, blank=True)
    whereabouts = models.CharField(max_length=24, blank=True)
    health_alert = models.CharField(max_length=40, blank=True)
    family_contact = models.BooleanField(null=True)
    tier = models.CharField(max_length=1, default="C")
    in_stock = models.BooleanField(default=False)
    origin = models.UUIDField(null=True)
    closed_by = models.UUIDField(null=True, help_text="Import batch that closed the row.")
    recorded_from = models.DateTimeField()
    recorded_to = models.DateTimeField(null=True)
    recorded_by = models.UUIDField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["victim", "category"]),
            models.Index(fields=["claim"]),
            models.Index(fields=["origin"]),
            models.Index(
                fields=["country", "start_latest"],
                name="spells_in_stock",
                condition=models.Q(in_stock=True, recorded_to__isnull=True),
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["claim"],
                condition=models.Q(recorded_to__isnull=True),
                name="one_current_row_per_claim",
            ),
            models.CheckConstraint(
                condition=models.Q(start_earliest__lte=models.F("start_latest")),
                name="start_bounds_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(end_earliest__lte=models.F("end_latest")),
                name="end_bounds_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.start}..{self.end}"


class Involvement(Protected):
    """Who had a part in an act: perpetrator with mode, source, helper."""

    personal_data = _DATA

    act_claim = models.UUIDField(db_index=True)
    party = models.ForeignKey("actors.Party", models.CASCADE, related_name="involvements")
    role = models.CharField(max_length=16)
    mode = models.CharField(max_length=16, blank=True)
    allegation = models.BooleanField(default=True)
    reply = models.CharField(max_length=16, blank=True, help_text="Right of reply (rule H8).")
    origin = models.UUIDField(null=True)
    recorded_from = models.DateTimeField()
    recorded_to = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.role} {self.party_id}"
