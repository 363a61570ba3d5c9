"""Judgements that entries of lists and people in our files are the same, or are not."""

__all__: list[str] = []
