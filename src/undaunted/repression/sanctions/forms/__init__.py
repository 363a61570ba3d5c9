"""Forms of the matrix, of tests and of plans."""

from undaunted.repression.sanctions.forms.matrix import MatrixForm
from undaunted.repression.sanctions.forms.plans import PlanForm, StakesForm
from undaunted.repression.sanctions.forms.tests import TestForm

__all__ = [
    "MatrixForm",
    "PlanForm",
    "StakesForm",
    "TestForm",
]
