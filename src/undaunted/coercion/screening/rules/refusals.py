"""Why a step of a screening cannot be taken; each message names the field and says what to do."""

from typing import Final

__all__ = [
    "DecisionRefused",
    "FactsUnreadable",
    "FilingRefused",
    "MitigationRefused",
    "RegimeUnknown",
    "ScreeningRefused",
    "StageRefused",
    "step_refused",
]

REFUSED: Final = "42501"
OVERTAKEN: Final = frozenset({"23505", "40P01"})
"""Somebody recorded the same before; two steps waited for each other."""


class ScreeningRefused(ValueError):
    """The step cannot be taken; the message says why and what to do."""


class FactsUnreadable(ScreeningRefused):
    """The facts of a transaction are not written as they are read."""


class RegimeUnknown(ScreeningRefused):
    """No regime of that name or place is in force on that day."""


class FilingRefused(ScreeningRefused):
    """A notification lacks what it must hold."""


class StageRefused(ScreeningRefused):
    """A case does not go from where it stands to there, or not by this person."""


class DecisionRefused(ScreeningRefused):
    """A decision does not rest on what it must rest on."""


class MitigationRefused(ScreeningRefused):
    """A condition cannot be kept in the register as it is."""


def step_refused(problem: Exception) -> str:
    """Say why the database refused a step; empty where it broke.

    A gate says it in its own words. Rows are else kept from whoever has no role that writes them.
    """
    cause = problem.__cause__
    state = getattr(cause, "sqlstate", "")
    if state in OVERTAKEN:
        return (
            "step: it does not fit what stands by now, for another was taken meanwhile; look again"
        )
    if state != REFUSED:
        return ""
    told = getattr(cause, "diag", None)
    if told is not None and told.source_function == "exec_stmt_raise":
        return f"step: {told.message_primary}; look again at what stands by now"
    return (
        "step: your roles in this authority do not reach it; ask a colleague whose roles do, or an "
        "administrator of accounts"
    )
