"""Annexes in one file, and the list of who the victims are, before it is sealed."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from django.utils.translation import override

if TYPE_CHECKING:
    from collections.abc import Mapping

    from undaunted.repression.dossiers.rules import PaperTold

__all__ = ["annexes_file", "nameless_told", "victims_list"]

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


def nameless_told(number: int) -> str:
    """Say of whom the sealed list holds no name, though they agreed to be named."""
    return _(
        "Person %(number)s agreed to be named, but no name of theirs goes along: none that is "
        "known may be told."
    ) % {"number": number}


def victims_list(paper: PaperTold, victims: Mapping[int, tuple[str, ...]]) -> bytes:
    """Give who “Person 1” is, as the recipient reads it once the file is opened."""
    with override(paper.language):
        notes = {each: {"note": nameless_told(each)} for each in paper.nameless}
    told = {
        "for": paper.recipient,
        "law": paper.law,
        "number": paper.number,
        "copy": paper.watermark,
        "marking": "TLP:RED",
        "persons": [
            {"person": number, "names": list(names)} | notes.get(number, {})
            for number, names in sorted(victims.items())
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=2).encode()
