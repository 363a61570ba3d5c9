"""Row-level security for tables: one shape for all, applied by migrations.

The web process connects as `undaunted_desk`, which owns nothing. What it sees is decided by
`identity_organisations(...)`, a SECURITY DEFINER function that looks the session token up anew in
every statement (accounts, migration 0002), so that neither an injected `set_config` nor a reused
connection can become another person. The public role reads `published_*` tables only.
"""

from __future__ import annotations

import uuid

from django.db import migrations, models

from undaunted.core.access.rules import Sharing

__all__ = ["Protected", "open_reference", "protect", "publish"]

_READ_ROLES = "'{reader,documenter,reviewer,publisher,steward}'"
_WRITE_ROLES = "'{documenter,reviewer,publisher,steward}'"


class Protected(models.Model):
    """A row that belongs to one organisation and is seen as its sharing says."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    holder = models.UUIDField(help_text="Organisation that holds the record.")
    sharing = models.CharField(
        max_length=12,
        default=Sharing.ORGANISATION,
        choices=[(s.value, s.value) for s in Sharing],
    )

    class Meta:
        abstract = True


def _keeper(table: str) -> str:
    """Let the owner's definer functions through although row security is forced."""
    return f"CREATE POLICY keeper ON {table} TO CURRENT_USER USING (true) WITH CHECK (true);"


def _forced(table: str) -> str:
    return f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;"


def protect(
    table: str, *, grants: str = "SELECT, INSERT, UPDATE, DELETE", shared: bool = True
) -> migrations.RunSQL:
    """Protect `table` (a `Protected` model's) by organisation and sharing.

    `grants` are the rights of the desk role; leave DELETE or UPDATE out for append-only tables.
    With `shared=False` only the holder reads, whatever the sharing column says.
    """
    mine = f"holder = ANY ((SELECT identity_organisations({_READ_ROLES}))::uuid[])"
    seen = (
        f"{mine} OR (sharing = 'shared' AND "
        f"cardinality((SELECT identity_organisations({_READ_ROLES}))::uuid[]) > 0)"
        if shared
        else mine
    )
    write = f"holder = ANY ((SELECT identity_organisations({_WRITE_ROLES}))::uuid[])"
    return migrations.RunSQL(
        f"""
        {_forced(table)}
        {_keeper(table)}
        CREATE POLICY desk_reads ON {table} FOR SELECT TO undaunted_desk USING ({seen});
        CREATE POLICY desk_adds ON {table} FOR INSERT TO undaunted_desk WITH CHECK ({write});
        CREATE POLICY desk_changes ON {table} FOR UPDATE TO undaunted_desk
            USING ({write}) WITH CHECK ({write});
        CREATE POLICY desk_removes ON {table} FOR DELETE TO undaunted_desk USING ({write});
        GRANT {grants} ON {table} TO undaunted_desk;
        """,
        migrations.RunSQL.noop,
    )


def publish(table: str) -> migrations.RunSQL:
    """Open the projection `table` for reading to the public and the desk; only the owner writes."""
    return migrations.RunSQL(
        f"GRANT SELECT ON {table} TO undaunted_public, undaunted_desk;", migrations.RunSQL.noop
    )


def open_reference(
    table: str, *, grants: str = "SELECT", roles: str = "undaunted_desk"
) -> migrations.RunSQL:
    """Grant rights on a table that holds no protected rows (reference data, queue, sessions)."""
    return migrations.RunSQL(f"GRANT {grants} ON {table} TO {roles};", migrations.RunSQL.noop)
