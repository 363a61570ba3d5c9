"""Pages of the annual report at the desk: the board of its texts, one text, the editor."""

from undaunted.prisoners.report.pages.board import board, export_file, import_file
from undaunted.prisoners.report.pages.building import build
from undaunted.prisoners.report.pages.steps import decline, propose, review, sign, withdraw
from undaunted.prisoners.report.pages.texts import text
from undaunted.prisoners.report.pages.writing import write

__all__ = [
    "board",
    "build",
    "decline",
    "export_file",
    "import_file",
    "propose",
    "review",
    "sign",
    "text",
    "withdraw",
    "write",
]
