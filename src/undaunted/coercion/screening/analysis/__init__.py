"""Stakes read into answers: who controls a company, why, and how it is drawn."""

__all__: list[str] = []
