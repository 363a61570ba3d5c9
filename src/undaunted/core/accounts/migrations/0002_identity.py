"""Who the database believes it is talking to.

The web role cannot set an identity: it hands in the session's token, and SECURITY DEFINER functions
look its digest up in a table that no role but the owner can read. A row gets into that table only
with a message authentication code (HMAC-SHA-256, RFC 2104) made with the binding key, which the web
process holds and SQL does not. The token is transaction-local; unset means nobody.
"""

from django.db import migrations

from undaunted.core.access.models import open_reference

IDENTITY = """
CREATE TABLE accounts_bindingkey (one boolean PRIMARY KEY DEFAULT true CHECK (one), key bytea NOT NULL);
CREATE TABLE accounts_identity (
    digest bytea PRIMARY KEY,
    user_id uuid NOT NULL,
    second_factor boolean NOT NULL,
    kind text NOT NULL,
    opened_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at timestamptz NOT NULL,
    closed_at timestamptz
);
CREATE INDEX accounts_identity_user ON accounts_identity (user_id);

CREATE FUNCTION identity_hmac(key bytea, message bytea) RETURNS bytea
LANGUAGE plpgsql IMMUTABLE STRICT SET search_path = pg_catalog AS $$
DECLARE padded bytea; inner_pad bytea := ''; outer_pad bytea := '';
BEGIN
    padded := CASE WHEN length(key) > 64 THEN sha256(key) ELSE key END;
    padded := padded || decode(repeat('00', 64 - length(padded)), 'hex');
    inner_pad := padded; outer_pad := padded;
    FOR i IN 0..63 LOOP
        inner_pad := set_byte(inner_pad, i, get_byte(padded, i) # 54);
        outer_pad := set_byte(outer_pad, i, get_byte(padded, i) # 92);
    END LOOP;
    RETURN sha256(outer_pad || sha256(inner_pad || message));
END $$;

CREATE FUNCTION identity_open(
    token_digest bytea, holder uuid, second boolean, session_kind text, until timestamptz, mac bytea
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE expected bytea; message text;
BEGIN
    message := encode(token_digest, 'hex') || '|' || holder || '|' ||
        CASE WHEN second THEN '1' ELSE '0' END || '|' || session_kind || '|' ||
        (extract(epoch FROM until)::bigint);
    SELECT identity_hmac(key, convert_to(message, 'UTF8')) INTO expected FROM accounts_bindingkey;
    IF expected IS NULL OR expected <> mac THEN
        RAISE EXCEPTION 'identity refused' USING ERRCODE = '28000';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM accounts_user WHERE id = holder AND is_active) THEN
        RAISE EXCEPTION 'identity refused' USING ERRCODE = '28000';
    END IF;
    INSERT INTO accounts_identity (digest, user_id, second_factor, kind, expires_at)
    VALUES (token_digest, holder, second, session_kind, until)
    ON CONFLICT (digest) DO UPDATE SET
        user_id = excluded.user_id, second_factor = excluded.second_factor,
        kind = excluded.kind, expires_at = excluded.expires_at, closed_at = NULL;
END $$;

CREATE FUNCTION identity_row() RETURNS accounts_identity
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT i.* FROM accounts_identity i JOIN accounts_user u ON u.id = i.user_id
    WHERE i.digest = sha256(convert_to(
            'identity:' || nullif(current_setting('undaunted.session', true), ''), 'UTF8'))
      AND i.closed_at IS NULL AND i.expires_at > statement_timestamp() AND u.is_active
$$;

CREATE FUNCTION identity_actor() RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT (identity_row()).user_id
$$;

CREATE FUNCTION identity_organisations(wanted text[]) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT coalesce(array_agg(DISTINCT m.organisation_id), '{}')
    FROM identity_row() i JOIN accounts_membership m ON m.user_id = i.user_id
    WHERE i.second_factor AND m.role = ANY (wanted)
$$;

CREATE FUNCTION identity_bind(token text) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE found accounts_identity;
BEGIN
    PERFORM set_config('undaunted.session', coalesce(token, ''), true);
    SELECT * INTO found FROM identity_row();
    IF found.user_id IS NULL THEN RETURN NULL; END IF;
    RETURN jsonb_build_object(
        'user', found.user_id, 'second_factor', found.second_factor, 'kind', found.kind,
        'roles', coalesce((SELECT jsonb_agg(jsonb_build_array(organisation_id, role))
                           FROM accounts_membership WHERE user_id = found.user_id), '[]'));
END $$;

CREATE FUNCTION identity_close(token text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    UPDATE accounts_identity SET closed_at = clock_timestamp()
    WHERE digest = sha256(convert_to('identity:' || token, 'UTF8')) AND closed_at IS NULL
$$;

CREATE FUNCTION identity_close_all(whose uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    UPDATE accounts_identity SET closed_at = clock_timestamp()
    WHERE user_id = whose AND closed_at IS NULL
      AND (whose = identity_actor() OR cardinality(identity_organisations('{administrator}')) > 0)
$$;

REVOKE ALL ON FUNCTION identity_hmac(bytea, bytea), identity_row(), identity_actor(),
    identity_organisations(text[]), identity_bind(text), identity_close(text),
    identity_close_all(uuid),
    identity_open(bytea, uuid, boolean, text, timestamptz, bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION identity_actor(), identity_organisations(text[]), identity_bind(text),
    identity_close(text), identity_close_all(uuid),
    identity_open(bytea, uuid, boolean, text, timestamptz, bytea) TO undaunted_desk;
"""

