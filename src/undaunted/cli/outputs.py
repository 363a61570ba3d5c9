"""Files that commands write: never over one that is read, nor over another's, whole or not."""

from __future__ import annotations

import errno
import os
import secrets
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["demand_other", "demand_writable", "drafted"]

_KEPT = 50
"""Letters of the name that a draft bears: no file system takes more than 255 bytes."""


def demand_other(out: Path, *read: Path, refusal: type[Exception]) -> None:
    """Refuse to write over a file that is read, under whatever name or link it is given."""
    for file in read:
        if out.exists() and file.exists() and out.samefile(file):
            raise refusal(f"{out}: is read here, and would be lost; name another --out")


def demand_writable(out: Path, *, refusal: type[Exception]) -> None:
    """Refuse a place that cannot be written, before somebody waits for what is to be written."""
    if _leads_nowhere(out):
        raise refusal(f"{out}: is a link that leads in a circle; name a file")
    if out.is_dir():
        raise refusal(f"{out}: is a folder; name a file in it")
    if out.exists() and not out.is_file():
        raise refusal(f"{out}: is no file, but a device or a pipe; name a file")
    try:
        _fresh(out.resolve()).unlink()
    except OSError as problem:
        raise refusal(f"{out}: {problem.strerror or 'cannot be written'}") from None


def _leads_nowhere(out: Path) -> bool:
    try:
        out.resolve()
    except (OSError, RuntimeError):  # the latter until Python 3.12
        return True
    return False


@contextmanager
def drafted(out: Path) -> Iterator[Path]:
    """Give a new file beside one that is to be written: whole it takes its place, else it goes.

    A link stays, and what it names is written. Raises `OSError` where that is no file: a device
    would be gone from its folder.
    """
    place = out.resolve()
    if place.exists() and not place.is_file():
        raise OSError(errno.EINVAL, "is no file", str(out))
    draft = _fresh(place)
    try:
        yield draft
        draft.replace(place)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def _fresh(out: Path) -> Path:
    """Make an empty file under a name that no other has, a process of our number that died too.

    A name that is left over costs another name, not the writing; `O_EXCL` follows no link.
    """
    while True:
        draft = out.with_name(f".{out.name[:_KEPT]}.{os.getpid()}.{secrets.token_hex(8)}.part")
        try:
            draft.open("xb").close()
        except FileExistsError:
            continue
        return draft
