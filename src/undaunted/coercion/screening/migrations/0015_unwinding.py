"""An unwinding has its own condition and names its last day: the database asks for both.

Identifiers that a register keeps in another form than the one that is compared are found by index.
"""

from pathlib import Path

from django.db import migrations

GATES = Path(__file__).parent / "gates.sql"


def _spelled(column: str) -> migrations.RunSQL:
    # As `queries/spelled.py` asks for them.
    name = f"holdings_spelled_{column}"
    other = (
        f"upper({column}::text) LIKE 'STATE:%' AND NOT ({column}::text ~ '^STATE:[A-Z]{{2}}$')"
        f" OR {column} IS NOT NFC NORMALIZED"
    )
    return migrations.RunSQL(
        [f"CREATE INDEX {name} ON screening_holding (holder, {column}) WHERE {other}"],
        [f"DROP INDEX {name}"],
    )


class Migration(migrations.Migration):
    dependencies = [("screening", "0014_partners")]
    operations = [
        # Given as a list, it goes to the server whole, without being split or parsed.
        migrations.RunSQL([GATES.read_text(encoding="utf-8")], migrations.RunSQL.noop),
        _spelled("owner"),
        _spelled("owned"),
    ]
