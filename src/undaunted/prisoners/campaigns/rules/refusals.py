"""Why a step of a campaign cannot be taken; each message says what to do."""

__all__ = [
    "CampaignRefused",
    "CampaignTaken",
    "CaseIsSilent",
    "MaterialStale",
    "ModeNotCovered",
    "NothingWaits",
    "RaiserNotAgreed",
    "SeveralFit",
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


class RaiserNotAgreed(CampaignRefused):
    """The person did not agree that whoever would raise or adopt the case is told of it."""


class SeveralFit(CampaignRefused):
    """A name fits several cases or adopters; the message names them."""


class MaterialStale(CampaignRefused):
    """The words of a file are old; it is written anew."""
