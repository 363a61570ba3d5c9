"""Commands of coordination; notices of police organisations stand under `undaunted sanctions`."""

from undaunted.repression.coordination.commands import drawing
from undaunted.repression.coordination.commands.cases import cases
from undaunted.repression.coordination.commands.elsewhere import elsewhere, guest
from undaunted.repression.coordination.commands.keys import keys
from undaunted.repression.coordination.commands.notices import notices
from undaunted.repression.coordination.commands.petitions import petitions
from undaunted.repression.coordination.commands.proposals import commands
from undaunted.repression.coordination.commands.seats import seat

__all__ = ["commands", "drawing", "notices"]

commands.add_typer(seat, name="seat")
commands.add_typer(guest, name="guest")
commands.add_typer(elsewhere, name="elsewhere")
commands.add_typer(keys, name="key")
commands.add_typer(cases, name="case")
commands.add_typer(petitions, name="petition")
