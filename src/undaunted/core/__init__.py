"""What every priority shares: from access at the bottom to the ledger of events at the top."""

__all__: list[str] = []
