"""Coordination over the wire."""

from undaunted.repression.coordination.api import desk, public
from undaunted.repression.coordination.api.root import router

__all__ = ["desk", "public", "router"]
