-- The queue is written by the application alone: a job comes with a code made of the whole of it, and is taken
-- up, ended and forgotten on a connection that the worker opened. SQL alone asks for nothing and ends nothing.

CREATE FUNCTION account_coded(message text) RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT identity_hmac(key, convert_to(message, 'UTF8')) FROM accounts_bindingkey
$$;

CREATE FUNCTION account_works_the_queue() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(current_setting('undaunted.queue', true)
        = encode(account_coded('queue-worker|' || pg_backend_pid()), 'hex'), false)
$$;

-- Leave jobs, as a JSON array of them: gives their numbers.
CREATE FUNCTION account_defer(told text, code bytea) RETURNS bigint[]
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE expected CONSTANT bytea := account_coded(
    'queue-defer|' || encode(sha256(convert_to(told, 'UTF8')), 'hex'));
BEGIN
    IF expected IS NULL OR code IS DISTINCT FROM expected THEN
        RAISE EXCEPTION 'a job is asked for through the application alone' USING ERRCODE = '28000';
    END IF;
    RETURN procrastinate_defer_jobs_v1(ARRAY(
        SELECT j FROM jsonb_populate_recordset(NULL::procrastinate_job_to_defer_v1, told::jsonb) j));
END $$;

CREATE FUNCTION account_gate_queue() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF current_user = 'undaunted_desk' AND NOT account_works_the_queue() THEN
        RAISE EXCEPTION 'the queue is written by the application alone' USING ERRCODE = '42501';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER account_gate_queue BEFORE INSERT OR UPDATE OR DELETE ON procrastinate_jobs
    FOR EACH STATEMENT EXECUTE FUNCTION account_gate_queue();
CREATE TRIGGER account_gate_queue BEFORE INSERT OR UPDATE OR DELETE ON procrastinate_events
    FOR EACH STATEMENT EXECUTE FUNCTION account_gate_queue();
CREATE TRIGGER account_gate_queue BEFORE INSERT OR UPDATE OR DELETE ON procrastinate_workers
    FOR EACH STATEMENT EXECUTE FUNCTION account_gate_queue();
CREATE TRIGGER account_gate_queue BEFORE INSERT OR UPDATE OR DELETE ON procrastinate_periodic_defers
    FOR EACH STATEMENT EXECUTE FUNCTION account_gate_queue();

-- A job acts for whoever asks for it: whatever names a person names them, under whichever word. Only what stands
-- beside a word is looked at, and no value that lies within another: no task of ours is asked with such.
CREATE OR REPLACE FUNCTION account_guard_job() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (new.args, new.task_name, new.queue_name, new.lock, new.queueing_lock) IS DISTINCT FROM
            (old.args, old.task_name, old.queue_name, old.lock, old.queueing_lock) THEN
            RAISE EXCEPTION 'a job that was asked for is not changed' USING ERRCODE = '42501';
        END IF;
        RETURN new;
    END IF;
    IF EXISTS (
        SELECT FROM jsonb_each_text(new.args) a(word, named)
        WHERE (a.word IN ('user_id', 'person')
               OR EXISTS (SELECT FROM accounts_user u WHERE u.id::text = lower(a.named)))
          AND (identity_actor() IS NULL OR a.named IS DISTINCT FROM identity_actor()::text
               OR NOT (SELECT i.second_factor FROM identity_row() i))) THEN
        RAISE EXCEPTION 'a job acts for whoever asks for it' USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;

REVOKE ALL ON FUNCTION account_coded(text), account_works_the_queue(), account_defer(text, bytea),
    account_gate_queue() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION account_works_the_queue(), account_defer(text, bytea) TO undaunted_desk;
