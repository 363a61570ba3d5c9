"""Governments and civil society proposing together: embargo, calendar, designations, petitions."""

__all__: list[str] = []
