"""The clock of one page, set: a test that asks what stands on a page on a day passes on any day.

Only the page's own clock is set. The database knows nobody by a clock that is not its own.
"""

from __future__ import annotations

from importlib import import_module
from types import SimpleNamespace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    import pytest

__all__ = ["set_clock"]


def set_clock(monkeypatch: pytest.MonkeyPatch, page: str, at: datetime) -> None:
    """Let the module of a page, named in full, find that it is `at` when it asks `timezone.now`."""
    monkeypatch.setattr(import_module(page), "timezone", SimpleNamespace(now=lambda: at))
