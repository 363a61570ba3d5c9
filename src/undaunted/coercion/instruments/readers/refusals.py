"""Why a file cannot be read; each message names place, rule and remedy."""

__all__ = ["FileRefused", "Unread"]


class FileRefused(ValueError):
    """The file cannot be read; `problems` says all that is wrong and how to mend it."""

    def __init__(self, where: str, *problems: str) -> None:
        super().__init__(f"{where}: " + "; ".join(problems))
        self.where = where
        self.problems = problems


class Unread(ValueError):
    """The document cannot be looked into; the message says what to do."""
