"""Public pages of sanctions; at the desk, plans with stakes that somebody brings."""

from undaunted.repression.sanctions.pages import authorities, plans
from undaunted.repression.sanctions.pages.matrix import matrix, matrix_file, matrix_print, party
from undaunted.repression.sanctions.pages.register import align, align_file, register

__all__ = [
    "align",
    "align_file",
    "authorities",
    "matrix",
    "matrix_file",
    "matrix_print",
    "party",
    "plans",
    "register",
]
