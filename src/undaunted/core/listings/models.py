"""Versions of lists and the entries of each: what issuers published, open to everybody.

An entry's row holds from the version that brought it to the one that changed or dropped it, so that
a new version costs what changed and every earlier one can be read as it was.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Value

from undaunted.core.access.rules import NO_PERSONAL_DATA, PersonalData
from undaunted.core.listings.rules import (
    Came,
    Kind,
    ListSource,
    Nameless,
    list_source,
    read_entry,
)

if TYPE_CHECKING:
    from undaunted.core.listings.rules import Entry

__all__ = ["ListEntry", "ListVersion"]


class ListVersion(models.Model):
    """One whole file of a list; never changed, and withdrawn only while it is the last."""

    personal_data = NO_PERSONAL_DATA
    face = "public"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    source = models.SlugField(max_length=24)
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=200, help_text="Of the file.")
    digest = models.CharField(max_length=64)
    size = models.BigIntegerField()
    said = models.CharField(
        max_length=64,
        blank=True,
        db_default="",
        help_text="Digest of what its entries say, whatever their bytes.",
    )
    published = models.CharField(max_length=80, blank=True, help_text="As the file says, EDTF.")
    came = models.CharField(max_length=8)
    address = models.CharField(max_length=500, blank=True)
    loaded_at = models.DateTimeField()
    entries = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    amended = models.PositiveIntegerField(default=0)
    removed = models.PositiveIntegerField(default=0)
    faults = models.JSONField(default=list)
    fault_count = models.PositiveIntegerField(default=0)
    lost = models.PositiveIntegerField(default=0, help_text="Rows that gave no entry.")
    kept = ArrayField(
        models.TextField(),
        db_default=Value([], ArrayField(models.TextField())),
        help_text="Keys whose rows could not be read: their entries stand as they last stood.",
    )
    nameless = ArrayField(
        models.TextField(),
        db_default=Value([], ArrayField(models.TextField())),
        help_text="Marks of rows that nobody can place, and that may be an entry that is missing.",
    )
    settled = ArrayField(
        models.TextField(),
        null=True,
        help_text="Marks of those that are none of them; null where a version does not tell.",
    )
    confirmed = models.BooleanField(default=False, help_text="Loaded against a doubt.")
    whole = models.BooleanField(default=False)
    written_in = models.BigIntegerField(help_text="Number of the transaction that wrote it.")
    withdrawn_at = models.DateTimeField(null=True)
    attested_at = models.DateTimeField(
        null=True, help_text="When a second person said that it is the issuer's."
    )
    brought_by = models.CharField(
        max_length=64,
        blank=True,
        db_default="",
        help_text="Digest of its id and who loaded it: it names nobody.",
    )

    class Meta:
        db_table = "published_list_version"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "number"], name="one_list_version_a_number"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.number}"

    @property
    def listing(self) -> ListSource:
        """The list that it is a version of."""
        return list_source(self.source)

    @property
    def sure(self) -> bool:
        """Whether more than one person's word says that the file is the issuer's."""
        return self.attested_at is not None or self.came == Came.FETCHED

    @property
    def unplaced(self) -> Nameless | None:
        """The rows that nobody can place; None where the version does not tell of them."""
        if self.settled is None:
            return None
        return Nameless(tuple(self.nameless), tuple(self.settled))


class ListEntry(models.Model):
    """An entry from the version that brought it up to the one that changed or dropped it."""

    personal_data = PersonalData(
        holds="names, births, papers, addresses and reasons, as an issuer published them",
        about="people on lists of sanctions, and people sanctioned in reply",
        why="to see who is listed where since when, and to compare names against lists",
        kept="while versions of the list are kept",
    )
    face = "public"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    source = models.SlugField(max_length=24)
    key = models.CharField(max_length=200)
    kind = models.CharField(max_length=8, choices=[(each.value, each.value) for each in Kind])
    name = models.TextField()
    search = models.TextField(help_text="Every name in small letters.")
    programmes = ArrayField(models.TextField(), default=list)
    designated = models.CharField(max_length=80, blank=True)
    delisted = models.BooleanField(default=False)
    digest = models.CharField(max_length=64)
    first = models.PositiveIntegerField(help_text="Number of the version that brought it.")
    last = models.PositiveIntegerField(
        null=True, help_text="Of the one that changed or dropped it."
    )
    content = models.JSONField()

    class Meta:
        db_table = "published_list_entry"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source", "key"],
                condition=models.Q(last__isnull=True),
                name="one_entry_a_key_in_force",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["source", "key", "first"], name="list_entry_history"),
            models.Index(fields=["source", "name", "id"], name="list_entry_by_name"),
            GinIndex(fields=["search"], name="list_entry_by_words", opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.key}"

    @property
    def entry(self) -> Entry:
        """Give the entry as the rules read it."""
        return read_entry(self.content)

    @property
    def listing(self) -> ListSource:
        """The list that it stands on."""
        return list_source(self.source)
