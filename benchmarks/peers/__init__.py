"""Programs that run in the peers' own environments, and how those environments are made."""

__all__: list[str] = []
