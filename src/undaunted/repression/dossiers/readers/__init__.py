"""What is read of documents that go along with a submission, and of files that fill a dossier."""

from undaunted.repression.dossiers.readers.annexes import AnnexUnread, text_of
from undaunted.repression.dossiers.readers.drawn import text_drawn
from undaunted.repression.dossiers.readers.unsearched import holds_pictures
from undaunted.repression.dossiers.readers.written import read_tables

__all__ = ["AnnexUnread", "holds_pictures", "read_tables", "text_drawn", "text_of"]
