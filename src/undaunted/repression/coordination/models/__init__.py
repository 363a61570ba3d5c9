"""Tables of coordination: seats, proposals, parties, remarks, court cases, petitions."""

from undaunted.repression.coordination.models.elsewhere import Guest, Invitation, Sending
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
    "CourtRecord",
    "Guest",
    "Invitation",
    "Own",
    "Party",
    "Petition",
    "PetitionPart",
    "Prepared",
    "Proposal",
    "PublishedCase",
    "Remark",
    "Seat",
    "SeatKnown",
    "Sending",
]
