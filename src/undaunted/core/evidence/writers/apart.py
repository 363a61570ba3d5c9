"""Cleaning and redacting in a process apart, with little memory and time, no file, no secret.

A picture or a document is the sender's program for our parser. Should it take the parser over, it
finds a process that holds no key and no connection, and dies when the answer is read.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from undaunted.core.evidence.rules import (
    Cleaned,
    MediaKind,
    Redacted,
    Uncleanable,
    Unredactable,
    WhyUncleanable,
    WhyUnredactable,
)

if TYPE_CHECKING:
    from typing import BinaryIO

    from undaunted.core.evidence.rules import Marks

__all__ = ["clean_copy", "page_picture", "redacted_copy"]

LARGEST: Final = 256 * 1024 * 1024
PATIENCE: Final = 90.0
_SOURCES: Final = Path(__file__).resolve().parents[4]
_CLEANING: Final = "undaunted.core.evidence.writers.child"
_REDACTING: Final = "undaunted.core.evidence.writers.redacting.child"


def clean_copy(content: BinaryIO) -> Cleaned:
    """Give a clean copy of a file; raises `Uncleanable`, and then it is not to be served."""
    data = content.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise Uncleanable(WhyUncleanable.TOO_LARGE)
    return _answer(_run(_CLEANING, data))


def redacted_copy(content: bytes, kind: MediaKind, marks: Marks) -> Redacted:
    """Give a redacted copy of a clean copy; raises `Unredactable`."""
    asked = {
        "kind": kind.value,
        "passages": list(marks.passages),
        "boxes": [[box.page, box.left, box.top, box.width, box.height] for box in marks.boxes],
    }
    told, made = _asked(asked, content)
    try:
        kind, places, kept = MediaKind(told["kind"]), int(told["places"]), tuple(told["kept"])
        unsearched = tuple(map(int, told["unsearched"]))
    except (ValueError, KeyError, TypeError) as problem:
        raise _unclean(WhyUncleanable.DAMAGED) from problem
    return Redacted(made, kind, places, kept, unsearched)


def page_picture(
    content: bytes, kind: MediaKind, number: int, *, grid: bool = False
) -> tuple[bytes, int]:
    """Give a page of a copy as PNG, under a grid of tenths if asked, and how many there are.

    Raises `Unredactable`.
    """
    told, made = _asked({"kind": kind.value, "page": number, "grid": grid}, content)
    return made, int(told.get("pages", 1))


def _asked(asked: dict[str, Any], content: bytes) -> tuple[dict[str, Any], bytes]:
    if len(content) > LARGEST:
        raise _unclean(WhyUncleanable.TOO_LARGE)
    try:
        out = _run(_REDACTING, json.dumps(asked).encode("ascii") + b"\n" + content)
    except Uncleanable as problem:
        raise _unclean(problem.reason) from problem
    line, _, made = out.partition(b"\n")
    try:
        told: dict[str, Any] = json.loads(line)
        refused = _refusal(told)
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise _unclean(WhyUncleanable.DAMAGED) from problem
    if refused is not None:
        raise refused
    return told, made


def _refusal(told: dict[str, Any]) -> Unredactable | None:
    if "why" in told:
        return Unredactable(WhyUnredactable(told["why"]), map(int, told["lines"]))
    return _unclean(WhyUncleanable(told["reason"])) if "reason" in told else None


def _unclean(reason: WhyUncleanable) -> Unredactable:
    return Unredactable(WhyUnredactable.UNCLEAN, unclean=reason)


def _run(module: str, data: bytes) -> bytes:
    entry = f"import sys; sys.path.insert(0, {str(_SOURCES)!r}); from {module} import main; main()"
    command = [sys.executable, "-I", "-c", entry]
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
    return done.stdout


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
