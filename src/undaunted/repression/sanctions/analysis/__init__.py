"""Action plans put together, and the door to ownership: who is controlled by whom on a list."""

from undaunted.repression.sanctions.analysis.enablers import enablers_of
from undaunted.repression.sanctions.analysis.plans import ACTION_PLAN, plan_for

__all__ = ["ACTION_PLAN", "enablers_of", "plan_for"]
