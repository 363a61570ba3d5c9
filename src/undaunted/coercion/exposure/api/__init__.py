"""Exposure over the wire: the same numbers as the pages and the terminal."""

from undaunted.coercion.exposure.api import flows, shipped
from undaunted.coercion.exposure.api.root import router

__all__ = ["flows", "router", "shipped"]
