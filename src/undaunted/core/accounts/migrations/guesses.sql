-- Guesses are slowed for each name, the same whether it exists. Whoever calls must know the bucket,
-- which is a code made with the binding key: knowing it is the right to use it.

ALTER TABLE accounts_tries ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON accounts_tries TO CURRENT_USER USING (true) WITH CHECK (true);
ALTER TABLE accounts_spentstep ADD FOREIGN KEY (authenticator_id)
    REFERENCES mfa_authenticator (id) ON DELETE CASCADE;
ALTER TABLE accounts_spentstep ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY keeper ON accounts_spentstep TO CURRENT_USER USING (true) WITH CHECK (true);

-- Notes that somewhere guesses began to be slowed, once a minute for the whole instance: an entry
-- for each name would tell which exist, and would let a flood fill the record.
CREATE FUNCTION tries_noted() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE entry CONSTANT uuid := gen_random_uuid(); now_at CONSTANT timestamptz := clock_timestamp();
BEGIN
    INSERT INTO accounts_tries AS t VALUES ('noted', 0, now_at, now_at)
    ON CONFLICT (bucket) DO UPDATE SET seen_at = now_at
    WHERE t.seen_at < now_at - interval '1 minute';
    IF NOT FOUND THEN RETURN; END IF;
    INSERT INTO audit_entry
        (id, at, actor, verb, subject_kind, subject_id, "right", digest, previous, hash)
    VALUES (entry, now_at, NULL, 'guesses.slowed', 'instance', '', 'none',
            encode(sha256('{}'), 'hex'), '', '');
    INSERT INTO audit_detail (entry_id, month, detail)
    VALUES (entry, date_trunc('month', now_at AT TIME ZONE 'UTC')::date, '{}');
END $$;

-- Counts one try before it is judged; gives the seconds to wait, 0 where it may be judged now. Four
-- tries are free, from the fifth on one for each 2, 4, 8 ... 900 seconds. A refused try is not
-- counted, so that nobody makes somebody else wait longer than that.
CREATE FUNCTION tries_take(which text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE held accounts_tries; now_at timestamptz := clock_timestamp();
BEGIN
    IF which IS NULL OR which !~ '^[0-9a-f]{64}$' THEN
        RAISE EXCEPTION 'no bucket' USING ERRCODE = '22023';
    END IF;
    INSERT INTO accounts_tries AS t VALUES (which, 0, now_at, now_at)
    ON CONFLICT (bucket) DO UPDATE SET bucket = excluded.bucket RETURNING t.* INTO held;
    DELETE FROM accounts_tries WHERE bucket IN (
        SELECT t.bucket FROM accounts_tries t
        WHERE t.wrong < 5 AND t.seen_at < now_at - interval '1 hour' AND t.bucket <> which
        ORDER BY t.seen_at LIMIT 20 FOR UPDATE SKIP LOCKED);
    DELETE FROM accounts_tries WHERE bucket IN (
        SELECT t.bucket FROM accounts_tries t
        WHERE t.wrong >= 5 AND t.seen_at < now_at - interval '1 day' AND t.bucket <> which
        ORDER BY t.seen_at LIMIT 20 FOR UPDATE SKIP LOCKED);
    now_at := clock_timestamp();
    IF held.seen_at < now_at
            - (CASE WHEN held.wrong < 5 THEN interval '1 hour' ELSE interval '1 day' END) THEN
        held.wrong := 0;
        held.next_at := now_at;
    END IF;
    IF held.next_at > now_at THEN
        RETURN ceil(extract(epoch FROM held.next_at - now_at))::integer;
    END IF;
    held.wrong := least(held.wrong + 1, 14);
    UPDATE accounts_tries SET wrong = held.wrong, seen_at = now_at, next_at = now_at
        + make_interval(secs => CASE WHEN held.wrong < 5 THEN 0
                                ELSE least(900, power(2, held.wrong - 4)) END)
    WHERE bucket = which;
    IF held.wrong >= 5 THEN PERFORM tries_noted(); END IF;
    RETURN 0;
END $$;

-- A right try: forgets everything, or takes this one try back where others may be guessing.
CREATE FUNCTION tries_forgive(which text, everything boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF everything THEN
        DELETE FROM accounts_tries WHERE bucket = which;
    ELSE
        UPDATE accounts_tries SET wrong = greatest(wrong - 1, 0), next_at = clock_timestamp()
        WHERE bucket = which;
    END IF;
END $$;

-- A code of an authenticator app works once, in whichever process it arrives, and no earlier code
-- works after it.
CREATE FUNCTION factor_spend(which bigint, newest bigint) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF newest > extract(epoch FROM clock_timestamp()) / 30 + 2 OR NOT EXISTS (
        SELECT 1 FROM mfa_authenticator a
        WHERE a.id = which AND a.user_id = identity_authenticating()) THEN
        RETURN false;
    END IF;
    INSERT INTO accounts_spentstep AS s (authenticator_id, step) VALUES (which, newest)
    ON CONFLICT (authenticator_id) DO UPDATE SET step = excluded.step WHERE s.step < excluded.step;
    RETURN FOUND;
END $$;

REVOKE ALL ON FUNCTION tries_noted(), tries_take(text), tries_forgive(text, boolean),
    factor_spend(bigint, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tries_take(text), tries_forgive(text, boolean),
    factor_spend(bigint, bigint) TO undaunted_desk;
