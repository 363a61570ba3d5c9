"""How the desk of proceedings answers: found or absent, a step taken or what stands against it."""

from __future__ import annotations

from typing import Final

from undaunted.coercion.instruments.readers import FileRefused
from undaunted.coercion.instruments.rules import InstrumentRefused
from undaunted.core.access.pages import Desk
from undaunted.site.answers import found, stopped

__all__ = ["found", "stopped", "taken", "written"]

_DESK: Final = Desk((InstrumentRefused, FileRefused))
taken, written = _DESK.taken, _DESK.written
