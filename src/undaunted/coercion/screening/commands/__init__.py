"""`undaunted screening`: cases, and the register of critical assets."""

from undaunted.coercion.screening.commands import assets
from undaunted.coercion.screening.commands.root import commands

__all__ = ["assets", "commands"]

commands.add_typer(assets.commands, name="assets")
