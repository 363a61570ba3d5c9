"""Tables of coordination: seats, proposals, parties, remarks, court cases, petitions."""

from undaunted.repression.coordination.models.elsewhere import (
    HAS_PART,
    Guest,
    Invitation,
    Sending,
    SetAside,
)
from undaunted.repression.coordination.models.keys import SeatKey, Wrapped
from undaunted.repression.coordination.models.notices import Notice
from undaunted.repression.coordination.models.proposals import (
    Own,
    Party,
    Prepared,
    Proposal,
    Remark,
    Seat,
    SeatKnown,
)
from undaunted.repression.coordination.models.records import (
    CourtRecord,
    Petition,
    PetitionPart,
    PublishedCase,
)

__all__ = [
    "HAS_PART",
    "CourtRecord",
    "Guest",
    "Invitation",
    "Notice",
    "Own",
    "Party",
    "Petition",
    "PetitionPart",
    "Prepared",
    "Proposal",
    "PublishedCase",
    "Remark",
    "Seat",
    "SeatKey",
    "SeatKnown",
    "Sending",
    "SetAside",
    "Wrapped",
]
