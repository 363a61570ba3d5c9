"""What can go wrong with the embedded server, each with what to do about it."""

__all__ = ["ServerError"]


class ServerError(Exception):
    """The embedded server cannot do what was asked; the message says what a person can do."""
