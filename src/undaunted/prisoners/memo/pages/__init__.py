"""Pages of memos at the desk."""

from undaunted.prisoners.memo.pages.memos import again, board, end, file, new, one
from undaunted.prisoners.memo.pages.texts import accept, confirm, texts, withdraw

__all__ = [
    "accept",
    "again",
    "board",
    "confirm",
    "end",
    "file",
    "new",
    "one",
    "texts",
    "withdraw",
]
