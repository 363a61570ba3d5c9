"""`undaunted screening`: which law applies to a deal, cases of an authority, critical assets."""

from undaunted.coercion.screening.commands import (
    assets,
    cases,
    deciding,
    exchange,
    exposure,
    law,
    working,
)
from undaunted.coercion.screening.commands.root import commands

__all__ = ["assets", "cases", "commands", "deciding", "exchange", "exposure", "law", "working"]

commands.add_typer(assets.commands, name="assets")
commands.add_typer(exchange.commands, name="exchange")
