"""News and receipts are for people at work; without an identity nothing is read or written."""

from django.db import migrations

_AT_WORK = (
    "cardinality((SELECT identity_organisations("
    "'{reader,documenter,reviewer,publisher,steward}'))::uuid[]) > 0"
)


def _at_work(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"""
        ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
        CREATE POLICY keeper ON {table} TO CURRENT_USER USING (true) WITH CHECK (true);
        CREATE POLICY desk_reads ON {table} FOR SELECT TO undaunted_desk USING ({_AT_WORK});
        CREATE POLICY desk_adds ON {table} FOR INSERT TO undaunted_desk WITH CHECK ({_AT_WORK});
        """,
        migrations.RunSQL.noop,
    )


class Migration(migrations.Migration):
    dependencies = [("consent", "0002_protection"), ("accounts", "0003_sign_in")]
    operations = [_at_work("consent_news"), _at_work("consent_receipt")]
