"""Dossiers by program: read and submitted, opened and written, ended; nothing of them is public."""

from undaunted.repression.dossiers.api import annexes, desk, ending, recording
from undaunted.repression.dossiers.api.root import router

__all__ = ["annexes", "desk", "ending", "recording", "router"]
