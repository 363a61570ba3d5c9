"""Priority 1: seeking the release of political prisoners."""

__all__: list[str] = []
