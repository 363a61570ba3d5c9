"""Lists, their mappings, imports, and which row of which list became which party."""

from __future__ import annotations

from typing import ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from undaunted.core.access.models import Protected
from undaunted.core.access.rules import NO_PERSONAL_DATA, PersonalData

__all__ = [
    "ImportBatch",
    "ListEntry",
    "ListProposal",
    "MappingVersion",
    "PartyBefore",
    "SourceList",
]

_DATA = PersonalData(
    holds="which row of which list became which record, and the rows as they came",
    about="people deprived of liberty",
    why="a re-import must update instead of duplicate; an import can be undone",
    kept="while the list is held",
)


class SourceList(Protected):
    """A list of cases kept by one steward organisation (`holder`)."""

    personal_data = NO_PERSONAL_DATA

    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=60)
    publisher = models.CharField(max_length=200, blank=True)
    url = models.CharField(max_length=1000, blank=True)
    licence = models.CharField(max_length=200, blank=True)
    coverage_note = models.TextField(blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["holder", "slug"], name="one_list_per_slug"),
        ]

    def __str__(self) -> str:
        return self.name


class MappingVersion(Protected):
    """A mapping of columns to fields, as TOML; versions are never changed, only added."""

    personal_data = NO_PERSONAL_DATA

    source_list = models.ForeignKey(SourceList, models.CASCADE, related_name="mappings")
    name = models.CharField(max_length=80)
    version = models.IntegerField()
    toml = models.TextField()
    digest = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source_list", "name", "version"], name="one_mapping_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class ImportBatch(Protected):
    """One file brought in: proposed, accepted by the list's steward, written, perhaps undone."""

    personal_data = _DATA

    source_list = models.ForeignKey(SourceList, models.CASCADE, related_name="batches")
    mapping = models.ForeignKey(MappingVersion, models.PROTECT, related_name="batches")
    file_name = models.CharField(max_length=200)
    file_sha256 = models.CharField(max_length=64)
    file_path = models.CharField(max_length=200, help_text="Inside the var folder.")
    state = models.CharField(max_length=12, default="proposed")
    rows_read = models.IntegerField(default=0)
    rows_good = models.IntegerField(default=0)
    rows_rejected = models.IntegerField(default=0)
    rows_skipped = models.IntegerField(default=0)
    rows_flagged = models.IntegerField(default=0)
    rows_written = models.IntegerField(default=0)
    added = models.IntegerField(default=0)
    changed = models.IntegerField(default=0)
    unchanged = models.IntegerField(default=0)
    merkle_root = models.CharField(max_length=64, blank=True)
    failure = models.TextField(blank=True)
    proposed_by = models.UUIDField()
    proposed_at = models.DateTimeField()
    accepted_by = models.UUIDField(null=True)
    accepted_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    undone_by = models.UUIDField(null=True)
    undone_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.file_name} ({self.state})"


class ListProposal(Protected):
    """That one record, made by hand or received, shall stand in a list; its steward answers."""

    personal_data = _DATA

    source_list = models.ForeignKey(SourceList, models.CASCADE, related_name="proposals")
    party = models.ForeignKey("actors.Party", models.CASCADE, related_name="list_proposals")
    proposed_by = models.UUIDField()
    proposed_at = models.DateTimeField()
    answer = models.CharField(max_length=12, blank=True, help_text="Empty while it waits.")
    answered_by = models.UUIDField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source_list", "party"],
                condition=models.Q(answer=""),
                name="one_waiting_proposal_per_list",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} for {self.source_list_id} {self.answer or 'waiting'}"


class ListEntry(Protected):
    """One row of one list, by its source key, and the party it became.

    A record that was proposed for the list by hand came with no import.
    """

    personal_data = _DATA

    source_list = models.ForeignKey(SourceList, models.CASCADE, related_name="entries")
    source_key = models.CharField(max_length=200)
    party = models.ForeignKey("actors.Party", models.CASCADE, related_name="+")
    event = models.ForeignKey("events.Event", models.SET_NULL, null=True, related_name="+")
    row_digest = models.CharField(max_length=64)
    line = models.IntegerField()
    batch = models.ForeignKey(ImportBatch, models.CASCADE, null=True, related_name="entries")
    seen_in = models.UUIDField(null=True, help_text="Last batch that held the row.")
    said = models.JSONField(
        null=True,
        encoder=DjangoJSONEncoder,
        help_text="What the row says where the record does not.",
    )
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source_list", "source_key"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="one_entry_per_source_key",
            ),
        ]

    def __str__(self) -> str:
        return self.source_key


class PartyBefore(Protected):
    """What an import overwrote in a party, so that undoing it puts everything back."""

    personal_data = _DATA

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="before")
    party = models.ForeignKey("actors.Party", models.CASCADE, related_name="+")
    values = models.JSONField()

    def __str__(self) -> str:
        return f"{self.party_id} before {self.batch_id}"
