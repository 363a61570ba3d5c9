"""What the register of authorities refuses; each message says what to do."""

from __future__ import annotations

__all__ = ["AuthorityUnknown", "RegisterBroken", "SanctionsRefused"]


class SanctionsRefused(ValueError):
    """What is asked cannot be done; the message says why and what to do."""


class AuthorityUnknown(SanctionsRefused, LookupError):
    """No authority of that code stands in the register."""


class RegisterBroken(SanctionsRefused):
    """A pack of the register cannot be read; `problems` says all that is wrong."""

    def __init__(self, where: str, problems: tuple[str, ...]) -> None:
        super().__init__(f"{where}: " + "; ".join(problems))
        self.where = where
        self.problems = problems
