"""What the authority finds: scope, factors, decisions, measures that investors must keep."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from undaunted.coercion.screening.models.cases import HANDS, Keepable, OfCase, Told

__all__ = ["Assessment", "Check", "Decision", "Mitigation", "Recourse", "Scope"]


class Scope(Told):
    """Whether a regime reaches the investment, under its version of a day, and by which rows."""

    personal_data = HANDS

    regime = models.CharField(max_length=60)
    lists = models.JSONField(default=list, help_text="Lists of sectors and their versions.")
    day = models.DateField(help_text="Day whose rules were asked.")
    facts = models.JSONField(help_text="What was asked, by name of the field.")
    outcome = models.CharField(max_length=12)
    duty = models.CharField(max_length=12, help_text="Whether it must be filed.")
    duty_may = models.CharField(max_length=12, help_text="The most that may be asked.")
    rows = models.JSONField(default=list, help_text="Rows that decided, with law and status.")
    missing = models.JSONField(default=list, help_text="Facts that lack, by name of the field.")

    class Meta:
        ordering: ClassVar = ["recorded_at", "regime", "id"]

    def __str__(self) -> str:
        return f"{self.regime} {self.outcome}"


class Assessment(Told, Keepable):
    """What one factor of the regime shows, with reasons and evidence."""

    personal_data = HANDS

    regime = models.CharField(max_length=60)
    factor = models.CharField(max_length=60)
    finding = models.CharField(max_length=20)
    reasons = models.TextField()
    evidence = models.JSONField(default=list, help_text="Kind and id of what it rests on.")

    class Meta:
        ordering: ClassVar = ["recorded_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(reasons="")
                & (~models.Q(finding="present") | ~models.Q(evidence=[])),
                name="a_factor_has_reasons_and_evidence",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.factor} {self.finding}"


class Decision(OfCase, Keepable):
    """What one person proposes and a second one takes, or sends back with a reason."""

    personal_data = HANDS

    regime = models.CharField(max_length=60)
    kind = models.CharField(max_length=12)
    reasons = models.TextField()
    factors = models.JSONField(default=list, help_text="Ids of the assessments it rests on.")
    conditions = models.JSONField(default=list, help_text="Conditions that it sets.")
    terms = models.JSONField(
        default=list, help_text="Of each condition: first and last day, months, who looks."
    )
    no_less = models.TextField(blank=True, help_text="Why conditions do not suffice.")
    utmost_account = models.TextField(blank=True, help_text="What became of partners' comments.")
    urgent = models.TextField(blank=True, help_text="Why it did not wait for partners' periods.")
    urgent_told_on = models.DateField(
        null=True, help_text="Day on which partners were told that it does not wait."
    )
    urgent_told_to = models.TextField(blank=True, help_text="Which partners were told so.")
    completed = models.BooleanField(default=False, help_text="The investment was completed.")
    unwind_by = models.DateField(null=True, help_text="Last day on which it is unwound.")
    recourse = models.JSONField(default=list, help_text="Body, time and source, by the regime.")
    day = models.DateField(help_text="Day from which it counts.")
    taken_at = models.DateTimeField(null=True)
    taken_by = models.UUIDField(null=True)
    returned_at = models.DateTimeField(null=True)
    returned_by = models.UUIDField(null=True)
    returned_why = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["recorded_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(taken_by__isnull=True)
                | ~models.Q(taken_by=models.F("recorded_by")),
                name="two_people_decide_a_case",
            ),
            models.CheckConstraint(
                condition=~models.Q(factors=[]) & ~models.Q(reasons=""),
                name="a_decision_rests_on_a_factor",
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(taken_at__isnull=True, returned_at__isnull=True),
                name="one_proposal_a_case",
            ),
        ]

    def __str__(self) -> str:
        return self.kind


class Recourse(Told):
    """An appeal or a review of a decision, and what came of it."""

    personal_data = HANDS

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="+")
    body = models.CharField(max_length=200)
    lodged_on = models.DateField()
    outcome = models.TextField(blank=True)
    outcome_on = models.DateField(null=True)
    result = models.CharField(
        max_length=12,
        blank=True,
        help_text="Dismissed, annulled or sent back; older ones say none.",
    )

    class Meta:
        ordering: ClassVar = ["recorded_at", "id"]

    def __str__(self) -> str:
        return self.body


class Mitigation(Told):
    """A measure that the investor must keep, watched on days that are named."""

    personal_data = HANDS

    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=40)
    text = models.TextField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    months = models.PositiveSmallIntegerField(help_text="Between two looks at it.")
    watched_by = models.CharField(max_length=200, help_text="Who looks at it.")
    lifting_at = models.DateTimeField(null=True)
    lifting_by = models.UUIDField(null=True, help_text="Who asks that it be lifted.")
    lifting_why = models.TextField(blank=True)
    declined = models.JSONField(
        default=list, help_text="Askings that were declined: by whom, when, why asked and why not."
    )

    class Meta:
        ordering: ClassVar = ["starts_on", "recorded_at", "id"]

    def __str__(self) -> str:
        return self.kind


class Check(Told):
    """What was found when a measure was looked at."""

    personal_data = HANDS

    mitigation = models.ForeignKey(Mitigation, models.PROTECT, related_name="+")
    day = models.DateField()
    outcome = models.CharField(max_length=12, help_text="Kept, doubtful or broken.")
    text = models.TextField()
    evidence = models.JSONField(default=list, help_text="Kind and id of what it rests on.")

    class Meta:
        ordering: ClassVar = ["day", "recorded_at", "id"]

    def __str__(self) -> str:
        return f"{self.day} {self.outcome}"
