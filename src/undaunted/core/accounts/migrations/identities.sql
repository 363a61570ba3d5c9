-- Identities: how one is entered, listed, renewed and ended.

ALTER TABLE accounts_identity ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid();
CREATE UNIQUE INDEX accounts_identity_id ON accounts_identity (id);

-- The row of one named person, hash included, for whoever holds the binding key.
CREATE FUNCTION account_entering(wanted text, mac bytea) RETURNS SETOF accounts_user
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE expected bytea;
BEGIN
    SELECT identity_hmac(key, convert_to('entering|' || wanted, 'UTF8')) INTO expected
    FROM accounts_bindingkey;
    IF expected IS NULL OR mac IS DISTINCT FROM expected THEN
        RAISE EXCEPTION 'identity refused' USING ERRCODE = '28000';
    END IF;
    RETURN QUERY SELECT u.* FROM accounts_user u WHERE u.username = wanted AND u.is_active;
END $$;

-- Who proves a factor at this moment: not a token, not a job.
CREATE FUNCTION identity_authenticating() RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT i.user_id FROM identity_row() i WHERE i.kind IN ('entering', 'web', 'terminal')
$$;

-- Who has signed in as far as the account allows: both factors, or the passphrase alone while no
-- second factor is set up.
CREATE FUNCTION identity_in_person() RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT i.user_id FROM identity_row() i
    WHERE i.kind IN ('web', 'terminal') AND (i.second_factor OR NOT EXISTS (
        SELECT 1 FROM mfa_authenticator a
        WHERE a.user_id = i.user_id AND a.type IN ('totp', 'webauthn')))
$$;

-- Who has signed in with both factors, in person.
CREATE FUNCTION identity_proved() RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT i.user_id FROM identity_row() i WHERE i.kind IN ('web', 'terminal') AND i.second_factor
$$;

-- A token stands for its person until it expires or is withdrawn.
CREATE OR REPLACE FUNCTION identity_row() RETURNS accounts_identity
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT i.* FROM accounts_identity i JOIN accounts_user u ON u.id = i.user_id
    WHERE i.digest = sha256(convert_to(
            'identity:' || nullif(current_setting('undaunted.session', true), ''), 'UTF8'))
      AND i.closed_at IS NULL AND i.expires_at > statement_timestamp() AND u.is_active
      AND (i.kind <> 'token' OR EXISTS (
        SELECT 1 FROM accounts_apitoken t
        WHERE t.digest = encode(i.digest, 'hex') AND t.user_id = i.user_id
          AND t.withdrawn_at IS NULL AND t.expires_at > statement_timestamp()))
$$;

-- A token reads with any scope, writes with a scope for writing, and never administers.
CREATE OR REPLACE FUNCTION identity_organisations(wanted text[]) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT m.organisation_id), '{}')
    FROM identity_row() i JOIN accounts_membership m ON m.user_id = i.user_id
    WHERE i.second_factor AND m.role = ANY (wanted)
      AND (i.kind <> 'token' OR m.role <> 'administrator' AND (
        'reader' = ANY (wanted) OR EXISTS (
            SELECT 1 FROM accounts_apitoken t, jsonb_array_elements_text(t.scopes) s
            WHERE t.digest = encode(i.digest, 'hex') AND s <> 'registry:read')))
$$;

CREATE FUNCTION identity_sessions() RETURNS TABLE (
    id uuid, kind text, opened_at timestamptz, expires_at timestamptz, second_factor boolean,
    here boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT i.id, i.kind, i.opened_at, i.expires_at, i.second_factor, i.digest = me.digest
    FROM identity_row() me JOIN accounts_identity i ON i.user_id = me.user_id
    WHERE me.kind IN ('web', 'terminal') AND i.kind IN ('web', 'terminal')
      AND i.closed_at IS NULL AND i.expires_at > statement_timestamp()
    ORDER BY i.opened_at DESC
$$;

CREATE FUNCTION identity_close_one(which uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE accounts_identity SET closed_at = clock_timestamp()
    WHERE id = which AND closed_at IS NULL AND user_id = identity_in_person()
      AND kind IN ('web', 'terminal', 'entering');
    RETURN FOUND;
END $$;

-- Ends every session of the person at work, but for the one at hand where `others_only`.
DROP FUNCTION identity_close_all(uuid);
CREATE FUNCTION identity_close_all(others_only boolean) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE me accounts_identity; ended integer;
BEGIN
    SELECT * INTO me FROM identity_row();
    IF identity_in_person() IS NULL THEN RETURN 0; END IF;
    UPDATE accounts_identity SET closed_at = clock_timestamp()
    WHERE user_id = me.user_id AND closed_at IS NULL AND kind IN ('web', 'terminal', 'entering')
      AND NOT (others_only AND digest = me.digest);
    GET DIAGNOSTICS ended = ROW_COUNT;
    RETURN ended;
END $$;

-- A browser's session gets another key: whoever holds the old one lets the new one stand for it.
CREATE FUNCTION identity_move(old text, new text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    UPDATE accounts_identity SET digest = sha256(convert_to('identity:' || new, 'UTF8'))
    WHERE digest = sha256(convert_to('identity:' || old, 'UTF8')) AND closed_at IS NULL
      AND expires_at > clock_timestamp()
$$;

REVOKE ALL ON FUNCTION account_entering(text, bytea), identity_authenticating(),
    identity_in_person(), identity_proved(), identity_sessions(), identity_close_one(uuid),
    identity_close_all(boolean), identity_move(text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION account_entering(text, bytea), identity_authenticating(),
    identity_in_person(), identity_proved(), identity_sessions(), identity_close_one(uuid),
    identity_close_all(boolean), identity_move(text, text) TO undaunted_desk;
