"""`undaunted screening`: which law applies to a deal, and the register of critical assets."""

from undaunted.coercion.screening.commands import assets, exchange, law
from undaunted.coercion.screening.commands.root import commands

__all__ = ["assets", "commands", "exchange", "law"]

commands.add_typer(assets.commands, name="assets")
commands.add_typer(exchange.commands, name="exchange")
