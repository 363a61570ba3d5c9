"""Lists of sanctions: files read, versions loaded, entries shown."""

__all__: list[str] = []
