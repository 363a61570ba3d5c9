"""What a campaign is made of."""

from undaunted.prisoners.campaigns.rules.sheets import (
    AdopterSheet,
    CampaignSheet,
    CaseSheet,
    FollowUp,
    NamePiece,
    OccasionSheet,
    RaiseLine,
    SourceLine,
)
from undaunted.prisoners.campaigns.rules.terms import (
    LADDER,
    AdopterKind,
    Channel,
    Level,
    MaterialKind,
    Mode,
    Reply,
    SourceStatus,
)

__all__ = [
    "LADDER",
    "AdopterKind",
    "AdopterSheet",
    "CampaignSheet",
    "CaseSheet",
    "Channel",
    "FollowUp",
    "Level",
    "MaterialKind",
    "Mode",
    "NamePiece",
    "OccasionSheet",
    "RaiseLine",
    "Reply",
    "SourceLine",
    "SourceStatus",
]
