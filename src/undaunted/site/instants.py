"""Days and instants as people and programs write them, made such as the database keeps.

Python reads offsets up to a day, PostgreSQL none of sixteen hours; in universal time every instant
between the years 1 and 9999 is kept.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

__all__ = ["DayField", "InstantField", "InstantOutOfRange", "in_utc", "read_instant"]


class InstantOutOfRange(ValueError):
    """In universal time this lies before the year 1 or after 9999."""


class DayField(forms.DateField):
    """A day of a form, year-month-day: 1/5/2026 is in May to some, and in January to others."""

    def __init__(self, **told: Any) -> None:  # noqa: ANN401
        told.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        said = {"invalid": _("Write the day as year-month-day, such as 2025-12-31.")}
        super().__init__(input_formats=["%Y-%m-%d"], error_messages=said, **told)


class InstantField(forms.DateTimeField):
    """A day and time of a form, year-month-day first, as in `DayField`.

    One that names no offset is meant in the form's time zone.
    """

    input_formats = ("%Y-%m-%dT%H:%M",)

    def to_python(self, value: Any) -> datetime | None:  # noqa: ANN401
        """Read it, or say that it is none."""
        found: datetime | None = super().to_python(value)
        try:
            return found and in_utc(found)
        except InstantOutOfRange as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error


def in_utc(moment: datetime) -> datetime:
    """Give the same instant in UTC; what names no offset is meant in it.

    Raises `InstantOutOfRange`.
    """
    if moment.tzinfo is None:
        return moment.replace(tzinfo=UTC)
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise InstantOutOfRange(moment.isoformat()) from error


def read_instant(text: str) -> datetime:
    """Read ISO 8601 as an instant in UTC; a day alone means its end. Raises `ValueError`."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return in_utc(datetime.fromisoformat(text))
    return datetime.combine(day, time.max, UTC)
