"""The subject's data files, read once when first asked for."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["pack"]


@cache
def pack(name: str) -> dict[str, Any]:
    """Give the content of `packs/<name>.toml`; whoever reads it leaves it unchanged."""
    return tomllib.loads(
        (files("undaunted.core.places") / "packs" / f"{name}.toml").read_text("utf-8")
    )
