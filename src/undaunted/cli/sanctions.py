"""`undaunted sanctions`: what several subjects have to do with lists, under one name."""

from __future__ import annotations

from importlib import import_module

import typer

__all__ = ["commands"]

PARTS = (
    "undaunted.core.listings.commands",
    "undaunted.core.matching.commands",
    "undaunted.repression.sanctions.commands",
)
"""Subjects whose commands stand side by side; each has names of its own."""

commands = typer.Typer(help="Sanctions lists.", no_args_is_help=True, add_completion=False)
for part in PARTS:
    own: typer.Typer = import_module(part).commands
    commands.registered_commands += own.registered_commands
    commands.registered_groups += own.registered_groups
commands.add_typer(
    import_module("undaunted.repression.coordination.commands").notices, name="notices"
)
