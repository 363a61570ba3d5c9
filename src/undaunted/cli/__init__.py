"""The `undaunted` command."""

__all__: list[str] = []
