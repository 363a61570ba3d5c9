"""What is done with packages. This is the door: nothing else of it is called from outside."""

from undaunted.core.sharing.actions.deciding import (
    accept_item,
    look_at_item,
    places_for,
    reject_item,
)
from undaunted.core.sharing.actions.ending import (
    destroy_keys,
    drop_copies,
    end_arrival,
    give_up_item,
    heed_news,
    release_takedowns,
)
from undaunted.core.sharing.actions.handing import (
    hand_over_copy,
    hand_over_receipt,
    hand_over_takedown,
)
from undaunted.core.sharing.actions.keys import make_own_keys, opened_as_ours
from undaunted.core.sharing.actions.kinds import kinds, register_kind
from undaunted.core.sharing.actions.partners import (
    end_partner,
    join_circle,
    leave_circle,
    make_circle,
    record_partner,
    verify_partner,
)
from undaunted.core.sharing.actions.proposing import Wanted, decline_parcel, propose_parcel
from undaunted.core.sharing.actions.sealing import seal_parcel
from undaunted.core.sharing.actions.taking import check_file, take_in
from undaunted.core.sharing.models import Parcel

__all__ = [
    "Parcel",
    "Wanted",
    "accept_item",
    "check_file",
    "decline_parcel",
    "destroy_keys",
    "drop_copies",
    "end_arrival",
    "end_partner",
    "give_up_item",
    "hand_over_copy",
    "hand_over_receipt",
    "hand_over_takedown",
    "heed_news",
    "join_circle",
    "kinds",
    "leave_circle",
    "look_at_item",
    "make_circle",
    "make_own_keys",
    "opened_as_ours",
    "places_for",
    "propose_parcel",
    "record_partner",
    "register_kind",
    "reject_item",
    "release_takedowns",
    "seal_parcel",
    "take_in",
    "verify_partner",
]
