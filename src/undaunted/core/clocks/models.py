"""Running clocks, the secret addresses of calendars, and receipts of erasure."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from django.db import models

from undaunted.core.access.models import Protected
from undaunted.core.access.rules import NO_PERSONAL_DATA, PersonalData
from undaunted.core.clocks.rules import (
    Asked,
    Events,
    Extension,
    Kind,
    Period,
    Stop,
    Unit,
    WhyAsked,
    calendar_named,
    due,
    rule_version,
)

if TYPE_CHECKING:
    from undaunted.core.clocks.rules import Deadline, Rule

__all__ = ["Clock", "Erasure", "Feed", "Request"]


class Clock(Protected):
    """One deadline that runs for one subject, under the version of the rule it started with.

    `due_at` and `soft_due_at` are what the rules gave at the last change: boards are sorted by
    them; pages reckon anew. There is no free text, so that nobody can be named in a clock.
    """

    personal_data = PersonalData(
        holds="which period runs for a subject (by opaque id) since when; who started it, by id",
        about="whoever the subject's record is about, and people who work with the platform",
        why="to keep the deadlines that protect people, and to erase data when its purpose is over",
        kept="while the subject's record is kept; of an erased subject as a tombstone",
    )

    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField(db_index=True)
    rule = models.CharField(max_length=60)
    rule_version = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=[(each.value, each.value) for each in Kind])
    calendar = models.CharField(max_length=12, blank=True)
    zone = models.CharField(max_length=64, blank=True)
    started_at = models.DateTimeField()
    stops = models.JSONField(default=list)
    extensions = models.JSONField(default=list)
    stopped_since = models.DateTimeField(null=True)
    due_at = models.DateTimeField()
    soft_due_at = models.DateTimeField(null=True)
    met_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    held_since = models.DateTimeField(null=True, help_text="Two people hold what would be erased.")
    recorded_by = models.UUIDField()
    recorded_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    sequence = models.PositiveIntegerField(default=0)
    vouched = models.BinaryField(
        max_length=32, null=True, help_text="Code of the application, of a retention clock."
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["due_at"],
                name="clocks_open_by_due",
                condition=models.Q(met_at=None, cancelled_at=None),
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(met_at=None) | models.Q(cancelled_at=None),
                name="clock_ends_one_way",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule}@{self.rule_version} {self.subject_kind}"

    @property
    def held_rule(self) -> Rule:
        """Give the version of the rule that the clock runs under."""
        return rule_version(self.rule, self.rule_version)

    @property
    def events(self) -> Events:
        """Give what happened to the clock, as the rules read it."""
        return Events(
            stops=tuple(
                Stop(_moment(each["start"]), _moment(each["end"]) if each["end"] else None)
                for each in self.stops
            ),
            extensions=tuple(
                Extension(Period(each["amount"], Unit(each["unit"]))) for each in self.extensions
            ),
            met_at=self.met_at,
        )

    @property
    def closed(self) -> bool:
        """Whether the clock was met or cancelled."""
        return self.met_at is not None or self.cancelled_at is not None

    def ends(self) -> Deadline:
        """Reckon the deadline as boards and lists show it: its end while it stands still, too."""
        return self.reckon(self.stopped_since or self.changed_at)

    def reckon(self, now: datetime) -> Deadline:
        """Reckon the deadline as it stands now, with every step."""
        calendar = calendar_named(self.calendar) if self.calendar else None
        return due(self.held_rule, self.started_at, self.events, calendar, now=now, zone=self.zone)


class Feed(models.Model):
    """The secret address under which one person's calendar is read; only its digest is kept."""

    personal_data = PersonalData(
        holds="digest of a secret address, and whose calendar it opens",
        about="people who work with the platform",
        why="calendar programs cannot sign in",
        kept="until it is revoked; then as a record that it was",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.UUIDField()
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.pk)


class Erasure(Protected):
    """Receipt: what a retention clock ended for was erased, by what, with how many things gone."""

    personal_data = NO_PERSONAL_DATA

    clock = models.OneToOneField(Clock, models.PROTECT, related_name="erasure")
    at = models.DateTimeField()
    done = models.JSONField(default=dict)

    def __str__(self) -> str:
        return str(self.clock_id)


class Request(Protected):
    """What somebody asked about keeping, and what a second person decided."""

    personal_data = PersonalData(
        holds="who asked that something be held or erased, for which reason of a list; who decided",
        about="people who work with the platform",
        why="nothing is kept longer, or erased earlier, by one person",
        kept="while the clock is kept",
    )

    clock = models.ForeignKey(Clock, models.PROTECT, related_name="requests")
    asked = models.CharField(max_length=8, choices=[(each.value, each.value) for each in Asked])
    why = models.CharField(max_length=16, choices=[(each.value, each.value) for each in WhyAsked])
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    granted = models.BooleanField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["clock"],
                condition=models.Q(decided_at__isnull=True),
                name="one_request_waits",
            ),
            models.CheckConstraint(
                condition=models.Q(granted__isnull=True)
                | models.Q(granted=False)
                | ~models.Q(asked_by=models.F("decided_by")),
                name="second_person_grants",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    decided_by__isnull=True, decided_at__isnull=True, granted__isnull=True
                )
                | models.Q(
                    decided_by__isnull=False, decided_at__isnull=False, granted__isnull=False
                ),
                name="decided_wholly",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asked} {self.why}"


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
