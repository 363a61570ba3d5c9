-- People, their roles, factors and tokens: who reads and changes which rows.

DROP POLICY desk_reads ON accounts_user;
DROP POLICY desk_changes ON accounts_user;
CREATE POLICY desk_reads ON accounts_user FOR SELECT TO undaunted_desk
    USING (id = (SELECT identity_actor()));
CREATE POLICY desk_changes ON accounts_user FOR UPDATE TO undaunted_desk
    USING (id = (SELECT identity_in_person())) WITH CHECK (id = (SELECT identity_in_person()));
REVOKE UPDATE ON accounts_user FROM undaunted_desk;
GRANT UPDATE (password, language) ON accounts_user TO undaunted_desk;

-- The name of somebody who works in one of the actor's organisations, or of the actor.
CREATE FUNCTION account_name(whose uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT u.username FROM accounts_user u
    WHERE u.id = whose AND (u.id = identity_actor() OR EXISTS (
        SELECT 1 FROM accounts_membership m
        WHERE m.user_id = u.id AND m.organisation_id = ANY (identity_organisations(
            '{reader,documenter,reviewer,publisher,steward,administrator}'))))
$$;

-- Whether every role of a person lies in organisations that the actor administers.
CREATE FUNCTION account_within(whose uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT identity_proved() IS NOT NULL AND whose <> identity_actor()
        AND coalesce(bool_and(m.organisation_id = ANY (identity_organisations('{administrator}'))),
                     false)
    FROM accounts_membership m WHERE m.user_id = whose
$$;

CREATE FUNCTION account_shut_out(whose uuid) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
    UPDATE accounts_identity SET closed_at = clock_timestamp()
    WHERE user_id = whose AND closed_at IS NULL;
    UPDATE accounts_apitoken SET withdrawn_at = clock_timestamp()
    WHERE user_id = whose AND withdrawn_at IS NULL;
    DELETE FROM mfa_authenticator WHERE user_id = whose
$$;

-- Another passphrase, no second factor, no session, no token: somebody has lost a factor.
CREATE FUNCTION account_renew(whose uuid, hash text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT account_within(whose) THEN RETURN false; END IF;
    UPDATE accounts_user SET password = hash WHERE id = whose AND is_active;
    IF NOT FOUND THEN RETURN false; END IF;
    PERFORM account_shut_out(whose);
    RETURN true;
END $$;

-- The end of an account: the id stays for the audit trail, the name goes.
CREATE FUNCTION account_close(whose uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT account_within(whose) THEN RETURN false; END IF;
    UPDATE accounts_user SET is_active = false, password = '!', username = whose::text
    WHERE id = whose;
    PERFORM account_shut_out(whose);
    DELETE FROM accounts_membership WHERE user_id = whose;
    RETURN true;
END $$;

DROP POLICY desk_own ON accounts_apitoken;
CREATE POLICY desk_reads ON accounts_apitoken FOR SELECT TO undaunted_desk
    USING (user_id = (SELECT identity_actor()));
CREATE POLICY desk_adds ON accounts_apitoken FOR INSERT TO undaunted_desk
    WITH CHECK (user_id = (SELECT identity_proved()));
CREATE POLICY desk_changes ON accounts_apitoken FOR UPDATE TO undaunted_desk
    USING (user_id = (SELECT identity_proved())) WITH CHECK (user_id = (SELECT identity_proved()));
REVOKE UPDATE ON accounts_apitoken FROM undaunted_desk;
GRANT UPDATE (withdrawn_at) ON accounts_apitoken TO undaunted_desk;

ALTER TABLE mfa_authenticator ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON mfa_authenticator TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY desk_reads ON mfa_authenticator FOR SELECT TO undaunted_desk
    USING (user_id = (SELECT identity_authenticating()));
CREATE POLICY desk_marks_use ON mfa_authenticator FOR UPDATE TO undaunted_desk
    USING (user_id = (SELECT identity_authenticating()))
    WITH CHECK (user_id = (SELECT identity_authenticating()));
-- The first factor brings recovery codes with it, in the same transaction.
CREATE FUNCTION identity_without_recovery() RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT i.user_id FROM identity_row() i WHERE i.kind IN ('web', 'terminal')
      AND NOT EXISTS (SELECT 1 FROM mfa_authenticator a
                      WHERE a.user_id = i.user_id AND a.type = 'recovery_codes')
$$;
CREATE POLICY desk_adds ON mfa_authenticator FOR INSERT TO undaunted_desk
    WITH CHECK (user_id = (SELECT identity_in_person())
        OR type = 'recovery_codes' AND user_id = (SELECT identity_without_recovery()));
CREATE POLICY desk_removes ON mfa_authenticator FOR DELETE TO undaunted_desk
    USING (user_id = (SELECT identity_in_person()));

-- Nobody has an address here; the tables belong to the sign-in library.
ALTER TABLE account_emailaddress ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON account_emailaddress TO CURRENT_USER USING (true) WITH CHECK (true);
ALTER TABLE account_emailconfirmation ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON account_emailconfirmation TO CURRENT_USER USING (true) WITH CHECK (true);

-- A job that acts for somebody names them in user_id, and only they themselves can ask for it.
CREATE FUNCTION account_guard_job() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE named text;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF new.args IS DISTINCT FROM old.args OR new.task_name IS DISTINCT FROM old.task_name THEN
            RAISE EXCEPTION 'a job that was asked for is not changed' USING ERRCODE = '42501';
        END IF;
        RETURN new;
    END IF;
    named := new.args ->> 'user_id';
    IF named IS NOT NULL AND (identity_actor() IS NULL OR named <> identity_actor()::text
            OR NOT (SELECT i.second_factor FROM identity_row() i)) THEN
        RAISE EXCEPTION 'a job acts for whoever asks for it' USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER account_guard_job BEFORE INSERT OR UPDATE ON procrastinate_jobs
    FOR EACH ROW EXECUTE FUNCTION account_guard_job();

REVOKE ALL ON FUNCTION account_name(uuid), account_within(uuid), account_shut_out(uuid),
    account_renew(uuid, text), account_close(uuid), identity_without_recovery(),
    account_guard_job() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION account_name(uuid), account_within(uuid), account_renew(uuid, text),
    account_close(uuid), identity_without_recovery() TO undaunted_desk;
