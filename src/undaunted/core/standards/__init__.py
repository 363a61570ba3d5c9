"""Dated rule packs and assessments made under them."""

__all__: list[str] = []
