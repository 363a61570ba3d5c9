"""Undaunted: a case-to-action ledger for democracies and civil society."""

__all__ = ["__version__"]

__version__ = "0.1.0"
