"""What the annual report is made of: its chapters, and what each may hold."""

from undaunted.prisoners.report.rules.chapters import (
    EDITORIAL_CHAPTERS,
    Chapter,
    chapter_title,
    takes_text,
)

__all__ = ["EDITORIAL_CHAPTERS", "Chapter", "chapter_title", "takes_text"]
