"""Verdicts on pairs of entries, what proposes them, and questions about people in our files.

What is said of entries of lists rests on what issuers published, and is open to everybody; who
judged and why stays at the desk. A question names a person in somebody's file beside an entry: it
is read by its holder alone, and holds no name.
"""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models

from undaunted.core.access.models import Protected
from undaunted.core.access.rules import NO_PERSONAL_DATA, PersonalData
from undaunted.core.matching.rules import EntryKey, Named, Reference, Verdict

__all__ = [
    "Answer",
    "EntrySeen",
    "Hand",
    "MatchCandidate",
    "MatchJudgement",
    "Question",
    "Reason",
    "Screening",
]

_PAIR = PersonalData(
    holds="pairs of entries of lists that may be one, with the words that are alike",
    about="people on lists of sanctions",
    why="to say who is listed where, and what is not settled",
    kept="while versions of the lists are kept",
)
_FILE = PersonalData(
    holds="that somebody in a file may be an entry of a list; ids, never names of the file",
    about="people in case files, and parties of investments that are screened",
    why="to ask a person whether it is the same, once",
    kept="until the holder erases the file",
)
_FILES = [each.value for each in Named if each is not Named.ENTRY]
_VERDICTS = [(each.value, each.value) for each in Verdict]


class MatchJudgement(models.Model):
    """A verdict on two entries, with both as they were judged; undone, never deleted."""

    personal_data = _PAIR
    face = "public"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    left = models.CharField(max_length=240, help_text="source:key")
    right = models.CharField(max_length=240, help_text="source:key")
    verdict = models.CharField(max_length=9, choices=_VERDICTS)
    likeness = models.FloatField(null=True, help_text="Of the pair, when it was judged.")
    reasons = models.JSONField(default=list)
    engine = models.CharField(max_length=40, blank=True)
    left_digest = models.CharField(max_length=64)
    right_digest = models.CharField(max_length=64)
    left_form = models.JSONField()
    right_form = models.JSONField()
    shown = models.CharField(
        max_length=64, blank=True, help_text="Names all that the judge was shown of both."
    )
    batch = models.UUIDField(null=True, db_index=True, help_text="Judged together in one act.")
    at = models.DateTimeField()
    confirmed_at = models.DateTimeField(
        null=True, help_text="When a second person confirmed it; it counts from then on."
    )
    undone_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "published_match_judgement"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["left", "right"],
                condition=models.Q(undone_at__isnull=True),
                name="one_standing_verdict_a_pair",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["-at"], name="match_judgement_newest")]

    def __str__(self) -> str:
        return f"{self.left} {self.verdict} {self.right}"

    @property
    def pair(self) -> tuple[EntryKey, EntryKey]:
        """The two entries that it is of."""
        left, right = (Reference(Named.ENTRY, side).entry for side in (self.left, self.right))
        return left, right


class MatchCandidate(models.Model):
    """Two entries that may be one, as the engine named compared them."""

    personal_data = _PAIR
    face = "public"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    left = models.CharField(max_length=240)
    right = models.CharField(max_length=240, db_index=True)
    likeness = models.FloatField()
    reasons = models.JSONField(default=list)
    strong = models.BooleanField(default=False, help_text="Equal birth or identifier, very alike.")
    engine = models.CharField(max_length=40)

    class Meta:
        db_table = "published_match_candidate"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["left", "right"], name="one_candidate_a_pair"),
        ]

    def __str__(self) -> str:
        return f"{self.left} {self.right}"


class EntrySeen(models.Model):
    """An entry that was compared: in which form, by which engine; or why it cannot be."""

    personal_data = NO_PERSONAL_DATA
    face = "public"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    source = models.SlugField(max_length=24)
    key = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, help_text="Of all that the issuer says.")
    form = models.CharField(max_length=64, help_text="Digest of what tells somebody apart.")
    engine = models.CharField(max_length=40)
    refused = models.TextField(blank=True)
    at = models.DateTimeField(null=True, help_text="When it was compared with other lists.")

    class Meta:
        db_table = "published_match_seen"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "key"], name="an_entry_is_seen_once"),
        ]

    def __str__(self) -> str:
        return f"{self.source}:{self.key}"


