"""A memo as files: PDF and Word."""

from undaunted.prisoners.memo.writers.pdf import pages_of, write_memo_pdf
from undaunted.prisoners.memo.writers.word import write_memo_word

__all__ = ["pages_of", "write_memo_pdf", "write_memo_word"]
