"""What the engine refuses, each with what is wrong and where."""

from __future__ import annotations

__all__ = ["OwnershipError", "PartyUnknown", "QuestionMalformed", "StakesMalformed"]


class OwnershipError(Exception):
    """Whatever the ownership engine refuses."""


class StakesMalformed(OwnershipError):
    """The columns of a table of stakes do not fit each other."""


class PartyUnknown(OwnershipError):
    """No stake names such an owner or company."""


class QuestionMalformed(OwnershipError):
    """A threshold, a set of owners or a sector means nothing."""
