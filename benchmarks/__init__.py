"""Measurements of search, counts, imports and pages, each beside its peer where it has one."""

__all__: list[str] = []
