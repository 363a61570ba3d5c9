"""Forms of tests and plans."""

from undaunted.repression.sanctions.forms.plans import PlanForm, StakesForm
from undaunted.repression.sanctions.forms.tests import TestForm

__all__ = ["PlanForm", "StakesForm", "TestForm"]
