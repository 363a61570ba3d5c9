"""Coordination over the wire."""

from undaunted.repression.coordination.api import desk, elsewhere, keys, notices, public
from undaunted.repression.coordination.api.root import router

__all__ = ["desk", "elsewhere", "keys", "notices", "public", "router"]
