"""Append-only, chained record of who did what under which right."""

__all__: list[str] = []
