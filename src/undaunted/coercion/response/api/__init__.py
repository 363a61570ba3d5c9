"""Collective responses over the wire."""

__all__: list[str] = []
