"""Coordination over the wire."""

from undaunted.repression.coordination.api import (
    desk,
    elsewhere,
    keys,
    notices,
    petitions,
    public,
    records,
    seats,
)
from undaunted.repression.coordination.api.root import router

__all__ = [
    "desk",
    "elsewhere",
    "keys",
    "notices",
    "petitions",
    "public",
    "records",
    "router",
    "seats",
]
