"""From what was asked and read to the blocks of the report."""

__all__: list[str] = []
