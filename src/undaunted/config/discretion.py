"""Keep readers' addresses, query strings and visits to the doors out of the log."""

from __future__ import annotations

import logging
import re

__all__ = ["DiscreetFilter", "DoorFilter"]

QUERY = re.compile(r"\?\S+")
ADDRESS = re.compile(
    r"\b(?:\d{1,3}\.){3}\d{1,3}\b"
    r"|(?<![\w:])(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}"
    r"|(?<![\w:])[0-9a-f]{0,4}::[0-9a-f:]*",
    re.IGNORECASE,
)


DOOR = re.compile(r"/+help(?:/|$)", re.IGNORECASE)
HOUR, SERVER_ERROR = 3600, 500


class DoorFilter(logging.Filter):
    """Drop what a line would say of a visit to the doors; of an error of ours keep the hour.

    A page that asks to wait, or does not exist, is no error of ours. Its line would tell to the
    millisecond that somebody was there, and which address they asked for.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Let what is not of a door pass as it is, and of a door only what must be mended."""
        path = getattr(getattr(record, "request", None), "path_info", "")
        if not DOOR.match(path):
            return True
        if not record.exc_info or getattr(record, "status_code", SERVER_ERROR) < SERVER_ERROR:
            return False
        record.created -= record.created % HOUR
        record.msecs = 0.0
        record.msg, record.args = f"{type(record.exc_info[1]).__name__} at a door: /help/…", None
        return True


class DiscreetFilter(logging.Filter):
    """Replace what a line says about the reader, and the query of any address in it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record; every record passes."""
        text = QUERY.sub("?…", record.getMessage())
        record.msg = ADDRESS.sub("(address)", text)
        record.args = None
        return True
