"""What a person can do about collective responses."""

__all__: list[str] = []
