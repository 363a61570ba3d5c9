"""Loading every area of the product, as whoever starts a process does once."""

from __future__ import annotations

import gc

__all__ = ["load_areas"]


def load_areas() -> None:
    """Load settings, models and rules without searching for garbage: everything read is kept.

    That search is more than a third of a start, and finds nothing. What was loaded is left out of
    every later search as well.
    """
    import django  # noqa: PLC0415 - the command starts faster without

    was = gc.isenabled()
    gc.disable()
    try:
        django.setup()
        gc.freeze()
    finally:
        if was:
            gc.enable()
