"""Documents at the desk: each with what happened to it, and its redacted copies."""

__all__: list[str] = []
