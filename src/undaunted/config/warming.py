"""What a web process works out before anybody asks, so that no reader waits for it."""

from __future__ import annotations

import logging
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from threading import Event

__all__ = ["warm_up"]

_LOG = logging.getLogger(__name__)
EVERY = 30.0
"""Seconds between two looks for lists that were loaded since."""


def warm_up(stop: Event | None = None) -> Thread:
    """Work out what everybody may ask for beside the first requests; give the thread.

    The exposure of the shipped table costs a second of processor once in a process, the names of
    the lists in force some seconds. A request that comes first waits for it, as it would have done
    anyway. With `stop`, lists that another process loads later are made ready too, until it is set.
    """
    thread = Thread(target=_work_out, args=(stop,), name="warming", daemon=True)
    thread.start()
    return thread


def _work_out(stop: Event | None) -> None:
    from undaunted.coercion.exposure.analysis import work_out  # noqa: PLC0415 - the server is up first

    work_out()
    ready = _make_names_ready(())
    while stop is not None and not stop.wait(EVERY):
        ready = _make_names_ready(ready)


def _make_names_ready(ready: tuple[str, ...]) -> tuple[str, ...]:
    """Make the names of lists ready to be searched where other versions stand than those `ready`.

    Gives the versions that are ready. Without a database names are made ready when asked.
    """
    from django.db import connection  # noqa: PLC0415 - as above

    from undaunted.core.access.rules import PUBLIC  # noqa: PLC0415 - as above
    from undaunted.core.listings.queries import lists_standing  # noqa: PLC0415 - as above
    from undaunted.core.matching.analysis import make_ready  # noqa: PLC0415 - as above

    try:
        held = [each.version for each in lists_standing(PUBLIC) if each.version is not None]
        standing = tuple(str(each.pk) for each in held)
        if standing != ready:
            make_ready(PUBLIC)
    except Exception:  # noqa: BLE001 - whatever it was, the next look comes
        _LOG.exception("Names of lists are made ready when they are asked for")
        return ready
    finally:
        connection.close()
    return standing
