"""Signed and sealed packages between instances: to named recipients, for a while, never onward."""

__all__: list[str] = []
