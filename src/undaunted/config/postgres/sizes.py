"""How much memory the server takes, by what the machine or its container has."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["memory_here", "sizes"]

MB = 2**20
LIMITS = (
    Path("/sys/fs/cgroup/memory.max"),
    Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
)
"""Where Linux tells what a container may take, in the newer and the older way."""


def sizes(memory: int) -> dict[str, str]:
    """Give the settings for so many bytes: an eighth to keep pages in, at most 2 GB.

    A machine of 2 GB gives 256 MB. More than some GB would only keep what the system keeps too.
    """
    return {
        "shared_buffers": _within(memory // 8, 128, 2048),
        "maintenance_work_mem": _within(memory // 16, 64, 1024),
        "effective_cache_size": _within(memory // 2, 512, 2**20),
    }


def memory_here(limits: Iterable[Path] = LIMITS) -> int:
    """Give the bytes of memory of this machine, or of the container where that is less."""
    least = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    for file in limits:
        try:
            told = file.read_text(encoding="ascii").strip()
        except OSError:
            continue
        if told.isdecimal():
            least = min(least, int(told))
    return least


def _within(size: int, least: int, most: int) -> str:
    return f"{min(max(size // MB, least), most)}MB"
