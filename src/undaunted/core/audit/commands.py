"""Commands over the audit chain."""

from __future__ import annotations

import json
from pathlib import Path  # noqa: TC003  (typer reads the annotations)
from typing import Annotated

import typer
from django.db import transaction
from rich.console import Console

from undaunted.core.access.actions import bind_terminal
from undaunted.core.access.rules import Role
from undaunted.core.audit.queries import Anchor, anchor, verify_chain

__all__ = ["commands"]

commands = typer.Typer(
    help="Verify the audit chain and export its head.", no_args_is_help=True, add_completion=False
)
_console = Console()


@commands.command()
def verify(
    against: Annotated[
        Path | None,
        typer.Option(
            "--anchor",
            help="A head exported earlier and kept elsewhere.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
) -> None:
    """Walk the chain; exit status 1 when anything was edited, deleted, reordered or cut."""
    kept = None
    if against is not None:
        kept = _anchor_in(against)
    with transaction.atomic():
        _require_sight()
        report = verify_chain(kept)
    for problem in report.problems:
        _console.print(f"[red]{problem}")
    _console.print(f"{report.entries} entries, head {report.head}")
    if not report.whole:
        raise typer.Exit(1)
    _console.print("[green]The chain is whole.")


@commands.command("anchor")
def export_anchor(
    out: Annotated[Path, typer.Option(help="Where to write the head of the chain.")],
) -> None:
    """Write number and hash of the last entry, to be kept where the server cannot reach it."""
    with transaction.atomic():
        _require_sight()
        head = anchor()
    out.write_text(json.dumps({"seq": head.seq, "hash": head.hash}) + "\n", encoding="utf-8")
    _console.print(f"Entry {head.seq} anchored in {out}")


def _anchor_in(file: Path) -> Anchor:
    """Read a head that was exported; a file that is none is refused."""
    try:
        held = json.loads(file.read_text(encoding="utf-8"))
        return Anchor(seq=int(held["seq"]), hash=str(held["hash"]))
    except (ValueError, TypeError, KeyError):
        typer.echo(
            f"undaunted: --anchor: {file} holds no head of the chain; name a file that `undaunted "
            "audit anchor` wrote",
            err=True,
        )
        raise typer.Exit(2) from None


def _require_sight() -> None:
    """Refuse whom row security shows only a part: to them a whole chain would look broken."""
    facts = bind_terminal() or {"second_factor": False, "roles": []}
    held = {role for _, role in facts["roles"]}
    if not facts["second_factor"] or not held & {Role.ADMINISTRATOR, Role.STEWARD}:
        typer.echo(
            "undaunted: only a steward or an administrator of accounts sees the whole chain; "
            "sign in with `undaunted --as USER`",
            err=True,
        )
        raise typer.Exit(2)
