"""A document as files: web page, PDF, Word, data package, and its own frozen form."""

from undaunted.core.editions.writers.folder import (
    MANIFEST,
    SIGNATURE,
    Written,
    WrittenFile,
    write_files,
    written_page,
)
from undaunted.core.editions.writers.fonts import FOLDERS
from undaunted.core.editions.writers.page import style_digest
from undaunted.core.editions.writers.words import draft_text, embargo_text

__all__ = [
    "FOLDERS",
    "MANIFEST",
    "SIGNATURE",
    "Written",
    "WrittenFile",
    "draft_text",
    "embargo_text",
    "style_digest",
    "write_files",
    "written_page",
]
