-- Accounts that their owners have locked. Nobody reads the tables; functions say what may be known.

ALTER TABLE accounts_lock ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON accounts_lock TO CURRENT_USER USING (true) WITH CHECK (true);
ALTER TABLE accounts_unlocking ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON accounts_unlocking TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE FUNCTION account_is_locked(whose uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM accounts_lock WHERE user_id = whose AND lifted_at IS NULL)
$$;

-- Whoever acts, in person, locks their own account: every identity and token of theirs ends.
CREATE FUNCTION account_lock() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE me uuid := identity_in_person();
BEGIN
    IF me IS NULL THEN
        RAISE EXCEPTION 'nobody is signed in here in person' USING ERRCODE = '42501';
    END IF;
    INSERT INTO accounts_lock (id, user_id, at) VALUES (gen_random_uuid(), me, clock_timestamp())
    ON CONFLICT DO NOTHING;
    UPDATE accounts_apitoken SET withdrawn_at = clock_timestamp()
    WHERE user_id = me AND withdrawn_at IS NULL;
    UPDATE accounts_identity SET closed_at = clock_timestamp()
    WHERE user_id = me AND closed_at IS NULL;
END $$;

-- Nothing opens for a locked account, whoever knows its passphrase and holds its factor. A job that
-- was asked for before is carried out.
CREATE FUNCTION account_refuse_locked() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF new.kind <> 'job' AND account_is_locked(new.user_id) THEN
        RAISE EXCEPTION 'identity refused' USING ERRCODE = '28000';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER account_refuse_locked BEFORE INSERT ON accounts_identity
    FOR EACH ROW EXECUTE FUNCTION account_refuse_locked();

-- Whether the actor, who proved both factors in person, works in an organisation of that person.
CREATE FUNCTION account_colleague(whose uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT identity_proved() IS NOT NULL AND whose <> identity_proved() AND EXISTS (
        SELECT 1 FROM accounts_membership m WHERE m.user_id = whose
          AND m.organisation_id = ANY (identity_organisations(
            '{reader,documenter,reviewer,publisher,steward,administrator}')))
$$;

CREATE FUNCTION account_locks() RETURNS TABLE (
    lock uuid, name text, at timestamptz, agreed bigint, by_me boolean
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT l.id, u.username::text, l.at,
        (SELECT count(*) FROM accounts_unlocking g WHERE g.lock_id = l.id),
        EXISTS (SELECT 1 FROM accounts_unlocking g
                WHERE g.lock_id = l.id AND g."by" = identity_proved())
    FROM accounts_lock l JOIN accounts_user u ON u.id = l.user_id
    WHERE l.lifted_at IS NULL AND account_colleague(l.user_id) ORDER BY l.at DESC, l.id
$$;

-- A colleague agrees; gives whether that was the second and the account is open again, and NULL
-- where there is no such lock for the actor.
CREATE FUNCTION account_unlock(which uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM 1 FROM accounts_lock l
    WHERE l.id = which AND l.lifted_at IS NULL AND account_colleague(l.user_id) FOR UPDATE;
    IF NOT FOUND THEN RETURN NULL; END IF;
    INSERT INTO accounts_unlocking (id, lock_id, "by", at)
    VALUES (gen_random_uuid(), which, identity_proved(), clock_timestamp()) ON CONFLICT DO NOTHING;
    IF (SELECT count(DISTINCT g."by") FROM accounts_unlocking g WHERE g.lock_id = which) < 2 THEN
        RETURN false;
    END IF;
    UPDATE accounts_lock SET lifted_at = clock_timestamp() WHERE id = which;
    RETURN true;
END $$;

REVOKE ALL ON FUNCTION account_is_locked(uuid), account_lock(), account_refuse_locked(),
    account_colleague(uuid), account_locks(), account_unlock(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION account_is_locked(uuid), account_lock(), account_locks(),
    account_unlock(uuid) TO undaunted_desk;
