"""Deadlines: their laws, their examples, their packs, and the clocks that run under them."""

__all__: list[str] = []
