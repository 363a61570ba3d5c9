"""Redacted copies are withdrawn, tell which pages were not searched, and of sealed ones there are."""

import django.contrib.postgres.fields
from django.db import migrations, models

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

CREATE OR REPLACE FUNCTION evidence_open_blob(digest text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT identity_actor() IS NULL
        OR EXISTS (SELECT 1 FROM evidence_document d WHERE d.sha256 = digest AND d.team IS NULL)
        OR EXISTS (SELECT 1 FROM evidence_cleancopy c JOIN evidence_document d ON d.id = c.document_id
                   WHERE c.sha256 = digest AND d.team IS NULL)
        OR EXISTS (SELECT 1 FROM evidence_redactedcopy r JOIN evidence_document d
                   ON d.id = r.document_id WHERE r.sha256 = digest AND r.withdrawn_at IS NULL
                   AND (d.team IS NULL OR r.of_sealed))
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("evidence", "0005_redacted_copies")]
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
        migrations.RunSQL([WITHDRAWN], migrations.RunSQL.noop),
    ]
