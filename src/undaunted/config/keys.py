"""Random secrets of one installation: made once, kept in files only their owner can read."""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["private_folder", "random_hex", "random_text", "secret_in"]


def private_folder(folder: Path) -> Path:
    """Give `folder`, made when absent and closed to every other user of the machine."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.stat().st_mode & 0o077:
        folder.chmod(0o700)
    return folder


def random_text() -> str:
    """Give 256 random bits as text that needs no quoting anywhere."""
    return secrets.token_urlsafe(32)


def random_hex() -> str:
    """Give 256 random bits as 64 hexadecimal digits."""
    return secrets.token_hex(32)


def secret_in(folder: Path, name: str, make: Callable[[], str]) -> str:
    """Give the secret kept under `name`, made by `make` when there is none yet.

    The file appears under its name complete or not at all, and the first of two processes that
    make it at once wins.
    """
    path = private_folder(folder) / name
    if not path.exists():
        draft = folder / f".{name}.{secrets.token_hex(8)}"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(make())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii").strip()
