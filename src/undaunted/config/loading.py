"""Loading every area of the product, as whoever starts a process does once."""

from __future__ import annotations

import gc

__all__ = ["load_areas"]


def load_areas(*, addresses: bool = False) -> None:
    """Load settings, models and rules without searching for garbage: everything read is kept.

    That search is more than a third of a start, and finds nothing. What was loaded is left out of
    every later search as well. A web server needs the `addresses` with their pages and forms too,
    which Django would load at the first request, and search.
    """
    import django  # noqa: PLC0415 - the command starts faster without

    was = gc.isenabled()
    gc.disable()
    try:
        django.setup()
        if addresses:
            from django.urls import get_resolver  # noqa: PLC0415 - needs the settings

            _ = get_resolver().url_patterns
        gc.freeze()
    finally:
        if was:
            gc.enable()
