"""What is done for a demonstration; authorities are packs, and statements are commitments."""

__all__: list[str] = []
