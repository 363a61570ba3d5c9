"""The files of fonts on this machine, and their digests: the same fonts give the same bytes."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from undaunted.core.editions.rules.refusals import FontMissing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undaunted.core.editions.rules.fonts import Font

__all__ = ["FOLDERS", "digests_of", "files_of"]

FOLDERS: Final = (
    Path("/usr/share/fonts/truetype/noto"),
    Path("/usr/share/fonts/opentype/noto"),
    Path("/usr/local/share/fonts/noto"),
)
"""Where Debian's packages put Noto, and where an operator of another system may."""


def files_of(fonts: Iterable[Font], folders: Iterable[Path] = FOLDERS) -> tuple[Path, ...]:
    """Give every file of these fonts. Raises `FontMissing` and names the package to install."""
    places = tuple(folders)
    found = []
    for font in fonts:
        for name in font.files:
            file = next((place / name for place in places if (place / name).is_file()), None)
            if file is None:
                raise FontMissing(
                    f"{font.family}: {name} is in none of {', '.join(map(str, places))}; "
                    f"install the Debian package {font.package}, or copy the file there"
                )
            found.append(file)
    return tuple(found)


def digests_of(files: Iterable[Path]) -> dict[str, str]:
    """Give file name → SHA-256, as the list of files of an edition names its fonts."""
    return {file.name: _digest(file, file.stat().st_mtime_ns) for file in files}


@lru_cache(maxsize=256)
def _digest(file: Path, changed: int) -> str:  # noqa: ARG001 - a changed file is another file
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
