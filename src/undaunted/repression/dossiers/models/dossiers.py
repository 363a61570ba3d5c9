"""A dossier: its acts, those alleged to be responsible, what tells who they are, what was found.

Names of the alleged are kept here and not among the ledger's parties: every person there is a case
of somebody repressed, and a colleague outside the handling team reads it.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from undaunted.core.access.models import Protected
from undaunted.core.access.rules import PersonalData

__all__ = ["Accused", "Detail", "Dossier", "DossierAct", "FoundFact", "Link", "Post", "Statement"]

_ALLEGED = PersonalData(
    holds="names, births, papers, posts, and what somebody is alleged to have done, with evidence",
    about="people alleged to be responsible for grave violations",
    why="a government that may list them asks who they are, what they did and what speaks for them",
    kept="until a steward of the team erases the closed dossier",
)


class Dossier(Protected):
    """One file: about which matter, handled by whom, how far it may travel."""

    personal_data = PersonalData(
        holds="what a dossier is about, who handles it, and why it is closed",
        about="people alleged to be responsible, and colleagues who handle the file",
        why="submissions to governments are written from it",
        kept="until a steward of the team erases it, once it is closed",
    )

    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    country = models.CharField(max_length=4, help_text="State whose officials it is about.")
    tlp = models.CharField(max_length=16, default="AMBER")
    team = ArrayField(
        models.UUIDField(), default=list, help_text="Who handles it; nobody else reads it."
    )
    opened_by = models.UUIDField()
    opened_at = models.DateTimeField()
    closing_by = models.UUIDField(null=True, help_text="Who asks that it is closed.")
    closing_at = models.DateTimeField(null=True)
    closing_why = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["holder", "opened_at"], name="dossiers_opened")]

    def __str__(self) -> str:
        return self.title


class DossierAct(Protected):
    """One act of the ledger that a dossier rests on; its victim is "Person 1" in every paper."""

    personal_data = PersonalData(
        holds="which act done to whom, by opaque id, a dossier rests on",
        about="people who suffered a violation",
        why="a dossier is about what was done to them",
        kept="until it is taken out, the dossier ends or the person's record is erased",
    )
    consent_subject = "subject"

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="acts")
    claim = models.UUIDField()
    subject = models.UUIDField(db_index=True)
    number = models.PositiveSmallIntegerField(help_text="Person 1, Person 2: stays.")
    recorded_by = models.UUIDField()
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dossier", "claim"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="one_act_of_a_dossier",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.number}"


class Accused(Protected):
    """Somebody alleged to be responsible; always an allegation, never a verdict."""

    personal_data = _ALLEGED

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="accused")
    kind = models.CharField(max_length=16, default="person")
    number = models.PositiveSmallIntegerField()
    reply = models.CharField(max_length=12, default="open")
    reply_note = models.TextField(blank=True)
    listings = models.JSONField(default=list, help_text="Entries that a search found; questions.")
    searched_at = models.DateTimeField(null=True)
    searched = models.JSONField(default=list, help_text="Lists and versions that were searched.")
    recorded_by = models.UUIDField()
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class Detail(Protected):
    """One thing that tells who somebody is: a name, a birth, a paper, a photo."""

    personal_data = _ALLEGED

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="+")
    accused = models.ForeignKey(Accused, models.CASCADE, related_name="details")
    kind = models.CharField(max_length=16)
    text = models.CharField(max_length=300)
    recorded_by = models.UUIDField()
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.kind}: {self.text}"


class Post(Protected):
    """An office that somebody held for a time, and the office it answered to."""

    personal_data = _ALLEGED

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="+")
    accused = models.ForeignKey(Accused, models.CASCADE, related_name="posts")
    office = models.CharField(max_length=200)
    above = models.CharField(max_length=200, blank=True, help_text="Office that it answered to.")
    start = models.CharField(max_length=40, blank=True, help_text="EDTF")
    start_earliest = models.DateField(null=True)
    start_latest = models.DateField(null=True)
    end = models.CharField(max_length=40, blank=True, help_text="EDTF; empty = goes on")
    end_earliest = models.DateField(null=True)
    end_latest = models.DateField(null=True)
    recorded_by = models.UUIDField()
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.office


class Link(Protected):
    """How somebody had a part in an act: ordered, committed, complicit; an allegation."""

    personal_data = _ALLEGED

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="+")
    act = models.ForeignKey(DossierAct, models.CASCADE, related_name="links")
    accused = models.ForeignKey(Accused, models.CASCADE, related_name="links")
    mode = models.CharField(max_length=24)
    reasons = models.TextField()
    recorded_by = models.UUIDField()
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["act", "accused", "mode"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="one_link_of_a_mode",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mode} {self.act_id}"


class FoundFact(Protected):
    """What somebody found on one fact, of one act, of one person, or of the whole dossier."""

    personal_data = PersonalData(
        holds="that an act was torture, a detention arbitrary, a person an official; and why",
        about="people who suffered a violation, and those alleged to be responsible",
        why="each law asks for facts of its own",
        kept="as the dossier; a finding that was replaced stays as history",
    )

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="findings")
    act = models.ForeignKey(DossierAct, models.CASCADE, null=True, related_name="findings")
    accused = models.ForeignKey(Accused, models.CASCADE, null=True, related_name="findings")
    fact = models.CharField(max_length=40)
    value = models.CharField(max_length=8)
    reasons = models.TextField()
    recorded_by = models.UUIDField()
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.fact} {self.value}"


class Statement(Protected):
    """What speaks for somebody: searched, found, or the reasoned statement that nothing was."""

    personal_data = _ALLEGED

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="+")
    accused = models.ForeignKey(Accused, models.CASCADE, related_name="statements")
    kind = models.CharField(max_length=16)
    body = models.TextField()
    written_by = models.UUIDField()
    written_at = models.DateTimeField()
    confirmed_by = models.UUIDField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    withdrawing_by = models.UUIDField(null=True, help_text="Who asks that it is taken back.")
    withdrawing_at = models.DateTimeField(null=True)
    withdrawing_why = models.TextField(blank=True, default="")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(confirmed_by__isnull=True)
                | ~models.Q(confirmed_by=models.F("written_by")),
                name="two_people_weigh_a_person",
            ),
        ]

    def __str__(self) -> str:
        return self.kind
