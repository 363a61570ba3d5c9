"""Why a case is taken down: a closed list, because the audit trail can never be erased."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["TakeDownReason"]


class TakeDownReason(StrEnum):
    """What moved somebody to take a case out of everything public."""

    ASKED_BY_PERSON = "asked_by_person"
    ASKED_BY_FAMILY = "asked_by_family"
    RISK = "risk"
    WRONG_FACTS = "wrong_facts"
    WRONG_PERSON = "wrong_person"
    LEGAL_DUTY = "legal_duty"
    OTHER = "other"
