-- What was answered of somebody in a file, confirmed or undone, and when, and whom an open question is about, the
-- application says, with a code for this state of the row alone. The code is emptied once it was asked.
CREATE FUNCTION matching_moment(at timestamptz) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce((extract(epoch FROM at) * 1000000)::bigint::text, '')
$$;

CREATE FUNCTION matching_answer_vouched() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    -- Whoever may not write here at all is refused by the policies.
    IF new.holder = ANY ((SELECT identity_organisations('{documenter,reviewer,steward}'))::uuid[]) THEN
        PERFORM vault_require_code(concat_ws('|', 'matching-answer', new.id, new.holder, new.subject, new.entry,
            new.verdict, new.subject_digest, new.entry_digest, new."by", matching_moment(new.at),
            encode(sha256(convert_to(new.why, 'UTF8')), 'hex'),
            coalesce(new.confirmed_by::text, ''), matching_moment(new.confirmed_at),
            encode(sha256(convert_to(new.confirmed_why, 'UTF8')), 'hex'),
            coalesce(new.undone_by::text, ''), matching_moment(new.undone_at)), new.vouched);
    END IF;
    new.vouched := NULL;
    RETURN new;
END $$;
CREATE TRIGGER matching_answer_vouched BEFORE INSERT OR UPDATE ON matching_answer
    FOR EACH ROW WHEN (current_user = 'undaunted_desk') EXECUTE FUNCTION matching_answer_vouched();

CREATE OR REPLACE FUNCTION matching_answer_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    steps text[] := '{confirmed_by,confirmed_at,confirmed_why,undone_by,undone_at,vouched}';
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

CREATE FUNCTION matching_question_vouched() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM vault_require_code(concat_ws('|', 'matching-question', new.id, new.holder, new.subject, new.entry,
        new.subject_digest, new.entry_digest, new.engine, round(new.likeness * 1000000)::bigint), new.vouched);
    new.vouched := NULL;
    RETURN new;
END $$;
CREATE TRIGGER matching_question_vouched BEFORE UPDATE ON matching_question
    FOR EACH ROW WHEN (current_user = 'undaunted_desk') EXECUTE FUNCTION matching_question_vouched();

REVOKE ALL ON FUNCTION matching_moment(timestamptz), matching_answer_vouched(), matching_question_vouched()
    FROM PUBLIC;
