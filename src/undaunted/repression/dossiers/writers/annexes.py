"""Annexes in one file, and the list of who the victims are, before it is sealed."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from undaunted.repression.dossiers.rules import PaperTold

__all__ = ["annexes_file", "victims_list"]

_DAY: Final = (2020, 1, 1, 0, 0, 0)
"""No file tells when anybody worked on it."""


def annexes_file(contents: Mapping[str, bytes], mark: str) -> bytes:
    """Give the annexes as one ZIP file in the order of their numbers, marked as the copy it is."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in sorted(contents.items()):
            told = zipfile.ZipInfo(name, _DAY)
            told.external_attr = 0o600 << 16
            file.writestr(told, content, zipfile.ZIP_DEFLATED)
        file.comment = mark.encode()
    return held.getvalue()


def victims_list(paper: PaperTold, victims: Mapping[int, tuple[str, ...]]) -> bytes:
    """Give who “Person 1” is, as the recipient reads it once the file is opened."""
    told = {
        "for": paper.recipient,
        "law": paper.law,
        "number": paper.number,
        "copy": paper.watermark,
        "marking": "TLP:RED",
        "persons": [
            {"person": number, "names": list(names)} for number, names in sorted(victims.items())
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=2).encode()
