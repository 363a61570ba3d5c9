"""Compacts and responses over the wire."""

from undaunted.coercion.response.api import compacts, invocations
from undaunted.coercion.response.api.root import router

__all__ = ["compacts", "invocations", "router"]
