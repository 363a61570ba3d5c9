"""Pages of sharing at the desk."""

from undaunted.core.sharing.pages.board import board, keys
from undaunted.core.sharing.pages.incoming import (
    accept,
    arrival_page,
    item_page,
    new_arrival,
    receipt_file,
    reject,
)
from undaunted.core.sharing.pages.outgoing import (
    copy_file,
    decline,
    new_package,
    package,
    seal,
    takedown_file,
)
from undaunted.core.sharing.pages.partners import (
    circle_page,
    leave,
    new_circle,
    new_partner,
    partner_page,
    partners,
    stop_partner,
)

__all__ = [
    "accept",
    "arrival_page",
    "board",
    "circle_page",
    "copy_file",
    "decline",
    "item_page",
    "keys",
    "leave",
    "new_arrival",
    "new_circle",
    "new_package",
    "new_partner",
    "package",
    "partner_page",
    "partners",
    "receipt_file",
    "reject",
    "seal",
    "stop_partner",
    "takedown_file",
]
