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
from undaunted.core.editions.writers.papers import Paper, write_paper_pdf, write_paper_word
from undaunted.core.editions.writers.sheets import (
    SheetWording,
    mark_pages,
    size_page,
    size_styles,
)
from undaunted.core.editions.writers.typesetting import Typeset, typeset
from undaunted.core.editions.writers.wordfile import About, begun, finished, linker
from undaunted.core.editions.writers.wording import NAMESPACES, Wording
from undaunted.core.editions.writers.words import (
    draft_text,
    embargo_text,
    hypothetical_text,
    page_text,
)

__all__ = [
    "FOLDERS",
    "MANIFEST",
    "NAMESPACES",
    "SIGNATURE",
    "About",
    "Paper",
    "SheetWording",
    "Typeset",
    "Wording",
    "Written",
    "WrittenFile",
    "begun",
    "draft_text",
    "embargo_text",
    "finished",
    "hypothetical_text",
    "linker",
    "mark_pages",
    "page_text",
    "size_page",
    "size_styles",
    "style_digest",
    "typeset",
    "write_files",
    "write_paper_pdf",
    "write_paper_word",
    "written_page",
]
