"""A list compressed with gzip, unpacked within bounds."""

from __future__ import annotations

import gzip
import zlib
from typing import IO, TYPE_CHECKING, Final

from undaunted.core.workbooks.readers import demand_ratio
from undaunted.core.workbooks.rules import WorkbookRefused
from undaunted.prisoners.registry.readers.problems import UnreadableFile

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.prisoners.registry.readers.limits import Limits

__all__ = ["open_gzip", "unpack_gzip"]

_CHUNK: Final = 1024 * 1024


def open_gzip(path: Path) -> bool:
    """Whether the file is compressed with gzip."""
    with path.open("rb") as stream:
        return stream.read(2) == b"\x1f\x8b"


def unpack_gzip(path: Path, target: IO[bytes], limits: Limits) -> None:
    """Unpack a single compressed file into `target`, stopping at the bounds."""
    written, packed = 0, max(path.stat().st_size, 1)
    try:
        with gzip.open(path, "rb") as stream:
            while piece := stream.read(_CHUNK):
                written += len(piece)
                if written > limits.file_bytes:
                    raise UnreadableFile("archive_bomb", detail=f"> {limits.file_bytes} bytes")
                demand_ratio(written, packed, limits)
                target.write(piece)
    except WorkbookRefused as refused:
        raise UnreadableFile(refused.code, **refused.params) from refused
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableFile("damaged_archive", detail=error) from error
