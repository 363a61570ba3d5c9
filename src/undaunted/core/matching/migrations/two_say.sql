-- Whoever answers, confirms or undoes an answer signs in their own name; no answer is born confirmed, and
-- what was said stays.
CREATE FUNCTION matching_answer_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    steps text[] := '{confirmed_by,confirmed_at,confirmed_why,undone_by,undone_at}';
    wrong boolean;
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF tg_op = 'INSERT' THEN
        wrong := new."by" IS DISTINCT FROM identity_actor()
            OR num_nonnulls(new.confirmed_by, new.confirmed_at, new.undone_by, new.undone_at) > 0;
    ELSE
        wrong := to_jsonb(new) - steps IS DISTINCT FROM to_jsonb(old) - steps
            OR (new.confirmed_by, new.confirmed_at, new.confirmed_why)
                IS DISTINCT FROM (old.confirmed_by, old.confirmed_at, old.confirmed_why)
            AND (old.confirmed_by IS NOT NULL OR old.undone_at IS NOT NULL
                 OR new.confirmed_by IS DISTINCT FROM identity_actor())
            OR (new.undone_by, new.undone_at) IS DISTINCT FROM (old.undone_by, old.undone_at)
            AND (old.undone_at IS NOT NULL OR new.undone_by IS DISTINCT FROM identity_actor());
    END IF;
    IF wrong THEN
        RAISE EXCEPTION 'an answer stays what was said, and is confirmed in one''s own name'
            USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER matching_answer_own BEFORE INSERT OR UPDATE ON matching_answer
    FOR EACH ROW EXECUTE FUNCTION matching_answer_gate();
