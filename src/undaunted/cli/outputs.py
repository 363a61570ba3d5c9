"""Files that commands write: never over one that is read, nor over another's, whole or not."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["demand_other", "drafted"]


def demand_other(out: Path, *read: Path, refusal: type[Exception]) -> None:
    """Refuse to write over a file that is read, under whatever name or link it is given."""
    for file in read:
        if out.exists() and file.exists() and out.samefile(file):
            raise refusal(f"{out}: is read here, and would be lost; name another --out")


@contextmanager
def drafted(out: Path) -> Iterator[Path]:
    """Give a new file beside one that is to be written: whole it takes its place, else it goes."""
    draft = out.with_name(f".{out.name}.{os.getpid()}.part")
    draft.open("xb").close()
    try:
        yield draft
        draft.replace(out)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
