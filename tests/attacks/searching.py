"""Looking for a secret in everything a disk holds, in every form a program may write it in."""

from __future__ import annotations

import base64
import gzip
import json
import zlib
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

__all__ = ["contents_of", "forms_of", "found_in"]

GZIP = b"\x1f\x8b"


def forms_of(secret: bytes) -> dict[str, bytes]:
    """Give the forms of a secret by name: what a search has to look for."""
    forms = {
        "as it is": secret,
        "hexadecimal": secret.hex().encode(),
        "HEXADECIMAL": secret.hex().upper().encode(),
        "address": quote(secret).encode(),
        "form": quote_plus(secret).encode(),
    }
    for shift in range(3):
        forms[f"base64, {shift}"] = _middle_of_base64(secret, shift)
    try:
        text = secret.decode()
    except UnicodeDecodeError:
        return forms
    return forms | {
        "UTF-16 LE": text.encode("utf-16-le"),
        "UTF-16 BE": text.encode("utf-16-be"),
        "JSON": json.dumps(text)[1:-1].encode(),
    }


def contents_of(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Give every file under a folder, and what is packed in it."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            content = path.read_bytes()
            yield str(path.relative_to(folder)), content
            if content.startswith(GZIP):
                yield f"{path.relative_to(folder)} (unpacked)", _unpacked(content)


def found_in(contents: Mapping[str, bytes], secret: bytes) -> list[str]:
    """Give in which files a secret stands, and in which form."""
    return [
        f"{form} in {name}"
        for form, sought in forms_of(secret).items()
        for name, content in contents.items()
        if sought in content
    ]


def _middle_of_base64(secret: bytes, shift: int) -> bytes:
    """Give the characters that do not depend on what stands before and after."""
    whole = base64.b64encode(b"\0" * shift + secret)
    start = (shift * 8 + 5) // 6
    return whole[start : (len(secret) + shift) * 8 // 6]


def _unpacked(content: bytes) -> bytes:
    try:
        return gzip.decompress(content)
    except (OSError, EOFError, zlib.error):
        return b""
