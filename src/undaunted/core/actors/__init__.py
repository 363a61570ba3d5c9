"""Persons, organisations and state bodies; their names; merges that can be undone."""

__all__: list[str] = []
