"""The machine a run was made on."""

from __future__ import annotations

import os
import platform
import sqlite3
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import psutil  # type: ignore[import-untyped]

__all__ = ["describe", "memory_used", "now"]


def describe() -> dict[str, str]:
    """Give processor, cores, memory and versions."""
    memory = psutil.virtual_memory().total / 2**30
    return {
        "processor": _processor(),
        "cores": str(os.cpu_count()),
        "memory": f"{memory:.0f} GiB",
        "system": f"{platform.system()} {platform.machine()}",
        "Python": platform.python_version(),
        "SQLite": sqlite3.sqlite_version,
        **{name: version(name) for name in ("Django", "psycopg", "granian", "numpy")},
    }


def now() -> dict[str, str]:
    """Give the day, and how many programs wait for the processor before a measure begins."""
    return {"on": f"{datetime.now(UTC):%Y-%m-%d}", "load": f"{os.getloadavg()[0]:.1f}"}


def memory_used() -> float:
    """Give the most that this process has held at once, in MiB."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown"
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
