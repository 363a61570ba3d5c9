"""Building the annual report and country sheets; the editions do the rest."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from undaunted.core.editions.commands import build
from undaunted.prisoners.report.rules.years import last_day

__all__ = ["commands"]

commands = typer.Typer()

Year = Annotated[int, typer.Option(min=1900, max=9000, help="The year that is reported.")]
Out = Annotated[
    Path | None, typer.Option(file_okay=False, help="Folder for the files; it must be empty.")
]
Languages = Annotated[
    list[str] | None, typer.Option("--lang", help="May be repeated; en if absent.")
]
KnownAt = Annotated[
    str, typer.Option(help="As known then (ISO time); else at the last entry of the ledger.")
]
Holder = Annotated[UUID | None, typer.Option(help="Organisation that keeps it; needs --as USER.")]


@commands.command()
def annual(  # noqa: PLR0913 - of when, where, in which languages, held by whom, embargoed, where to
    *,
    year: Year,
    out: Out = None,
    language: Languages = None,
    country: Annotated[str, typer.Option(help="ISO 3166 code; all countries if absent.")] = "",
    known_at: KnownAt = "",
    holder: Holder = None,
    embargo_until: Annotated[
        str, typer.Option(help="ISO time before which the public sees nothing of it.")
    ] = "",
) -> None:
    """Build the annual report: a draft with --holder, written into --out, or both."""
    build(
        "annual-report",
        as_of=last_day(year).isoformat(),
        known_at=known_at,
        language=language,
        given=[f"country={country}"] if country else [],
        holder=holder,
        embargo_until=embargo_until,
        again=None,
        out=out,
    )


@commands.command()
def sheet(  # noqa: PLR0913 - of what, of when, in which languages, held by whom, where to
    country: Annotated[str, typer.Argument(help="ISO 3166 code, such as XR.")],
    *,
    year: Year,
    out: Out = None,
    language: Languages = None,
    known_at: KnownAt = "",
    holder: Holder = None,
) -> None:
    """Build the single page of one country: a draft with --holder, written into --out, or both."""
    build(
        "country-sheet",
        as_of=last_day(year).isoformat(),
        known_at=known_at,
        language=language,
        given=[f"country={country}"],
        holder=holder,
        embargo_until="",
        again=None,
        out=out,
    )
