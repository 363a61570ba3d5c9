"""Why something leaves a mailbox, in which form, and why it is opened in an emergency."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["ExportForm", "WhyBroken", "WhyExported"]


class ExportForm(StrEnum):
    """What an export holds: everything as text with clean copies, or the redacted copies alone."""

    WHOLE = "whole"
    REDACTED = "redacted"


class WhyExported(StrEnum):
    """Why something leaves a mailbox; the reporter reads that it did."""

    REPORTER_ASKED = "reporter_asked"
    PARTNER = "partner"
    LAWYER = "lawyer"
    COURT = "court"


class WhyBroken(StrEnum):
    """Why a mailbox of another team is opened in an emergency."""

    LIFE_AT_RISK = "life_at_risk"
    NOBODY_ANSWERS = "nobody_answers"
    TEAM_UNREACHABLE = "team_unreachable"
