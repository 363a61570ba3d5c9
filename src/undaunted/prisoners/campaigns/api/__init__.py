"""Campaigns over the wire."""

from undaunted.prisoners.campaigns.api.routes import router

__all__ = ["router"]
