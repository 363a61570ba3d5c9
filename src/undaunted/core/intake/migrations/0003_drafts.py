"""Drafts: whoever has the receipt reads their own; no serving role reads the table."""

from django.db import migrations, models

FUNCTIONS = """
ALTER TABLE intake_draft ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON intake_draft TO CURRENT_USER USING (true) WITH CHECK (true);
ALTER TABLE intake_draft ADD CONSTRAINT draft_within_limits
    CHECK (octet_length(lookup) = 32 AND octet_length(envelope) <= 2200000);

CREATE FUNCTION intake_keep_draft(wanted bytea, what bytea) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM intake_mailbox WHERE lookup = wanted) THEN
        RETURN false;
    END IF;
    INSERT INTO intake_draft (lookup, envelope, kept_on) VALUES (wanted, what, current_date)
    ON CONFLICT (lookup) DO UPDATE SET envelope = excluded.envelope, kept_on = excluded.kept_on;
    RETURN true;
END $$;

CREATE FUNCTION intake_draft(wanted bytea) RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT envelope FROM intake_draft WHERE lookup = wanted AND kept_on >= current_date - 7
$$;

CREATE FUNCTION intake_drop_draft(wanted bytea) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    DELETE FROM intake_draft WHERE lookup = wanted
$$;

CREATE FUNCTION intake_drop_old_drafts() RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    WITH gone AS (DELETE FROM intake_draft WHERE kept_on < current_date - 7 RETURNING 1)
    SELECT count(*) FROM gone
$$;

REVOKE ALL ON FUNCTION intake_keep_draft(bytea, bytea), intake_draft(bytea),
    intake_drop_draft(bytea), intake_drop_old_drafts() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION intake_keep_draft(bytea, bytea), intake_draft(bytea),
    intake_drop_draft(bytea), intake_drop_old_drafts() TO undaunted_intake;
"""


class Migration(migrations.Migration):
    dependencies = [("intake", "0002_protection")]
    operations = [
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "lookup",
                    models.BinaryField(max_length=32, primary_key=True, serialize=False),
                ),
                ("envelope", models.BinaryField()),
                ("kept_on", models.DateField()),
            ],
        ),
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
    ]
