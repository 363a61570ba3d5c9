"""Reads of sharing: keys and partners, what was sent, what arrived."""

from undaunted.core.sharing.queries.incoming import (
    arrival_for,
    arrival_item_for,
    arrivals_due,
    arrivals_for,
    last_number,
    received_subjects,
    taken_back_for,
)
from undaunted.core.sharing.queries.outgoing import (
    copies_of,
    copy_for,
    parcel_for,
    parcels_for,
    slip_for,
    slips_outstanding,
)
from undaunted.core.sharing.queries.partners import (
    circle_for,
    circles_for,
    key_pairs_for,
    organisations_known,
    own_keys_for,
    partner_for,
    partner_signing,
    partners_for,
    recipients_of,
)

__all__ = [
    "arrival_for",
    "arrival_item_for",
    "arrivals_due",
    "arrivals_for",
    "circle_for",
    "circles_for",
    "copies_of",
    "copy_for",
    "key_pairs_for",
    "last_number",
    "organisations_known",
    "own_keys_for",
    "parcel_for",
    "parcels_for",
    "partner_for",
    "partner_signing",
    "partners_for",
    "received_subjects",
    "recipients_of",
    "slip_for",
    "slips_outstanding",
    "taken_back_for",
]
