"""Row protection of clocks, of receipts of erasure, and of the secret addresses of calendars.

A calendar program has no session: it brings a secret, and a definer function says whose it is. The
job that erases has no person: another says which clocks have run out and who may act for the
holder. Both give ids only.
"""

from django.db import migrations

from undaunted.core.access.models import protect

FEEDS = """
ALTER TABLE clocks_feed ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON clocks_feed TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY desk_own ON clocks_feed TO undaunted_desk
    USING ("user" = (SELECT identity_actor())) WITH CHECK ("user" = (SELECT identity_actor()));
GRANT SELECT, INSERT, UPDATE ON clocks_feed TO undaunted_desk;

CREATE FUNCTION clocks_feed_owner(wanted text) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT f."user" FROM clocks_feed f JOIN accounts_user u ON u.id = f."user"
    WHERE f.digest = wanted AND f.revoked_at IS NULL AND u.is_active
$$;

CREATE FUNCTION clocks_erasures_due() RETURNS TABLE (clock uuid, person uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT c.id, p.user_id FROM clocks_clock c
    CROSS JOIN LATERAL (
        SELECT m.user_id FROM accounts_membership m JOIN accounts_user u ON u.id = m.user_id
        WHERE m.organisation_id = c.holder AND u.is_active AND m.role IN ('steward', 'documenter')
        ORDER BY (m.user_id = c.recorded_by) DESC, m.role DESC, m.id LIMIT 1) p
    WHERE c.kind = 'retention' AND c.due_at <= statement_timestamp()
      AND c.met_at IS NULL AND c.cancelled_at IS NULL AND c.stopped_since IS NULL
    ORDER BY c.due_at, c.id
$$;

REVOKE ALL ON FUNCTION clocks_feed_owner(text), clocks_erasures_due() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION clocks_feed_owner(text), clocks_erasures_due() TO undaunted_desk;
"""


class Migration(migrations.Migration):
    dependencies = [("clocks", "0001_initial"), ("accounts", "0002_identity")]
    operations = [
        protect("clocks_clock", grants="SELECT, INSERT, UPDATE"),
        protect("clocks_erasure", grants="SELECT, INSERT"),
        migrations.RunSQL(FEEDS, migrations.RunSQL.noop),
    ]
