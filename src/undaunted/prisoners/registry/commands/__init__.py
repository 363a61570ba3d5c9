"""`undaunted registry`: count, search, import, approve, export."""

from undaunted.prisoners.registry.commands.approving import commands as _approving
from undaunted.prisoners.registry.commands.counting import commands as _counting
from undaunted.prisoners.registry.commands.importing import commands as _importing
from undaunted.prisoners.registry.commands.listing import commands as _listing
from undaunted.prisoners.registry.commands.open_data import commands as _open_data
from undaunted.prisoners.registry.commands.root import commands
from undaunted.prisoners.registry.commands.sentencing import commands as _sentencing
from undaunted.prisoners.registry.commands.wgad import commands as _wgad

__all__ = ["commands"]

for _part in (_counting, _importing, _listing, _approving, _open_data, _sentencing, _wgad):
    commands.registered_commands += _part.registered_commands
    commands.registered_groups += _part.registered_groups
