"""Template tags: `{% load site %}`."""

__all__: list[str] = []
