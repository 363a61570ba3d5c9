"""Who did what to whom, when and where: one ledger for all areas."""

__all__: list[str] = []
