"""Who agreed to what: purpose, audience, identity level; revocable."""

__all__: list[str] = []
