"""Matching over the wire: who is whom for everybody; pairs, verdicts and questions at the desk."""

from undaunted.core.matching.api import files, pairs
from undaunted.core.matching.api.root import router

__all__ = ["files", "pairs", "router"]
