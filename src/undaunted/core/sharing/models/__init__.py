"""Tables of sharing."""

from undaunted.core.sharing.models.incoming import Arrival, ArrivalItem, Kept, TakenBack
from undaunted.core.sharing.models.outgoing import Copy, Parcel, ParcelItem, Slip
from undaunted.core.sharing.models.partners import Circle, CircleMember, OwnKeys, Partner

__all__ = [
    "Arrival",
    "ArrivalItem",
    "Circle",
    "CircleMember",
    "Copy",
    "Kept",
    "OwnKeys",
    "Parcel",
    "ParcelItem",
    "Partner",
    "Slip",
    "TakenBack",
]
