"""What is said for a trigger being met: each finding with its reasons, for others to weigh."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from undaunted.coercion.response.rules.limits import checked_text
from undaunted.coercion.response.rules.refusals import ResponseRefused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["check_findings"]

MET = "met"


class Found(Protocol):
    """A value and what it rests on, as `core.standards` holds it."""

    @property
    def value(self) -> str:
        """Met, not met or unclear."""

    @property
    def reasons(self) -> Sequence[str]:
        """What it rests on."""


def check_findings(findings: Mapping[str, Found]) -> None:
    """Raise `ResponseRefused` for a criterion that is called met without a reason."""
    for name, each in findings.items():
        told = [checked_text(name, reason) for reason in each.reasons]
        if each.value == MET and not any(told):
            raise ResponseRefused(f"{name}: it is called met; say what shows it")
