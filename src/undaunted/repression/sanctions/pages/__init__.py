"""Public pages of sanctions."""

from undaunted.repression.sanctions.pages.matrix import matrix, matrix_file, matrix_print, party
from undaunted.repression.sanctions.pages.register import align, align_file, register

__all__ = ["align", "align_file", "matrix", "matrix_file", "matrix_print", "party", "register"]
