"""What passes between the authority and others: requests, notices to partners, their comments."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from undaunted.coercion.screening.models.cases import HANDS, Case, Keepable, OfCase, Own, Told

__all__ = ["Answer", "Comment", "Notice", "Request"]


class Request(Told, Keepable):
    """What the authority asks of somebody; the periods that can stand still, may while it waits."""

    personal_data = HANDS

    addressee = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    due_on = models.DateField(null=True)
    stops = models.BooleanField(default=False, help_text="Periods stand still meanwhile.")
    for_partners = models.BooleanField(
        default=False, help_text="Partners asked for it; their periods wait for it."
    )

    class Meta:
        ordering: ClassVar = ["recorded_at", "id"]

    def __str__(self) -> str:
        return self.addressee


class Answer(Told, Keepable):
    """What came back on a request."""

    personal_data = HANDS

    request = models.ForeignKey(Request, models.PROTECT, related_name="answers")
    text = models.TextField(blank=True)
    received_on = models.DateField()
    complete = models.BooleanField(help_text="Periods that stood still go on.")

    class Meta:
        ordering: ClassVar = ["recorded_at", "id"]

    def __str__(self) -> str:
        return f"{self.request_id}"


class Notice(OfCase):
    """What a partner authority is told of a case: a copy, frozen when it was written down.

    It holds the non-confidential version and what else was chosen; a second person sends it.
    """

    personal_data = HANDS

    recipient = models.UUIDField(help_text="Partner authority (organisation).")
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    laws = models.JSONField(null=True, help_text="Regimes whose periods it starts; else every one.")
    though_outside = models.TextField(
        blank=True, help_text="Why they are told, where no law reaches the investment."
    )
    sent_at = models.DateTimeField(null=True)
    sent_by = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.UUIDField(null=True)

    class Meta:
        ordering: ClassVar = ["recorded_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(sent_by__isnull=True)
                | ~models.Q(sent_by=models.F("recorded_by")),
                name="two_people_send_a_notice",
            ),
            models.UniqueConstraint(
                fields=["case", "recipient"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="one_notice_a_partner",
            ),
        ]

    def __str__(self) -> str:
        return self.digest


class Comment(Own):
    """What a partner says on a notice, or what arrived from one by another way.

    Its holder is whoever wrote it down: the partner itself, or the authority that got a letter.
    """

    personal_data = HANDS

    notice = models.ForeignKey(Notice, models.PROTECT, null=True, related_name="comments")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    author = models.CharField(max_length=200, help_text="Authority that speaks.")
    kind = models.CharField(max_length=12, help_text="Intention, comment, opinion or question.")
    text = models.TextField(blank=True)
    received_on = models.DateField()

    class Meta:
        ordering: ClassVar = ["recorded_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(notice__isnull=True) ^ models.Q(case__isnull=True),
                name="a_comment_is_on_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.author}"
