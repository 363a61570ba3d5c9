"""Pages of coordination: the public tracker and calendar, and the desk of parties."""

__all__: list[str] = []
