"""Spreadsheets from outside, opened as rows of text: guarded before any library sees them."""

__all__: list[str] = []
