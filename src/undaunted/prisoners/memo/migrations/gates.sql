-- A memo stays as it was built, in one's own name; bytes are only ever destroyed; two people accept
-- a text; what is RED is for its builder.

CREATE FUNCTION memo_memo_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF tg_op = 'INSERT' THEN
        IF new.state <> 'kept' OR new.built_by IS DISTINCT FROM identity_actor()
            OR num_nonnulls(new.ended_at) > 0
            OR (cardinality(new.only_for) > 0 AND NOT identity_actor() = ANY (new.only_for)) THEN
            RAISE EXCEPTION 'a memo is built in one''s own name' USING ERRCODE = '42501';
        END IF;
        RETURN new;
    END IF;
    IF to_jsonb(new) - '{state,why,ended_at}'::text[]
        IS DISTINCT FROM to_jsonb(old) - '{state,why,ended_at}'::text[]
        OR old.state <> 'kept' OR new.state <> 'ended' OR new.ended_at IS NULL THEN
        RAISE EXCEPTION 'a memo stays what was built, until it ends' USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER memo_memo_gate BEFORE INSERT OR UPDATE ON memo_memo
    FOR EACH ROW EXECUTE FUNCTION memo_memo_gate();

-- Files and subjects come with a memo in the transaction that builds it, whoever else is there.
CREATE FUNCTION memo_part_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE whole memo_memo;
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    SELECT * INTO whole FROM memo_memo WHERE id = new.memo_id;
    IF whole.id IS NULL OR whole.state <> 'kept' OR whole.holder <> new.holder
        OR whole.built_by IS DISTINCT FROM identity_actor()
        OR tg_table_name = 'memo_memofile'
            AND to_jsonb(new) -> 'only_for' IS DISTINCT FROM to_jsonb(whole) -> 'only_for' THEN
        RAISE EXCEPTION 'a part belongs to a memo of one''s own' USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER memo_part_gate BEFORE INSERT ON memo_memofile
    FOR EACH ROW EXECUTE FUNCTION memo_part_gate();
CREATE TRIGGER memo_part_gate BEFORE INSERT ON memo_memosubject
    FOR EACH ROW EXECUTE FUNCTION memo_part_gate();

CREATE FUNCTION memo_file_stays() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF to_jsonb(new) - 'content' IS DISTINCT FROM to_jsonb(old) - 'content'
        OR new.content IS NOT NULL THEN
        RAISE EXCEPTION 'the bytes of a memo are destroyed, never changed' USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER memo_file_stays BEFORE UPDATE ON memo_memofile
    FOR EACH ROW EXECUTE FUNCTION memo_file_stays();

-- Whom a memo shows is forgotten once it has ended.
CREATE FUNCTION memo_subject_stays() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF current_user = 'undaunted_desk' AND NOT EXISTS (
        SELECT FROM memo_memo m WHERE m.id = old.memo_id AND m.state = 'ended') THEN
        RAISE EXCEPTION 'a memo that is kept keeps whom it shows' USING ERRCODE = '42501';
    END IF;
    RETURN old;
END $$;
CREATE TRIGGER memo_subject_stays BEFORE DELETE ON memo_memosubject
    FOR EACH ROW EXECUTE FUNCTION memo_subject_stays();

CREATE FUNCTION memo_text_gate() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF current_user <> 'undaunted_desk' THEN RETURN new; END IF;
    IF tg_op = 'INSERT' THEN
        IF new.state <> 'written' OR new.written_by IS DISTINCT FROM identity_actor()
            OR new.confirmed_by IS DISTINCT FROM identity_actor()
            OR num_nonnulls(new.accepted_by, new.accepted_at, new.withdrawn_at) > 0 THEN
            RAISE EXCEPTION 'a text is written in one''s own name' USING ERRCODE = '42501';
        END IF;
        RETURN new;
    END IF;
    IF old.state = 'withdrawn' OR to_jsonb(new)
            - '{state,accepted_by,accepted_at,confirmed_on,confirmed_by,withdrawn_at}'::text[]
        IS DISTINCT FROM to_jsonb(old)
            - '{state,accepted_by,accepted_at,confirmed_on,confirmed_by,withdrawn_at}'::text[] THEN
        RAISE EXCEPTION 'a text stays as it was written; write another' USING ERRCODE = '42501';
    END IF;
    IF new.confirmed_on <> old.confirmed_on
        AND new.confirmed_by IS DISTINCT FROM identity_actor() THEN
        RAISE EXCEPTION 'a text is confirmed in one''s own name' USING ERRCODE = '42501';
    END IF;
    IF new.state = 'accepted' AND old.state = 'written' THEN
        IF new.accepted_by IS DISTINCT FROM identity_actor() OR new.accepted_by = old.written_by
            OR new.accepted_at IS NULL
            OR NOT new.holder = ANY ((SELECT identity_organisations('{publisher}'))::uuid[]) THEN
            RAISE EXCEPTION 'a second person with the role accepts a text' USING ERRCODE = '42501';
        END IF;
    ELSIF (new.accepted_by, new.accepted_at) IS DISTINCT FROM (old.accepted_by, old.accepted_at)
        OR new.state NOT IN (old.state, 'withdrawn') THEN
        RAISE EXCEPTION 'a text is accepted once' USING ERRCODE = '42501';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER memo_text_gate BEFORE INSERT OR UPDATE ON memo_memotext
    FOR EACH ROW EXECUTE FUNCTION memo_text_gate();

-- What holds something RED is for its builder, whatever else would let somebody read it.
CREATE POLICY only_readers ON memo_memo AS RESTRICTIVE TO undaunted_desk
    USING (cardinality(only_for) = 0 OR (SELECT identity_actor()) = ANY (only_for));
CREATE POLICY only_readers ON memo_memofile AS RESTRICTIVE TO undaunted_desk
    USING (cardinality(only_for) = 0 OR (SELECT identity_actor()) = ANY (only_for));