ACCOUNTS = """
ALTER TABLE accounts_user ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON accounts_user TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY desk_reads ON accounts_user FOR SELECT TO undaunted_desk USING (true);
CREATE POLICY desk_adds ON accounts_user FOR INSERT TO undaunted_desk
    WITH CHECK (cardinality((SELECT identity_organisations('{administrator}'))::uuid[]) > 0);
CREATE POLICY desk_changes ON accounts_user FOR UPDATE TO undaunted_desk
    USING (id = (SELECT identity_actor())
        OR cardinality((SELECT identity_organisations('{administrator}'))::uuid[]) > 0);
GRANT SELECT, INSERT, UPDATE ON accounts_user TO undaunted_desk;

ALTER TABLE accounts_organisation ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON accounts_organisation TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY desk_reads ON accounts_organisation FOR SELECT TO undaunted_desk
    USING ((SELECT identity_actor()) IS NOT NULL);
CREATE POLICY desk_adds ON accounts_organisation FOR INSERT TO undaunted_desk
    WITH CHECK (cardinality((SELECT identity_organisations('{administrator}'))::uuid[]) > 0);
GRANT SELECT, INSERT ON accounts_organisation TO undaunted_desk;

ALTER TABLE accounts_membership ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON accounts_membership TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY desk_reads ON accounts_membership FOR SELECT TO undaunted_desk
    USING (user_id = (SELECT identity_actor())
        OR organisation_id = ANY ((SELECT identity_organisations('{administrator}'))::uuid[]));
CREATE POLICY desk_adds ON accounts_membership FOR INSERT TO undaunted_desk
    WITH CHECK (organisation_id = ANY ((SELECT identity_organisations('{administrator}'))::uuid[])
        AND user_id <> (SELECT identity_actor()));
CREATE POLICY desk_removes ON accounts_membership FOR DELETE TO undaunted_desk
    USING (organisation_id = ANY ((SELECT identity_organisations('{administrator}'))::uuid[]));
GRANT SELECT, INSERT, DELETE ON accounts_membership TO undaunted_desk;
GRANT USAGE ON SEQUENCE accounts_membership_id_seq TO undaunted_desk;

ALTER TABLE accounts_apitoken ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON accounts_apitoken TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY desk_own ON accounts_apitoken TO undaunted_desk
    USING (user_id = (SELECT identity_actor())) WITH CHECK (user_id = (SELECT identity_actor()));
GRANT SELECT, INSERT, UPDATE ON accounts_apitoken TO undaunted_desk;
GRANT USAGE ON SEQUENCE accounts_apitoken_id_seq TO undaunted_desk;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("access", "0001_extensions")]
    operations = [
        migrations.RunSQL(IDENTITY, migrations.RunSQL.noop),
        migrations.RunSQL(ACCOUNTS, migrations.RunSQL.noop),
        open_reference("accounts_websession", grants="SELECT, INSERT, UPDATE, DELETE"),
    ]
