"""What the desk of dossiers refuses; each message names the field and says what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["DossierRefused", "SubmissionRefused", "all_or_faults"]


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


def all_or_faults(*steps: Callable[[], Any]) -> list[Any]:
    """Give what every step gives. Raises one `DossierRefused` with every fault."""
    told: list[Any] = []
    faults: list[DossierRefused] = []
    for step in steps:
        try:
            told.append(step())
        except DossierRefused as refusal:
            faults.append(refusal)
    if faults:
        first, *more = faults
        why = str(first).removeprefix(f"{first.field}: ")
        raise DossierRefused(first.field, "; ".join([why, *map(str, more)]))
    return told
