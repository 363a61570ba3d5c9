"""Keep this process's memory from core files and from other programs of the same user."""

from __future__ import annotations

import ctypes
import resource
import sys

__all__ = ["close_memory"]

PR_SET_DUMPABLE = 4


def close_memory() -> None:
    """Forbid core files, and on Linux forbid others to read our memory and environment."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
