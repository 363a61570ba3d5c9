"""What is read of the documents that go along with a submission."""

from undaunted.repression.dossiers.readers.annexes import AnnexUnread, text_of
from undaunted.repression.dossiers.readers.drawn import text_drawn

__all__ = ["AnnexUnread", "text_drawn", "text_of"]