class Hand(Protected):
    """Who judged a pair of entries, confirmed or undid that; never changed."""

    personal_data = PersonalData(
        holds="who judged a pair of entries",
        about="our own people",
        why="to ask whoever judged",
        kept="as long as the verdict",
    )

    judgement = models.UUIDField(db_index=True)
    undone = models.BooleanField(default=False)
    confirmed = models.BooleanField(default=False)
    by = models.UUIDField()
    at = models.DateTimeField()
    reasoned = models.BooleanField(default=False, help_text="Whether a reason is kept with it.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["judgement"],
                condition=models.Q(undone=False, confirmed=False),
                name="a_verdict_is_signed_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.judgement} {self.at:%Y-%m-%d}"


class Reason(Protected):
    """Why somebody judged, confirmed or undid, in their words; never changed.

    It may tell of a file, and is read by their organisation alone unless they showed it to others.
    """

    personal_data = PersonalData(
        holds="on what a verdict rests, in the words of whoever gave it, who may tell of a file",
        about="our own people, and whom they write of",
        why="to ask whoever judged",
        kept="as long as the verdict",
    )

    hand = models.UUIDField(unique=True)
    text = models.TextField()

    def __str__(self) -> str:
        return str(self.hand)


def _code() -> Any:  # noqa: ANN401 - a field is typed by what its class stores
    return models.BinaryField(
        max_length=32,
        null=True,
        help_text="Code of the application for the row; emptied once it was asked.",
    )


class Question(Protected):
    """That somebody in a file may be an entry: asked once, and anew where either side changes."""

    personal_data = _FILE

    subject = models.CharField(max_length=240, help_text="kind:key")
    entry = models.CharField(max_length=240, help_text="source:key")
    likeness = models.FloatField(help_text="Of the names and facts of the pair.")
    subject_digest = models.CharField(max_length=64)
    entry_digest = models.CharField(max_length=64)
    engine = models.CharField(max_length=40)
    asked_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, help_text="Answered, or no longer alike.")
    vouched = _code()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["holder", "subject", "entry"],
                condition=models.Q(closed_at__isnull=True),
                name="a_question_is_asked_once",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["holder", "asked_at"], name="questions_asked")]

    def __str__(self) -> str:
        return str(self.id)


class Screening(Protected):
    """When the files of one kind of an organisation were last held against lists, and which.

    Besides whose names could not be compared then: that nothing came up says nothing of them.
    """

    personal_data = _FILE

    kind = models.CharField(max_length=24)
    at = models.DateTimeField()
    lists = models.JSONField(
        default=dict, help_text="Number of the version that last changed each list, then."
    )
    refused = models.JSONField(
        default=dict, help_text="Why somebody could not be compared, by kind:key of the file."
    )
    vouched = _code()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["holder", "kind"], name="files_held_last_once"),
            models.CheckConstraint(condition=models.Q(kind__in=_FILES), name="files_are_of_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"


class Answer(Protected):
    """What a person answered to a question, with the entry as it was; undone, never deleted."""

    personal_data = _FILE

    subject = models.CharField(max_length=240)
    entry = models.CharField(max_length=240)
    verdict = models.CharField(max_length=9, choices=_VERDICTS)
    likeness = models.FloatField(null=True)
    reasons = models.JSONField(default=list, help_text="Words of the entry alone.")
    engine = models.CharField(max_length=40, blank=True)
    subject_digest = models.CharField(max_length=64)
    entry_digest = models.CharField(max_length=64)
    entry_form = models.JSONField(default=dict)
    by = models.UUIDField()
    at = models.DateTimeField()
    why = models.TextField()
    confirmed_by = models.UUIDField(null=True)
    confirmed_at = models.DateTimeField(
        null=True, help_text="When a second person said the same of whoever is meant."
    )
    confirmed_why = models.TextField(blank=True)
    undone_by = models.UUIDField(null=True)
    undone_at = models.DateTimeField(null=True)
    vouched = _code()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(confirmed_by__isnull=True)
                | ~models.Q(confirmed_by=models.F("by")),
                name="two_people_say_who_is_meant",
            ),
            models.UniqueConstraint(
                fields=["holder", "subject", "entry"],
                condition=models.Q(undone_at__isnull=True),
                name="one_standing_answer_a_question",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def counts(self) -> bool:
        """Whether it settles the question: that somebody is meant takes a second person."""
        return self.verdict != Verdict.SAME or self.confirmed_by is not None

    @property
    def waits(self) -> bool:
        """Whether it stands and waits for a second person."""
        return self.undone_at is None and not self.counts
