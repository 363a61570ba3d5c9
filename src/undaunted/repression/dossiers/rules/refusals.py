"""What the desk of dossiers refuses; each message names the field and says what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["DossierRefused", "SubmissionRefused", "all_or_faults", "standing_in"]


class DossierRefused(ValueError):
    """What is asked cannot be done; nothing was kept. `more` are faults beside the first."""

    def __init__(self, field: str, why: str, more: tuple[DossierRefused, ...] = ()) -> None:
        super().__init__("; ".join([f"{field}: {why}", *map(str, more)]))
        self.field, self.why, self.more = field, why, more


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
        raise DossierRefused(first.field, first.why, (*first.more, *more))
    return told


def standing_in(where: str, refusal: DossierRefused) -> DossierRefused:
    """Give a refusal with every field behind where it stands, such as `person 1.name`."""
    more = tuple(standing_in(where, each) for each in refusal.more)
    return DossierRefused(f"{where}.{refusal.field}", refusal.why, more)
