"""What an official did in detail is read by their own government, and by nobody else's steward.

The chain is verified without details.
"""

from django.db import migrations

OFFICIALS = """
CREATE FUNCTION audit_tells(entry uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM audit_entry e WHERE e.id = entry AND (
        e.actor = identity_actor() OR NOT EXISTS (
            SELECT FROM accounts_membership m JOIN accounts_organisation o ON o.id = m.organisation_id
            WHERE m.user_id = e.actor AND o.government
              AND o.id <> ALL (identity_organisations('{administrator,steward}')))))
$$;
REVOKE ALL ON FUNCTION audit_tells(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_tells(uuid) TO undaunted_desk;

CREATE POLICY officials ON audit_detail AS RESTRICTIVE FOR SELECT TO undaunted_desk
    USING (audit_tells(entry_id));
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_chain"), ("accounts", "0006_governments")]
    operations = [migrations.RunSQL([OFFICIALS], migrations.RunSQL.noop)]
