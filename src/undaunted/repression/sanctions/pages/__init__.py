"""Public pages of laws, tests and plans; at the desk, plans with stakes that somebody brings."""

from undaunted.repression.sanctions.pages import authorities, plans

__all__ = ["authorities", "plans"]
