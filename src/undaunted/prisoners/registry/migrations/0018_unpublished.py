"""Editions may count people who are not published, as far as they agreed to statistics."""

from pathlib import Path
from typing import ClassVar

from django.db import migrations

FUNCTIONS = (Path(__file__).parent / "unpublished.sql").read_text(encoding="utf-8")
TABLE = """
CREATE TABLE registry_draw (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    salt uuid NOT NULL DEFAULT gen_random_uuid(),
    fingerprint text NOT NULL DEFAULT ''
);
ALTER TABLE registry_draw ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON registry_draw TO CURRENT_USER USING (true) WITH CHECK (true);
INSERT INTO registry_draw (one) VALUES (true);
CREATE INDEX grants_to_statistics ON consent_grant (subject)
    WHERE purpose = 'statistics' AND audience = 'public' AND revoked_at IS NULL;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("registry", "0017_replaced_names"),
        ("accounts", "0007_lock"),
        ("consent", "0006_compared_keys"),
        ("sharing", "0007_compared_keys"),
    ]
    operations: ClassVar = [
        migrations.RunSQL([TABLE, FUNCTIONS], migrations.RunSQL.noop),
    ]
