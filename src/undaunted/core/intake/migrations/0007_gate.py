"""What all web processes know of the gate: tickets that have passed, and how many came to each.

Both tables are unlogged: after a crash the gate begins anew, and nothing of them is in the log of
changes. Intake reads and writes neither; three definer functions do.
"""

from django.db import migrations, models

FUNCTIONS = """
ALTER TABLE intake_spent SET UNLOGGED;
ALTER TABLE intake_tide SET UNLOGGED;
ALTER TABLE intake_spent ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON intake_spent TO CURRENT_USER USING (true) WITH CHECK (true);
ALTER TABLE intake_tide ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON intake_tide TO CURRENT_USER USING (true) WITH CHECK (true);
ALTER TABLE intake_spent ADD CONSTRAINT a_mark_is_short CHECK (octet_length(mark) = 16);

-- Whether this ticket had not passed before; from now on it has.
CREATE FUNCTION intake_spend(what bytea) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO intake_spent (mark, spent_on) VALUES (what, current_date) ON CONFLICT DO NOTHING;
    RETURN FOUND;
END $$;

-- Tells how many came to one process within a minute; gives how many came to all others.
CREATE FUNCTION intake_tell_tide(whose uuid, mine int) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO intake_tide (process, came, told_at)
    VALUES (whose, least(greatest(mine, 0), 12000), clock_timestamp())
    ON CONFLICT (process) DO UPDATE SET came = excluded.came, told_at = excluded.told_at;
    RETURN (SELECT coalesce(sum(t.came), 0) FROM intake_tide t
            WHERE t.process <> whose AND t.told_at > clock_timestamp() - interval '1 minute');
END $$;

CREATE FUNCTION intake_forget_spent() RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH gone AS (DELETE FROM intake_spent WHERE spent_on < current_date - 1 RETURNING 1),
        over AS (DELETE FROM intake_tide WHERE told_at < clock_timestamp() - interval '1 hour')
    SELECT count(*) FROM gone
$$;

REVOKE ALL ON FUNCTION intake_spend(bytea), intake_tell_tide(uuid, int), intake_forget_spent()
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION intake_spend(bytea), intake_tell_tide(uuid, int), intake_forget_spent()
    TO undaunted_intake;
"""


class Migration(migrations.Migration):
    dependencies = [("intake", "0006_daily_limits")]
    operations = [
        migrations.CreateModel(
            name="Spent",
            fields=[
                (
                    "mark",
                    models.BinaryField(max_length=16, primary_key=True, serialize=False),
                ),
                ("spent_on", models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name="Tide",
            fields=[
                ("process", models.UUIDField(primary_key=True, serialize=False)),
                ("came", models.IntegerField()),
                ("told_at", models.DateTimeField()),
            ],
        ),
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
    ]
