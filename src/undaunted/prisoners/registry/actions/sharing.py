"""The kinds of things that the registry shares with other instances and takes in from them."""

from __future__ import annotations

from undaunted.core.sharing.rules import ItemKind
from undaunted.prisoners.registry.actions.sharing_in import (
    give_up_received,
    look_at_case,
    look_at_document,
    take_case,
    take_document,
)
from undaunted.prisoners.registry.actions.sharing_out import offer_case, offer_document
from undaunted.prisoners.registry.queries.lists import places_of

__all__ = ["KINDS"]

KINDS = (
    ItemKind(
        "registry.case",
        offer_case,
        look_at_case,
        take_case,
        give_up_received,
        places=places_of,
    ),
    ItemKind(
        "registry.document", offer_document, look_at_document, take_document, give_up_received
    ),
)
