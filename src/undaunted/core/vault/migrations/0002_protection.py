"""Who may see which key: the members of a team theirs, intake nothing, the public nothing.

Intake may add sealed records to teams that receive from outside. It reads no table: two definer
functions give it the public keys of such a team, and the place of one more thing in a record whose
random id it already knows. A tombstone cannot be lifted, and an erased record gets no key again,
from nobody, the owner of the database included.
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION vault_teams() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT coalesce(array_agg(DISTINCT m.team_id), '{}')
    FROM identity_row() i JOIN vault_member m ON m.user_id = i.user_id
    WHERE i.second_factor AND m.left_at IS NULL
$$;

CREATE FUNCTION vault_receiving(wanted uuid, whose uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT EXISTS (SELECT 1 FROM vault_team WHERE id = wanted AND holder = whose AND receives)
$$;

CREATE FUNCTION vault_is_new(wanted uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT NOT EXISTS (SELECT 1 FROM vault_member WHERE team_id = wanted)
$$;

CREATE FUNCTION vault_recipients(wanted uuid) RETURNS TABLE (
    holder uuid, member uuid, member_mark bytea, generation integer, recipient text, key_mark bytea
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT t.holder, m.user_id, m.vouched, k.generation, k.recipient::text, k.vouched
    FROM vault_team t
    LEFT JOIN vault_member m ON m.team_id = t.id AND m.left_at IS NULL
    LEFT JOIN vault_publickey k ON k.user_id = m.user_id AND k.retired_at IS NULL
    WHERE t.id = wanted
      AND (t.receives OR t.id = ANY (vault_teams()))
    ORDER BY m.since, m.id
$$;

CREATE FUNCTION vault_place(wanted uuid, wanted_kind text) RETURNS TABLE (
    tenant uuid, team uuid, recipient text, mark bytea, erased boolean, next bigint
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    PERFORM 1 FROM vault_record r WHERE r.id = wanted FOR UPDATE;
    RETURN QUERY
        SELECT r.tenant, r.team_id, r.recipient::text, r.vouched, r.erased_at IS NOT NULL,
            1 + coalesce((SELECT max(s.sequence) FROM vault_sealing s
                          WHERE s.record_id = wanted AND s.kind = wanted_kind), 0)
        FROM vault_record r JOIN vault_team t ON t.id = r.team_id
        WHERE r.id = wanted
          AND (r.team_id = ANY (vault_teams())
               OR session_user = 'undaunted_intake' AND t.receives);
END $$;

CREATE FUNCTION vault_keep_tombstone() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF TG_OP = 'DELETE' OR (old.erased_at IS NOT NULL AND new IS DISTINCT FROM old)
        OR (new.id, new.tenant, new.made_at) IS DISTINCT FROM (old.id, old.tenant, old.made_at)
        OR new.recipient <> (CASE WHEN new.erased_at IS NULL THEN old.recipient ELSE '' END) THEN
        RAISE EXCEPTION 'a sealed record is erased by its key and keeps its tombstone'
            USING ERRCODE = '23514';
    END IF;
    IF new.erased_at IS NOT NULL AND EXISTS (
        SELECT 1 FROM vault_recordkey WHERE record_id = new.id) THEN
        RAISE EXCEPTION 'the key of an erased record must be destroyed first'
            USING ERRCODE = '23514';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER vault_keep_tombstone BEFORE UPDATE OR DELETE ON vault_record
    FOR EACH ROW EXECUTE FUNCTION vault_keep_tombstone();

CREATE FUNCTION vault_not_erased() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    PERFORM 1 FROM vault_record WHERE id = new.record_id AND erased_at IS NULL FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'this record was erased and gets no key again' USING ERRCODE = '23514';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER vault_not_erased BEFORE INSERT OR UPDATE ON vault_recordkey
    FOR EACH ROW EXECUTE FUNCTION vault_not_erased();
CREATE TRIGGER vault_not_erased BEFORE INSERT ON vault_sealing
    FOR EACH ROW EXECUTE FUNCTION vault_not_erased();

REVOKE ALL ON FUNCTION vault_teams(), vault_is_new(uuid), vault_receiving(uuid, uuid), vault_recipients(uuid),
    vault_place(uuid, text), vault_keep_tombstone(), vault_not_erased() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION vault_teams(), vault_is_new(uuid) TO undaunted_desk;
GRANT EXECUTE ON FUNCTION vault_recipients(uuid), vault_place(uuid, text)
    TO undaunted_desk, undaunted_intake;
GRANT EXECUTE ON FUNCTION vault_receiving(uuid, uuid) TO undaunted_intake;
"""

MINE = "= ANY ((SELECT vault_teams())::uuid[])"
STEWARD = "holder = ANY ((SELECT identity_organisations('{steward}'))::uuid[])"
OWN = '(SELECT identity_actor()) IS NOT NULL AND user_id = (SELECT identity_actor())'


def forced(table):
    return f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON {table} TO CURRENT_USER USING (true) WITH CHECK (true);
"""


TEAMS = f"""
CREATE POLICY desk_reads ON vault_team FOR SELECT TO undaunted_desk
    USING (id {MINE} OR {STEWARD});
CREATE POLICY desk_adds ON vault_team FOR INSERT TO undaunted_desk
    WITH CHECK ({STEWARD} AND made_by = (SELECT identity_actor()));
CREATE POLICY desk_changes ON vault_team FOR UPDATE TO undaunted_desk
    USING (id {MINE} AND {STEWARD}) WITH CHECK ({STEWARD});
