"""Redacted copies are withdrawn, tell which pages were not searched, and of sealed ones there are."""

from pathlib import Path

import django.contrib.postgres.fields
from django.db import migrations, models

GATES = Path(__file__).with_name("put_by_the_program.sql").read_text(encoding="utf-8")
WITHDRAWN = """
GRANT UPDATE (withdrawn_by, withdrawn_at) ON evidence_redactedcopy TO undaunted_desk;

-- A copy is withdrawn once, in one's own name, and never stands again.
CREATE FUNCTION evidence_copy_withdrawn() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF old.withdrawn_at IS NOT NULL OR new.withdrawn_at IS NULL
        OR (current_user = 'undaunted_desk'
            AND new.withdrawn_by IS DISTINCT FROM identity_actor()) THEN
        RAISE EXCEPTION 'a redacted copy is withdrawn once, in one''s own name'
            USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER evidence_copy_withdrawn BEFORE UPDATE ON evidence_redactedcopy
    FOR EACH ROW EXECUTE FUNCTION evidence_copy_withdrawn();
REVOKE ALL ON FUNCTION evidence_copy_withdrawn() FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("evidence", "0006_put_by_the_program")]
    operations = [
        migrations.AddField(
            "redactedcopy",
            "unsearched",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.PositiveSmallIntegerField(),
                default=list,
                help_text="Pages that are or hold pictures, whose words were not searched.",
                size=None,
            ),
        ),
        migrations.AddField(
            "redactedcopy",
            "of_sealed",
            models.BooleanField(
                default=False,
                help_text="Made of a sealed document by whoever said that it may lie open.",
            ),
        ),
        migrations.AddField("redactedcopy", "withdrawn_by", models.UUIDField(null=True)),
        migrations.AddField("redactedcopy", "withdrawn_at", models.DateTimeField(null=True)),
        migrations.RunSQL([WITHDRAWN, GATES], migrations.RunSQL.noop),
    ]
