"""What is done with editions. This is the door: nothing else of it is called from outside."""

from undaunted.core.editions.actions.building import (
    Wanted,
    build_edition,
    order_for,
    rebuild_edition,
)
from undaunted.core.editions.actions.kinds import edition_kinds, register_edition_kind
from undaunted.core.editions.actions.news import heed_news
from undaunted.core.editions.actions.publishing import (
    discard_edition,
    propose_edition,
    publish_edition,
    withdraw_edition,
)

__all__ = [
    "Wanted",
    "build_edition",
    "discard_edition",
    "edition_kinds",
    "heed_news",
    "order_for",
    "propose_edition",
    "publish_edition",
    "rebuild_edition",
    "register_edition_kind",
    "withdraw_edition",
]
