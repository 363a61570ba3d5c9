"""What a web process works out before anybody asks, so that no reader waits for it."""

from __future__ import annotations

import logging
from threading import Thread

__all__ = ["warm_up"]

_LOG = logging.getLogger(__name__)


def warm_up() -> Thread:
    """Work out what everybody may ask for beside the first requests; give the thread.

    The exposure of the shipped table costs a second of processor once in a process, the names of
    the lists in force some seconds. A request that comes first waits for it, as it would have done
    anyway.
    """
    thread = Thread(target=_work_out, name="warming", daemon=True)
    thread.start()
    return thread


def _work_out() -> None:
    from undaunted.coercion.exposure.analysis import work_out  # noqa: PLC0415 - the server is up first

    work_out()
    _make_names_ready()


def _make_names_ready() -> None:
    """Make the names of lists ready to be searched; without a database they are made when asked."""
    from django.db import DatabaseError, connection  # noqa: PLC0415 - as above

    from undaunted.core.access.rules import PUBLIC  # noqa: PLC0415 - as above
    from undaunted.core.matching.analysis import make_ready  # noqa: PLC0415 - as above

    try:
        make_ready(PUBLIC)
    except DatabaseError as problem:
        _LOG.warning("Names of lists are made ready when they are asked for: %s", problem)
    finally:
        connection.close()
