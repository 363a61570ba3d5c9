"""What the desk of dossiers refuses; each message names the field and says what to do."""

from __future__ import annotations

__all__ = ["DossierRefused", "SubmissionRefused"]


class DossierRefused(ValueError):
    """What is asked cannot be done; nothing was kept."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(f"{field}: {why}")
        self.field = field


class SubmissionRefused(DossierRefused):
    """A submission is not whole yet; `problems` says all that is missing."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("submission", "; ".join(problems))
        self.problems = list(problems)