GRANT SELECT, INSERT, UPDATE (name, receives) ON vault_team TO undaunted_desk;

CREATE POLICY desk_reads ON vault_member FOR SELECT TO undaunted_desk
    USING (team_id {MINE} OR team_id IN (SELECT id FROM vault_team WHERE {STEWARD}));
CREATE POLICY desk_adds ON vault_member FOR INSERT TO undaunted_desk
    WITH CHECK (team_id IN (SELECT t.id FROM vault_team t WHERE t.{STEWARD}
        AND (t.id {MINE} OR t.made_by = (SELECT identity_actor()) AND vault_is_new(t.id))));
CREATE POLICY desk_changes ON vault_member FOR UPDATE TO undaunted_desk
    USING (team_id {MINE}) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE (left_at) ON vault_member TO undaunted_desk;
"""

KEYS = f"""
CREATE POLICY desk_reads ON vault_publickey FOR SELECT TO undaunted_desk
    USING ((SELECT identity_actor()) IS NOT NULL);
CREATE POLICY desk_adds ON vault_publickey FOR INSERT TO undaunted_desk WITH CHECK ({OWN});
CREATE POLICY desk_changes ON vault_publickey FOR UPDATE TO undaunted_desk
    USING ({OWN}) WITH CHECK ({OWN});
GRANT SELECT, INSERT, UPDATE (retired_at, vouched) ON vault_publickey TO undaunted_desk;

CREATE POLICY desk_own ON vault_wrappedkey TO undaunted_desk USING ({OWN}) WITH CHECK ({OWN});
GRANT SELECT, INSERT, UPDATE, DELETE ON vault_wrappedkey TO undaunted_desk;

CREATE POLICY desk_own ON vault_recoverycopy TO undaunted_desk USING ({OWN}) WITH CHECK ({OWN});
GRANT SELECT, INSERT, UPDATE, DELETE ON vault_recoverycopy TO undaunted_desk;

CREATE POLICY desk_reads ON vault_recovery FOR SELECT TO undaunted_desk
    USING ((SELECT identity_actor()) IS NOT NULL);
CREATE POLICY desk_adds ON vault_recovery FOR INSERT TO undaunted_desk
    WITH CHECK (made_by = (SELECT identity_actor())
        AND cardinality((SELECT identity_organisations('{{administrator}}'))::uuid[]) > 0);
CREATE POLICY desk_changes ON vault_recovery FOR UPDATE TO undaunted_desk
    USING (cardinality((SELECT identity_organisations('{{administrator}}'))::uuid[]) > 0);
GRANT SELECT, INSERT, UPDATE (retired_at) ON vault_recovery TO undaunted_desk;
"""

OURS = f"EXISTS (SELECT 1 FROM vault_record r WHERE r.id = record_id AND r.team_id {MINE})"
RECORDS = f"""
CREATE POLICY desk_reads ON vault_record FOR SELECT TO undaunted_desk USING (team_id {MINE});
CREATE POLICY desk_adds ON vault_record FOR INSERT TO undaunted_desk
    WITH CHECK (team_id {MINE}
        AND tenant = (SELECT holder FROM vault_team t WHERE t.id = team_id));
CREATE POLICY desk_changes ON vault_record FOR UPDATE TO undaunted_desk
    USING (team_id {MINE}) WITH CHECK (team_id {MINE});
CREATE POLICY intake_adds ON vault_record FOR INSERT TO undaunted_intake
    WITH CHECK (vault_receiving(team_id, tenant));
GRANT SELECT, INSERT, UPDATE (erased_at, erased_why, recipient) ON vault_record TO undaunted_desk;
GRANT INSERT ON vault_record TO undaunted_intake;

CREATE POLICY desk_own ON vault_recordkey TO undaunted_desk USING ({OURS}) WITH CHECK ({OURS});
CREATE POLICY intake_adds ON vault_recordkey FOR INSERT TO undaunted_intake WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON vault_recordkey TO undaunted_desk;
GRANT INSERT ON vault_recordkey TO undaunted_intake;

CREATE POLICY desk_reads ON vault_sealing FOR SELECT TO undaunted_desk USING ({OURS});
CREATE POLICY desk_adds ON vault_sealing FOR INSERT TO undaunted_desk WITH CHECK ({OURS});
CREATE POLICY intake_adds ON vault_sealing FOR INSERT TO undaunted_intake WITH CHECK (true);
GRANT SELECT, INSERT ON vault_sealing TO undaunted_desk;
GRANT INSERT ON vault_sealing TO undaunted_intake;
"""

AUDIT = """
CREATE POLICY intake_adds ON audit_entry FOR INSERT TO undaunted_intake
    WITH CHECK (seq IS NULL AND hash = '' AND actor IS NULL);
CREATE POLICY intake_adds ON audit_detail FOR INSERT TO undaunted_intake WITH CHECK (true);
GRANT INSERT ON audit_entry, audit_detail TO undaunted_intake;
"""

TABLES = (
    "vault_team", "vault_member", "vault_publickey", "vault_wrappedkey", "vault_recoverycopy",
    "vault_recovery", "vault_record", "vault_recordkey", "vault_sealing",
)


class Migration(migrations.Migration):
    dependencies = [
        ("vault", "0001_initial"),
        ("accounts", "0002_identity"),
        ("audit", "0002_chain"),
    ]
    operations = [
        migrations.RunSQL("".join(map(forced, TABLES)), migrations.RunSQL.noop),
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
        migrations.RunSQL(TEAMS + KEYS + RECORDS + AUDIT, migrations.RunSQL.noop),
    ]
