"""Tags of coordination."""

__all__: list[str] = []
