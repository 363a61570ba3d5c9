"""Why a step of a screening cannot be taken; each message names the field and says what to do."""

__all__ = [
    "DecisionRefused",
    "FactsUnreadable",
    "FilingRefused",
    "MitigationRefused",
    "RegimeUnknown",
    "ScreeningRefused",
    "StageRefused",
]


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
