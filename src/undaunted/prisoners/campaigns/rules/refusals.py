"""Why a step of a campaign cannot be taken; each message says what to do."""

__all__ = [
    "CampaignRefused",
    "CampaignTaken",
    "CaseIsSilent",
    "ModeNotCovered",
    "NothingWaits",
    "SheetRefused",
]


class CampaignRefused(ValueError):
    """The step cannot be taken; the message says why and what to do."""


class CampaignTaken(CampaignRefused):
    """Another campaign has this short name."""


class CaseIsSilent(CampaignRefused):
    """A silent case is raised by nobody and written about in nothing."""


class ModeNotCovered(CampaignRefused):
    """No agreement covers the mode, or whoever asks does not hold it."""


class NothingWaits(CampaignRefused):
    """Nothing of this campaign waits for this person."""


class SheetRefused(CampaignRefused):
    """Rows of a sheet cannot be taken in; the message names the first."""
