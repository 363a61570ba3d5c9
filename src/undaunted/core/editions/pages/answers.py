"""How the bytes of an edition are answered: a page that may run nothing, or a file to save."""

from __future__ import annotations

from typing import TypeVar

from django.http import HttpResponse

from undaunted.core.editions.rules import read_manifest
from undaunted.core.editions.writers import style_digest
from undaunted.site.answers import found

__all__ = ["file_answer", "found", "replaced_files"]

Thing = TypeVar("Thing")


def file_answer(content: bytes, name: str, media_type: str) -> HttpResponse:
    """Give a file; a page is shown with its own style and nothing else, all others are saved."""
    answer = HttpResponse(content, content_type=media_type)
    shown = name.endswith(".html")
    answer["Content-Disposition"] = f'{"inline" if shown else "attachment"}; filename="{name}"'
    if shown:
        answer["Content-Security-Policy"] = (
            f"default-src 'none'; style-src 'sha256-{style_digest()}'; base-uri 'none'; "
            "form-action 'none'; frame-ancestors 'none'; sandbox"
        )
    return answer


def replaced_files(manifest: bytes | memoryview[int] | None) -> tuple[object, ...]:
    """Give the destroyed files that an edition stands for, as its list of files names them."""
    return read_manifest(bytes(manifest)).replaces if manifest else ()
