"""Proven practices for release and for shelter: evidence, preconditions, ways to fail, sources."""

__all__: list[str] = []
