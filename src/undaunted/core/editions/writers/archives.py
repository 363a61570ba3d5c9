"""Archives whose bytes depend on their contents alone: sorted, dated 1980, stored as they are.

Compressing would make the bytes depend on the library of the day.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["packed", "repacked"]

_EPOCH = (1980, 1, 1, 0, 0, 0)


def packed(files: Mapping[str, bytes], first: Iterable[str] = ()) -> bytes:
    """Give an archive of these files; those named in `first` lead."""
    leading = [name for name in first if name in files]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name in [*leading, *sorted(files.keys() - set(leading))]:
            line = zipfile.ZipInfo(name, _EPOCH)
            line.external_attr = 0o644 << 16
            line.create_system = 3
            archive.writestr(line, files[name])
    return buffer.getvalue()


def repacked(content: bytes, first: Iterable[str] = ()) -> bytes:
    """Give an archive again, without whatever depends on the moment of its making."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return packed({name: archive.read(name) for name in archive.namelist()}, first)
