"""A record that joins a published case waits for a second person, and notes outlast the gate.

The functions that say so are run again in their newest form (decision 0022).
"""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

HERE = Path(__file__).parent


def _statements(name: str) -> migrations.RunSQL:
    # Given as a list, a statement goes to the server whole, without being split or parsed.
    return migrations.RunSQL([(HERE / name).read_text(encoding="utf-8")], migrations.RunSQL.noop)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("registry", "0012_desk_stands")]
    operations: ClassVar = [
        migrations.RunSQL("SET LOCAL check_function_bodies = off", migrations.RunSQL.noop),
        _statements("approvals.sql"),
        _statements("gates.sql"),
    ]
