"""`undaunted report`: the annual report, its texts, and where each number comes from."""

from undaunted.prisoners.report.commands.annual import commands as _annual
from undaunted.prisoners.report.commands.root import commands
from undaunted.prisoners.report.commands.texts import commands as _texts
from undaunted.prisoners.report.commands.tracing import commands as _tracing

__all__ = ["commands"]

for _part in (_annual, _tracing):
    commands.registered_commands += _part.registered_commands
    commands.registered_groups += _part.registered_groups
commands.add_typer(_texts, name="text")
