"""What the commands of proceedings share: who acts, what is meant, how they refuse."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer
from django.utils import timezone

from undaunted.coercion.instruments.analysis import GivenStakes
from undaunted.coercion.instruments.queries import proceeding_for
from undaunted.coercion.instruments.rules import InstrumentRefused
from undaunted.core.accounts.commands import REFUSED, acting_at, refusals

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from undaunted.coercion.instruments.models import Proceeding
    from undaunted.core.access.rules import Actor

__all__ = [
    "COMMON",
    "REFUSED",
    "AsOf",
    "Day",
    "Reason",
    "StakesFile",
    "State",
    "Which",
    "acting",
    "commands",
    "day_of",
    "found",
    "moment_of",
    "proceeding_here",
    "refusals",
    "stakes_of",
    "table_of",
]

Thing = TypeVar("Thing")

COMMON = (
    "The name of who asks is made of common words, and one of them stands in: {places}. No rule "
    "can tell whether it names them; read it before it leaves."
)

commands = typer.Typer(
    help="Instruments against economic coercion.", no_args_is_help=True, add_completion=False
)
Which = Annotated[str, typer.Argument(help="Short name or id, as `list` shows it.")]
Day = Annotated[str, typer.Option("--on", help="Day, YYYY-MM-DD; today without.")]
Reason = Annotated[str, typer.Option("--reason", help="Why the step is taken.")]
StakesFile = Annotated[Path | None, typer.Option(help="Stakes that show who owns whom.")]
State = Annotated[list[str] | None, typer.Option(help="The government, as the stakes name it.")]
AsOf = Annotated[str, typer.Option("--as-of", help="Stakes of this day; else today.")]


def found(thing: Thing | None, what: object) -> Thing:
    """Give the thing. Raises `InstrumentRefused` where there is none."""
    if thing is None:
        raise InstrumentRefused(f"{what}: there is nothing of that name for you")
    return thing


def proceeding_here(actor: Actor, which: str) -> Proceeding:
    """Give a proceeding of one's own authority."""
    return found(proceeding_for(actor, which), which)


def day_of(text: str, today: date) -> date:
    """Give the day that a text means, today without one. Raises `InstrumentRefused`."""
    try:
        return date.fromisoformat(text) if text else today
    except ValueError:
        raise InstrumentRefused(f"day: {text!r} is none; write it as 2026-11-20") from None


def moment_of(text: str) -> datetime | None:
    """Give the moment that a text means, None without one. Raises `InstrumentRefused`."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise InstrumentRefused(
            f"as_known: {text!r} is no moment; write 2026-11-26T12:00"
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def stakes_of(file: Path | None, state: list[str] | None, as_of: str) -> GivenStakes | None:
    """Give the stakes that are asked, None where there are none. Raises `InstrumentRefused`."""
    if (file is None) != (not state):
        raise InstrumentRefused("--stakes and --state go together; give both or neither")
    if file is None or not state:
        return None
    day = day_of(as_of, timezone.now().date())
    return GivenStakes(file.name, file.read_bytes(), tuple(state), day)


def table_of(path: Path) -> dict[str, Any]:
    """Read a TOML file. Raises `InstrumentRefused`."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as problem:
        raise InstrumentRefused(f"{path.name}: {problem}; correct the file") from None


def acting() -> AbstractContextManager[Actor]:
    """Act as whoever signed in, in one transaction."""
    return acting_at("instruments")
