"""Files on those responsible, read through the law of each government that may act."""

__all__: list[str] = []
