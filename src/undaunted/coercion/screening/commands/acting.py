"""Who acts at the terminal in a case, and what is meant by a name or an id."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated, Any, TypeVar
from uuid import UUID

import typer
from django.utils import timezone

from undaunted.coercion.screening.queries import case_for, row_for
from undaunted.coercion.screening.rules import ScreeningRefused
from undaunted.coercion.screening.rules.casework import EvidenceKind
from undaunted.coercion.screening.rules.known import moment_in_utc
from undaunted.core.accounts.commands import acting_at

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager

    from undaunted.coercion.screening.models import Case
    from undaunted.core.access.rules import Actor

__all__ = [
    "Passphrase",
    "Reference",
    "Why",
    "acting",
    "case_here",
    "day_of",
    "evidence_of",
    "found",
    "moment_of",
    "row_here",
]

Thing = TypeVar("Thing")
Reference = Annotated[str, typer.Argument(help="Short name of the case.")]
Why = Annotated[str, typer.Option("--why", help="Why; it stays on record.")]
Passphrase = Annotated[str, typer.Option(prompt=True, hide_input=True, help="Of your own key.")]


def acting() -> AbstractContextManager[Actor]:
    """Act as whoever signed in, in one transaction; say what stands against a step."""
    return acting_at("screening")


def found(thing: Thing | None, what: object) -> Thing:
    """Give the thing. Raises `ScreeningRefused` where there is none."""
    if thing is None:
        raise ScreeningRefused(f"{what}: there is nothing of that name for you")
    return thing


def case_here(actor: Actor, reference: str) -> Case:
    """Give a case of one's own authority."""
    return found(case_for(actor, reference), reference)


def row_here(actor: Actor, model: type[Any], key: UUID) -> Any:  # noqa: ANN401 - a row of the model
    """Give a row of a case of one's own authority."""
    return found(row_for(actor, model, key), key)


def day_of(name: str, text: str) -> date:
    """Give a day; today where none is said. Raises `ScreeningRefused`."""
    if not text:
        return datetime.now(UTC).date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ScreeningRefused(f"{name}: {text!r} is no day; write 2026-11-26") from None


def moment_of(text: str) -> datetime:
    """Give a moment; now where none is said. Raises `ScreeningRefused`."""
    if not text:
        return timezone.now()
    try:
        moment = moment_in_utc(datetime.fromisoformat(text))
    except ValueError:
        moment = None
    if moment is None:
        raise ScreeningRefused(f"as_known: {text!r} is no moment; write 2026-11-26T12:00")
    return moment


def evidence_of(told: Sequence[str]) -> tuple[tuple[EvidenceKind, UUID], ...]:
    """Read evidence, `fact:ID`. Raises `ScreeningRefused`."""
    read = []
    for each in told:
        kind, _, key = each.partition(":")
        try:
            read.append((EvidenceKind(kind), UUID(key)))
        except ValueError:
            kinds = ", ".join(EvidenceKind)
            raise ScreeningRefused(
                f"evidence: {each!r} is none; write one of {kinds}, a colon and an id of `show`"
            ) from None
    return tuple(read)
