"""`undaunted sanctions`: lists held against each other, pairs judged and undone, files screened."""

from __future__ import annotations

import typer

__all__ = ["commands"]

commands = typer.Typer(no_args_is_help=True, add_completion=False)
