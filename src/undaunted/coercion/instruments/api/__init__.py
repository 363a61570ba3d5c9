"""Proceedings for programs."""

from undaunted.coercion.instruments.api import proceedings
from undaunted.coercion.instruments.api.root import router

__all__ = ["proceedings", "router"]
