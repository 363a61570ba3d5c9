"""What a web process works out before anybody asks, so that no reader waits for it."""

from __future__ import annotations

from threading import Thread

__all__ = ["warm_up"]


def warm_up() -> Thread:
    """Work out the exposure of the shipped table beside the first requests; give the thread.

    It costs a second of processor once in a process. A request that comes first waits for it, as
    it would have done anyway.
    """
    thread = Thread(target=_work_out, name="warming", daemon=True)
    thread.start()
    return thread


def _work_out() -> None:
    from undaunted.coercion.exposure.analysis import work_out  # noqa: PLC0415 - the server is up first

    work_out()
