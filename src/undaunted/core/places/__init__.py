"""Countries, territories, codes and names over time."""

__all__: list[str] = []
