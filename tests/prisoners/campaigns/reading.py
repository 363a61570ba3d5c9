"""Writing one material and reading it back, with the tools that its readers have."""

from __future__ import annotations

import io
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import docx
import pytest

from tests.prisoners.campaigns.sheets import CAMPAIGN
from undaunted.core.editions.writers import FOLDERS
from undaunted.prisoners.campaigns.writers import write_material

if TYPE_CHECKING:
    from pathlib import Path

    from undaunted.prisoners.campaigns.rules import CaseSheet, MaterialKind
    from undaunted.prisoners.campaigns.rules.materials import (
        Material,
    )

__all__ = ["NOTO", "fonts", "made_of", "pdf_text", "word_file", "words_of"]

NOTO = all(folder.is_dir() for folder in FOLDERS[:2])
fonts = pytest.mark.skipif(not NOTO, reason="needs fonts-noto-core and fonts-noto-cjk")


def made_of(kind: MaterialKind, case: CaseSheet, language: str = "en", **more: Any) -> Material:
    """Write one material of the campaign of the tests."""
    return write_material(kind, case, CAMPAIGN, language=language, **more)


def word_file(material: Material) -> Any:
    """Open a material as Word does."""
    return docx.Document(io.BytesIO(material.content))


def words_of(material: Material) -> str:
    """Give every word of a Word file."""
    made = word_file(material)
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in made.paragraphs), *cells])


def pdf_text(content: bytes, folder: Path) -> str:
    """Give the text of a PDF as a program that reads aloud finds it."""
    if shutil.which("pdftotext") is None:
        pytest.skip("needs pdftotext (Debian: poppler-utils)")
    file = folder / "a.pdf"
    file.write_bytes(content)
    said = subprocess.run(
        ["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True
    )
    return said.stdout
