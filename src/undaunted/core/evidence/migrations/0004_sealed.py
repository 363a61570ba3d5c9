"""Originals sealed to a team, and time stamps, with their row protection."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from undaunted.core.access.models import protect

SHARING = [("organisation", "organisation"), ("shared", "shared")]

# Whether an open document of any organisation still needs an open file; nothing else is told.
USED = """
CREATE FUNCTION evidence_open_blob(digest text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT identity_actor() IS NULL
        OR EXISTS (SELECT 1 FROM evidence_document d WHERE d.sha256 = digest AND d.team IS NULL)
        OR EXISTS (SELECT 1 FROM evidence_cleancopy c JOIN evidence_document d ON d.id = c.document_id
                   WHERE c.sha256 = digest AND d.team IS NULL)
$$;
REVOKE ALL ON FUNCTION evidence_open_blob(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION evidence_open_blob(text) TO undaunted_desk;
GRANT UPDATE (team) ON evidence_document TO undaunted_desk;

-- What was sealed is never opened again by changing a row.
CREATE FUNCTION evidence_stays_sealed() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF old.team IS NOT NULL AND new.team IS DISTINCT FROM old.team THEN
        RAISE EXCEPTION 'a sealed original stays sealed to its team' USING ERRCODE = '23514';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER evidence_stays_sealed BEFORE UPDATE ON evidence_document
    FOR EACH ROW EXECUTE FUNCTION evidence_stays_sealed();
REVOKE ALL ON FUNCTION evidence_stays_sealed() FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("evidence", "0003_clean_copies"), ("vault", "0003_ceremonies")]
    operations = [
        migrations.AddField(
            model_name="document",
            name="team",
            field=models.UUIDField(
                help_text="Team to which the original is sealed; empty where it lies open.",
                null=True,
            ),
        ),
        migrations.CreateModel(
            name="Timestamp",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("holder", models.UUIDField(help_text="Organisation that holds the record.")),
                (
                    "sharing",
                    models.CharField(choices=SHARING, default="organisation", max_length=12),
                ),
                ("token", models.BinaryField()),
                ("stamped_at", models.DateTimeField()),
                ("authority", models.CharField(max_length=400)),
                ("recorded_at", models.DateTimeField()),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stamps",
                        to="evidence.document",
                    ),
                ),
            ],
        ),
        protect("evidence_timestamp", grants="SELECT, INSERT"),
        migrations.RunSQL(USED, migrations.RunSQL.noop),
    ]
