"""Forms of the matrix."""

from undaunted.repression.sanctions.forms.matrix import MatrixForm

__all__ = ["MatrixForm"]
