"""The searchable registry of people deprived of their liberty (card 1.3)."""

__all__: list[str] = []
