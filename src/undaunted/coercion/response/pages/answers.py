"""How the desk of responses answers: found or absent, a step taken or what stands against it."""

from __future__ import annotations

from typing import Final

from undaunted.coercion.response.readers import ScenarioRefused
from undaunted.coercion.response.rules import NameShared, ResponseRefused
from undaunted.core.access.pages import Desk
from undaunted.site.answers import found, stopped

__all__ = ["found", "sought", "stopped", "taken", "written"]

_DESK: Final = Desk((ResponseRefused, ScenarioRefused), absent=(NameShared,))
sought, taken, written = _DESK.sought, _DESK.taken, _DESK.written
