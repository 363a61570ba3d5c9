"""Words of the subject."""

__all__: list[str] = []
