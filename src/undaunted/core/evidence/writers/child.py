"""What the cleaning process runs: one file in, one clean copy out, then it ends."""

from __future__ import annotations

import io
import json
import resource
import sys
from typing import TYPE_CHECKING, Final

from undaunted.core.evidence.rules import Cleaned, MediaKind, Uncleanable, WhyUncleanable
from undaunted.core.evidence.writers.images import clean_image
from undaunted.core.evidence.writers.kinds import media_kind
from undaunted.core.evidence.writers.office import clean_office
from undaunted.core.evidence.writers.opendocument import clean_opendocument
from undaunted.core.evidence.writers.pdf import clean_pdf
from undaunted.core.evidence.writers.plain import clean_text
from undaunted.core.evidence.writers.recordings import RECORDINGS, clean_recording

if TYPE_CHECKING:
    from typing import BinaryIO

__all__ = ["clean", "confine", "main"]

MEMORY: Final = 2 * 1024**3
SECONDS: Final = 60


def clean(content: BinaryIO) -> Cleaned:
    """Clean one file by its kind; raises `Uncleanable`."""
    kind = media_kind(content)
    if kind is MediaKind.PDF:
        return clean_pdf(content)
    if kind is MediaKind.TEXT:
        return clean_text(content)
    if kind in {MediaKind.DOCX, MediaKind.XLSX, MediaKind.PPTX}:
        return clean_office(content, kind)
    if kind in {MediaKind.ODT, MediaKind.ODS, MediaKind.ODP}:
        return clean_opendocument(content, kind)
    if kind in RECORDINGS:
        return clean_recording(content, kind)
    return clean_image(content, kind)


def confine() -> None:
    """Leave this process little memory and time, and no file to write."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Read a file from standard input; write a line of JSON and, after it, the clean bytes."""
    confine()
    told: dict[str, object]
    content = b""
    try:
        cleaned = clean(io.BytesIO(sys.stdin.buffer.read()))
    except Uncleanable as problem:
        told = {"reason": problem.reason.value}
    except MemoryError:
        told = {"reason": WhyUncleanable.TOO_LARGE.value}
    else:
        content = cleaned.content
        told = {
            "kind": cleaned.kind.value,
            "removed": list(cleaned.removed),
            "kept": list(cleaned.kept),
        }
    sys.stdout.buffer.write(json.dumps(told).encode("ascii") + b"\n" + content)


if __name__ == "__main__":
    main()
