"""Why a step of a response cannot be taken; each message says what to do."""

__all__ = [
    "CompactTaken",
    "KeptUnreadable",
    "NameShared",
    "PledgeFrozen",
    "ResponseRefused",
    "StageRefused",
    "TriggerNotMet",
]


class ResponseRefused(ValueError):
    """The step cannot be taken; the message says why and what to do."""


class CompactTaken(ResponseRefused):
    """Another compact or episode has this short name."""


class NameShared(ResponseRefused):
    """Several that one may read have this short name; ids tell them apart."""


class TriggerNotMet(ResponseRefused):
    """The findings do not meet the trigger of the compact."""


class StageRefused(ResponseRefused):
    """An invocation does not go from where it stands to there, or not by this government."""


class PledgeFrozen(ResponseRefused):
    """What was decided upon is not changed any more."""


class KeptUnreadable(ResponseRefused):
    """What a government keeps cannot be opened, or is not what it should be."""
