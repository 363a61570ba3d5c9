"""Coordination over the wire."""

from undaunted.repression.coordination.api import desk, elsewhere, notices, public
from undaunted.repression.coordination.api.root import router

__all__ = ["desk", "elsewhere", "notices", "public", "router"]
