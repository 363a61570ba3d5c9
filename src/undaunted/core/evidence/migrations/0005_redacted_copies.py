"""Redacted copies, with their row protection; they go with their document, and are no open blob."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from undaunted.core.access.models import protect

SHARING = [("organisation", "organisation"), ("shared", "shared")]

OF_A_DOCUMENT = """
ALTER TABLE evidence_redactedcopy ADD CONSTRAINT evidence_redacted_of_document
    FOREIGN KEY (document_id) REFERENCES evidence_document (id)
    ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;

CREATE OR REPLACE FUNCTION evidence_open_blob(digest text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT identity_actor() IS NULL
        OR EXISTS (SELECT 1 FROM evidence_document d WHERE d.sha256 = digest AND d.team IS NULL)
        OR EXISTS (SELECT 1 FROM evidence_cleancopy c JOIN evidence_document d ON d.id = c.document_id
                   WHERE c.sha256 = digest AND d.team IS NULL)
        OR EXISTS (SELECT 1 FROM evidence_redactedcopy r JOIN evidence_document d
                   ON d.id = r.document_id WHERE r.sha256 = digest AND d.team IS NULL)
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("evidence", "0004_sealed")]
    operations = [
        migrations.CreateModel(
            name="RedactedCopy",
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
                (
                    "of_sha256",
                    models.CharField(help_text="Digest of the clean copy.", max_length=64),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.BigIntegerField()),
                ("media_type", models.CharField(max_length=100)),
                ("ground", models.CharField(max_length=24)),
                ("passages", models.PositiveSmallIntegerField(help_text="How many, not which.")),
                ("boxes", models.PositiveSmallIntegerField()),
                ("places", models.PositiveIntegerField(help_text="How many places are black.")),
                (
                    "kept",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), default=list, size=None
                    ),
                ),
                ("made_by", models.UUIDField()),
                ("made_at", models.DateTimeField()),
                (
                    "document",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="redacted_copies",
                        to="evidence.document",
                    ),
                ),
            ],
        ),
        protect("evidence_redactedcopy", grants="SELECT, INSERT", shared=False),
        migrations.RunSQL(OF_A_DOCUMENT, migrations.RunSQL.noop),
    ]
