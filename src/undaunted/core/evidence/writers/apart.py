"""Cleaning in a process of its own, with little memory and time, no file to write and no secret.

A picture or a document is the sender's program for our parser. Should it take the parser over, it
finds a process that holds no key and no connection, and dies when the answer is read.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from undaunted.core.evidence.rules import Cleaned, MediaKind, Uncleanable, WhyUncleanable

if TYPE_CHECKING:
    from typing import BinaryIO

__all__ = ["clean_copy"]

LARGEST: Final = 256 * 1024 * 1024
PATIENCE: Final = 90.0
_SOURCES: Final = Path(__file__).resolve().parents[4]
_ENTRY: Final = (
    f"import sys; sys.path.insert(0, {str(_SOURCES)!r}); "
    "from undaunted.core.evidence.writers.child import main; main()"
)


def clean_copy(content: BinaryIO) -> Cleaned:
    """Give a clean copy of a file; raises `Uncleanable`, and then it is not to be served."""
    data = content.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise Uncleanable(WhyUncleanable.TOO_LARGE)
    command = [sys.executable, "-I", "-c", _ENTRY]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module, no outside word
            command,
            input=data,
            capture_output=True,
            timeout=PATIENCE,
            check=True,
            close_fds=True,
            cwd="/",
            env={"TZ": "UTC", "PATH": os.defpath},
        )
    except subprocess.TimeoutExpired as problem:
        raise Uncleanable(WhyUncleanable.TOO_SLOW) from problem
    except subprocess.CalledProcessError as problem:
        raise Uncleanable(_why(problem.returncode)) from problem
    return _answer(done.stdout)


def _why(code: int) -> WhyUncleanable:
    """Read how the process ended: the kernel kills by signal what takes too long."""
    return WhyUncleanable.TOO_SLOW if code in {-9, -24} else WhyUncleanable.DAMAGED


def _answer(out: bytes) -> Cleaned:
    line, _, content = out.partition(b"\n")
    try:
        told = json.loads(line)
        reason = WhyUncleanable(told["reason"]) if "reason" in told else None
        kind = MediaKind(told.get("kind", MediaKind.TEXT))
        removed, kept = tuple(told.get("removed", ())), tuple(told.get("kept", ()))
    except (ValueError, KeyError, TypeError, AttributeError):
        reason = WhyUncleanable.DAMAGED
    if reason is not None:
        raise Uncleanable(reason)
    return Cleaned(content, kind, removed, kept)
