"""Pages of collective responses."""

__all__: list[str] = []
