"""Campaigns: who adopts whose case, what is handed out, who raised whom (card 1.2)."""

__all__: list[str] = []
