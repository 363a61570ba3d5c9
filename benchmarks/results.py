"""What was measured, one file a size, so that a part can be measured again alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

__all__ = ["FOLDER", "all_kept", "keep"]

FOLDER = Path(__file__).parents[1] / "var" / "bench"


def keep(size: int, name: str, found: dict[str, Any]) -> None:
    """Put one measure beside the others of its size, in the place of an older one."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    file = _file(size)
    kept = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {"persons": size}
    file.write_text(json.dumps(kept | {name: found}, indent=1), encoding="utf-8")


def all_kept() -> list[dict[str, Any]]:
    """Give the measures of every size, the smallest first."""
    found = [json.loads(file.read_text(encoding="utf-8")) for file in FOLDER.glob("size-*.json")]
    return sorted(found, key=lambda kept: int(kept["persons"]))


def _file(size: int) -> Path:
    return FOLDER / f"size-{size}.json"
