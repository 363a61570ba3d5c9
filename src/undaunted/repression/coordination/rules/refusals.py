"""Why a step of coordination cannot be taken; each message says what to do."""

__all__ = [
    "AnnouncementRefused",
    "CoordinationRefused",
    "ElsewhereUnreadable",
    "PetitionRefused",
    "ProposalClosed",
    "SealUnreadable",
]


class CoordinationRefused(ValueError):
    """The step cannot be taken; the message says why and what to do."""


class ProposalClosed(CoordinationRefused):
    """The proposal was withdrawn or has ended: nothing is added to it any more."""


class AnnouncementRefused(CoordinationRefused):
    """The joint announcement is not agreed, held, or past its moment in this way."""


class PetitionRefused(CoordinationRefused):
    """A petition does not go from where it stands to there."""


class SealUnreadable(CoordinationRefused):
    """What is sealed cannot be opened here, or is not what it should be."""


class ElsewhereUnreadable(CoordinationRefused):
    """What a partner on another installation sent cannot be read; the message names the field."""
