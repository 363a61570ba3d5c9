"""Deadlines of law and of service: reckoned, explained, kept running, watched."""

__all__: list[str] = []
