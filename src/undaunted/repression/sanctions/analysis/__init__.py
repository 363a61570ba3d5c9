"""The gap matrix, times to align, action plans, and the door to ownership."""

from undaunted.repression.sanctions.analysis.alignment import (
    AlignedParty,
    Alignment,
    alignment_of,
    alignment_on,
)
from undaunted.repression.sanctions.analysis.enablers import enablers_of, stakes_given
from undaunted.repression.sanctions.analysis.laying import Laid, lay, lay_side_by_side
from undaunted.repression.sanctions.analysis.matrix import (
    Matrix,
    columns_known,
    matrix_of,
    matrix_on,
)
from undaunted.repression.sanctions.analysis.narrowing import programmes_held
from undaunted.repression.sanctions.analysis.plans import ACTION_PLAN, plan_for
from undaunted.repression.sanctions.analysis.register import (
    RegisterRow,
    register_of,
    register_on,
)
from undaunted.repression.sanctions.analysis.rows import MatrixRow, row_of, rows_of

__all__ = [
    "ACTION_PLAN",
    "AlignedParty",
    "Alignment",
    "Laid",
    "Matrix",
    "MatrixRow",
    "RegisterRow",
    "alignment_of",
    "alignment_on",
    "columns_known",
    "enablers_of",
    "lay",
    "lay_side_by_side",
    "matrix_of",
    "matrix_on",
    "plan_for",
    "programmes_held",
    "register_of",
    "register_on",
    "row_of",
    "rows_of",
    "stakes_given",
]
