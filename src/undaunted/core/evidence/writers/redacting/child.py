"""What the process runs that makes a redacted copy, or draws a page: one answer, then it ends."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from PIL import Image

from undaunted.core.evidence.rules import (
    Box,
    MediaKind,
    Uncleanable,
    Unredactable,
    WhyUncleanable,
    marks_of,
)
from undaunted.core.evidence.writers.child import confine
from undaunted.core.evidence.writers.redacting import draw_page, redact

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["main"]


def main() -> None:
    """Read a line of JSON and a clean copy; write a line of JSON and, after it, the bytes."""
    confine()
    line, _, content = sys.stdin.buffer.read().partition(b"\n")
    made = b""
    try:
        told, made = _answer(json.loads(line), content)
    except Unredactable as problem:
        told = {"why": problem.reason.value, "lines": list(problem.lines)}
    except Uncleanable as problem:
        told = {"reason": problem.reason.value}
    except (MemoryError, Image.DecompressionBombError):
        told = {"reason": WhyUncleanable.TOO_LARGE.value}
    sys.stdout.buffer.write(json.dumps(told).encode("ascii") + b"\n" + made)


def _answer(asked: Mapping[str, Any], content: bytes) -> tuple[dict[str, Any], bytes]:
    kind = MediaKind(asked["kind"])
    if "page" in asked:
        drawn, pages = draw_page(content, kind, int(asked["page"]), grid=bool(asked["grid"]))
        return {"pages": pages}, drawn
    marks = marks_of(asked["passages"], (Box(*each) for each in asked["boxes"]))
    made = redact(content, kind, marks)
    told = {
        "kind": made.kind.value,
        "places": made.places,
        "kept": list(made.kept),
        "unsearched": list(made.unsearched),
    }
    return told, made.content


if __name__ == "__main__":
    main()
