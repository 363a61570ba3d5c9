"""The building itself: rules that hold for every folder, whoever wrote it."""

__all__: list[str] = []
