-- A browser's session that nobody used for an hour stands for nobody. When it was used last is noted
-- at most once a minute, apart from the request's own transaction, so that a long one blocks no end.

ALTER TABLE accounts_identity ADD COLUMN seen_at timestamptz NOT NULL DEFAULT clock_timestamp();

CREATE OR REPLACE FUNCTION identity_row() RETURNS accounts_identity
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT i.* FROM accounts_identity i JOIN accounts_user u ON u.id = i.user_id
    WHERE i.digest = sha256(convert_to(
            'identity:' || nullif(current_setting('undaunted.session', true), ''), 'UTF8'))
      AND i.closed_at IS NULL AND i.expires_at > statement_timestamp() AND u.is_active
      AND (i.kind <> 'web' OR i.seen_at > statement_timestamp() - interval '60 minutes')
      AND (i.kind <> 'token' OR EXISTS (
        SELECT 1 FROM accounts_apitoken t
        WHERE t.digest = encode(i.digest, 'hex') AND t.user_id = i.user_id
          AND t.withdrawn_at IS NULL AND t.expires_at > statement_timestamp()))
$$;

CREATE OR REPLACE FUNCTION identity_bind(token text) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE found accounts_identity;
BEGIN
    PERFORM set_config('undaunted.session', coalesce(token, ''), true);
    SELECT * INTO found FROM identity_row();
    IF found.user_id IS NULL THEN RETURN NULL; END IF;
    RETURN jsonb_build_object(
        'user', found.user_id, 'second_factor', found.second_factor, 'kind', found.kind,
        'unseen', found.kind = 'web' AND found.seen_at < clock_timestamp() - interval '1 minute',
        'roles', coalesce((SELECT jsonb_agg(jsonb_build_array(organisation_id, role))
                           FROM accounts_membership WHERE user_id = found.user_id), '[]'));
END $$;

-- Notes that whoever holds the token uses it now; an idle session is not woken.
CREATE FUNCTION identity_seen(token text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    UPDATE accounts_identity SET seen_at = clock_timestamp()
    WHERE digest IN (
        SELECT i.digest FROM accounts_identity i
        WHERE i.digest = sha256(convert_to('identity:' || token, 'UTF8')) AND i.closed_at IS NULL
          AND i.seen_at > clock_timestamp() - interval '60 minutes'
        FOR UPDATE SKIP LOCKED)
$$;

-- A session that is opened anew begins its hour anew.
CREATE FUNCTION identity_opened() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF new.expires_at IS DISTINCT FROM old.expires_at THEN new.seen_at := clock_timestamp(); END IF;
    RETURN new;
END $$;
CREATE TRIGGER identity_opened BEFORE UPDATE ON accounts_identity
    FOR EACH ROW EXECUTE FUNCTION identity_opened();

DROP FUNCTION identity_sessions();
CREATE FUNCTION identity_sessions() RETURNS TABLE (
    id uuid, kind text, opened_at timestamptz, seen_at timestamptz, expires_at timestamptz,
    second_factor boolean, here boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT i.id, i.kind, i.opened_at, i.seen_at, i.expires_at, i.second_factor,
        i.digest = me.digest
    FROM identity_row() me JOIN accounts_identity i ON i.user_id = me.user_id
    WHERE me.kind IN ('web', 'terminal') AND i.kind IN ('web', 'terminal')
      AND i.closed_at IS NULL AND i.expires_at > statement_timestamp()
      AND (i.kind <> 'web' OR i.seen_at > statement_timestamp() - interval '60 minutes')
    ORDER BY i.opened_at DESC
$$;

REVOKE ALL ON FUNCTION identity_seen(text), identity_opened(), identity_sessions() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION identity_seen(text), identity_sessions() TO undaunted_desk;
