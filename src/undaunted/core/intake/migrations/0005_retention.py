"""Erasing a closed mailbox by its clock, as somebody of the organisation who is not in its team."""

from django.db import migrations

FUNCTIONS = """
-- The sealed records of a mailbox that has stayed closed since the clock began: null where it was opened
-- again, none where the clock has not ended.
CREATE FUNCTION intake_erasable(wanted uuid, by_clock uuid) RETURNS uuid[]
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF clocks_may_erase(by_clock) IS NULL THEN RETURN '{}'; END IF;
    PERFORM 1 FROM intake_mailbox b JOIN clocks_clock c ON c.id = by_clock
    WHERE b.id = wanted AND b.state = 'closed' AND b.closed_at <= c.started_at
      AND c.subject_kind = 'mailbox' AND c.subject_id = wanted AND b.holder = clocks_may_erase(by_clock)
    FOR UPDATE OF b;
    IF NOT FOUND THEN RETURN NULL; END IF;
    RETURN array_append(coalesce((SELECT array_agg(p.id) FROM (
        SELECT id FROM intake_attachment WHERE mailbox_id = wanted
        UNION ALL SELECT id FROM intake_redaction WHERE mailbox_id = wanted) p), '{}'), wanted);
END $$;

-- Everything that hangs on a mailbox whose key is destroyed; its receipt then opens nothing.
CREATE FUNCTION intake_forget(wanted uuid, by_clock uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE hanging record;
BEGIN
    IF coalesce(cardinality(intake_erasable(wanted, by_clock)), 0) = 0
        OR EXISTS (SELECT 1 FROM vault_recordkey WHERE record_id = wanted) THEN RETURN; END IF;
    FOR hanging IN
        SELECT c.conrelid::regclass AS tab, a.attname AS col
        FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
        WHERE c.contype = 'f' AND c.confrelid = 'public.intake_mailbox'::regclass
    LOOP
        EXECUTE format('DELETE FROM %s WHERE %I = $1', hanging.tab, hanging.col) USING wanted;
    END LOOP;
    DELETE FROM intake_mailbox WHERE id = wanted;
END $$;

REVOKE ALL ON FUNCTION intake_erasable(uuid, uuid), intake_forget(uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION intake_erasable(uuid, uuid), intake_forget(uuid, uuid) TO undaunted_desk;
"""


class Migration(migrations.Migration):
    dependencies = [("intake", "0004_casework"), ("clocks", "0003_keeping")]
    operations = [migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop)]
