"""Shapes of countries: the source file, and how it becomes paths (`python -m …geometry.build`)."""

__all__: list[str] = []
