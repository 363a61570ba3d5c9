"""What is done with the register: statements for a demonstration, by two people."""

from undaunted.repression.sanctions.actions.demonstration import load_sanctions

__all__ = ["load_sanctions"]
