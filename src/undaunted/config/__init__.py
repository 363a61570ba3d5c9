"""The machine room: settings, root addresses, the embedded server, the supervisor."""

__all__: list[str] = []
