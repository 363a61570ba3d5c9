"""Pure calculation: arrays in, frozen dataclasses out; no database, no network, no clock."""

__all__: list[str] = []
