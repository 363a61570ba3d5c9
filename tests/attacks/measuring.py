"""Numbers that the drill measures: printed by `make drill`, never part of the written page."""

from __future__ import annotations

import json
import os
from pathlib import Path

__all__ = ["note_measurement"]


def note_measurement(what: str, **numbers: float) -> None:
    """Keep a measurement where the drill that is running collects them."""
    if place := os.environ.get("UNDAUNTED_DRILL_NUMBERS"):
        with Path(place).open("a", encoding="utf-8") as file:
            file.write(json.dumps({"what": what} | numbers) + "\n")
