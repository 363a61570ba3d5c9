"""Page frame, components, charts and maps. Knows nothing of what the pages are about."""

__all__: list[str] = []
