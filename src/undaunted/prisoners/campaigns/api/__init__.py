"""Campaigns over the wire."""

from undaunted.prisoners.campaigns.api import adopters, files, log, routes
from undaunted.prisoners.campaigns.api.root import router

__all__ = ["adopters", "files", "log", "router", "routes"]
