"""The annual report: trends, tactics, practices and support, frozen as an edition (card 1.4)."""

__all__: list[str] = []
