"""Answers of the API that are given again when the same request comes twice."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from undaunted.core.access.rules import PersonalData

__all__ = ["KeptAnswer"]


class KeptAnswer(models.Model):
    """What one request with an Idempotency-Key was answered, for a day."""

    personal_data = PersonalData(
        holds="digests of a key and a request, and the answer, which holds ids",
        about="people who work with the platform",
        why="a program that lost the answer asks again without doing it twice",
        kept="24 hours; then the next request of the person removes it",
    )

    user_id = models.UUIDField()
    key = models.CharField(max_length=64)
    request = models.CharField(max_length=64)
    status = models.IntegerField()
    body = models.TextField()
    content_type = models.CharField(max_length=80)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user_id", "key"], name="one_answer_per_key"),
        ]

    def __str__(self) -> str:
        return f"{self.status} {self.created_at}"
