"""People who sign in, their second factor, organisations, roles and sessions."""

__all__: list[str] = []
