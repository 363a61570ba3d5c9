"""Sources, documents, custody, grading and citations."""

__all__: list[str] = []
