"""Sealing and opening; keys of people, teams and records; recovery; erasure by key destruction."""

__all__: list[str] = []
